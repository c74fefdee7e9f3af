"""Journeys of warning letters: read and approved on paper, sent, posted; in order, true to the books (9, G13)."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from pypdf import PdfReader

from bot.channels.telegram_events import event_of
from bot.web import WebSettings, web_app
from sop.errand import ErrandKind
from sop.letter import LetterKind, LetterState
from storage import errands, invoices, letters
from storage.letters import NewLetter
from tests.journeys.chat import Debtor, Office, Phone

H4 = "2026-11-13"  # a Friday: Sat, Mon, Tue, Wed are the open days after it


async def asked(office: Office, **more: Any) -> tuple[Phone, Phone, Debtor]:
    """Rina's customer is at H+4; Budi, the only manager, is asked in private on Wednesday at eight."""
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    toko = await office.customer(
        "Toko #set *Maju*", collector=rina, address="Jl. Pasar Baru 12", city="Surabaya", **more
    )
    await office.invoice(toko, "F-001", H4, 5_000_000)
    await office.morning()
    return rina, budi, toko


async def text_of(office: Office, phone: Phone, part: str) -> str:
    """The words of the PDF that came with the message that says `part`."""
    shown = phone.with_text(part)
    assert shown.file is not None, f"no paper with {shown.text!r}"
    content = await office.sim.file(shown.file["file_id"])
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


async def states(office: Office, debtor: Debtor) -> list[tuple[str, LetterState]]:
    async with office.transaction() as db:
        return [(one.kind.value, one.state) for one in await letters.of_payer(db, debtor.payer_id)]


async def test_the_draft_is_read_before_anything_leaves(office: Office) -> None:
    rina, budi, _ = await asked(office)
    rina.seen()

    await budi.press("Surat peringatan")
    assert budi.with_text("001/SP1/FIN/XI/2026").labels == ["Setujui", "Ubah", "Batal"]
    words = await text_of(office, budi, "001/SP1/FIN/XI/2026")
    assert "DRAF" in words
    assert "Toko #set *Maju*" in words and "Jl. Pasar Baru 12" in words  # printed as written, never as markup
    assert "5.000.000" in words and "lima juta rupiah" in words
    assert "Rabu, 25 November 2026" in words  # seven days
    assert "BCA 1112223334" in words
    assert not [one for one in rina.news if one.file]

    await budi.press("Setujui")
    final = await text_of(office, budi, "sedang dikirim")
    assert "DRAF" not in final
    assert "Rabu, 25 November 2026" in final and "Budi" in final
    assert rina.with_text("lampirkan PDF ini").file is not None


async def test_by_hand_and_by_post_with_a_receipt(office: Office) -> None:
    rina, budi, toko = await asked(office)
    await budi.press("Surat peringatan")
    await budi.press("Setujui")
    handed = rina.with_text("lampirkan PDF ini")
    link = next(one.url for one in handed.buttons if one.label == "Kirim WA") or ""
    assert "wa.me/62812000" in link and "001/SP1/FIN/XI/2026" in link

    await rina.press("Sudah dikirim", on=handed)
    assert await states(office, toko) == [("SP1", LetterState.SENT)]
    assert "Kirim WA" not in rina.with_text("Sudah dikirim. Aslinya").labels

    await office.travel(to="12:00")
    await rina.press("Buka tugas", on=rina.with_text("Kirim surat tercatat"))
    await rina.press("Selesai")
    await rina.reply("RR123456789ID")
    async with office.transaction() as db:
        [sent] = await letters.of_payer(db, toko.payer_id)
    assert (sent.postal_receipt, sent.sent_how) == ("RR123456789ID", "whatsapp_by_hand")


async def test_the_next_letter_waits_a_week_and_names_the_first(office: Office) -> None:
    rina, budi, toko = await asked(office, consequence_clause="pengiriman berikutnya menunggu pelunasan")
    await budi.press("Surat peringatan")
    first = budi.with_text("001/SP1/FIN/XI/2026")
    await budi.press("Setujui", on=first)
    await rina.press("Sudah dikirim")

    await office.travel(to="2026-11-25 17:00")
    assert not [one for one in budi.from_bot if "Batas waktu surat lewat" in one.text]
    await office.travel(to="2026-11-26 09:00")
    asked_again = budi.with_text("Batas waktu surat lewat")
    assert "001/SP1/FIN/XI/2026" in asked_again.text
    await budi.press("Surat peringatan", on=asked_again)
    second = budi.with_text("002/SP2/FIN/XI/2026")
    assert "bukti kirim belum ada" in second.text
    words = await text_of(office, budi, "002/SP2/FIN/XI/2026")
    assert "001/SP1/FIN/XI/2026" in words and "18 November 2026" in words
    assert "pengiriman berikutnya menunggu pelunasan" in words

    await budi.press("Ubah", on=second)
    await budi.press("Kam 10 Des")
    moved = budi.with_text("Kamis, 10 Desember 2026")
    assert "Kamis, 10 Desember 2026" in await text_of(office, budi, "Kamis, 10 Desember 2026")
    await budi.press("Batal", on=moved)
    assert "nomornya tetap tercatat" in budi.with_text("002/SP2").text
    assert (await states(office, toko))[-1] == ("SP2", LetterState.WITHDRAWN)


async def test_what_was_paid_is_not_written_about(office: Office) -> None:
    dewi = await office.finance("Dewi")
    rina, budi, toko = await asked(office)
    await budi.press("Surat peringatan")
    old = budi.with_text("001/SP1")
    stale = next(one.data for one in old.buttons if one.label == "Setujui") or ""

    await dewi.say("/bayar F-001 2.000.000")
    await dewi.press("Benar")
    fresh = budi.with_text("Pembukuan berubah")
    assert "Rp3.000.000" in fresh.text
    assert "tiga juta rupiah" in await text_of(office, budi, "Pembukuan berubah")
    await budi.press_data(stale, on=old)
    assert budi.toast is not None and "baca yang terbaru" in budi.toast
    assert await states(office, toko) == [("SP1", LetterState.PROPOSED)]

    await budi.press("Setujui", on=fresh)
    await dewi.say("/bayar F-001 lunas")
    await dewi.press("Benar")
    assert await states(office, toko) == [("SP1", LetterState.WITHDRAWN)]
    assert "jangan dikirim" in rina.with_text("001/SP1").text
    async with office.transaction() as db:
        assert not [one for one in await errands.open_of(db, toko.payer_id) if one.kind is ErrandKind.POST_LETTER]


async def test_in_a_group_nobody_reads_the_paper(office: Office) -> None:
    rina, budi, sari = await office.collector("Rina"), await office.manager("Budi"), await office.manager("Sari")
    group = await office.group(budi, sari, rina)
    toko = await office.customer("Toko Maju", collector=rina, address="Jl. Pasar Baru 12")
    await office.invoice(toko, "F-001", H4, 5_000_000)
    await office.morning()

    await budi.press("Surat peringatan", chat=group)
    assert budi.with_text("001/SP1").file is not None
    assert not [one for one in group.from_bot if one.file or "Pasar Baru" in one.text]
    await office.travel(to="2026-11-19 09:30")
    waits = group.with_text("menunggu persetujuan")
    assert "Toko Maju" in waits.text and "Rp5.000.000" in waits.text

    await sari.press("Buka surat", on=waits, chat=group)
    paper = sari.with_text("001/SP1")
    assert paper.file is not None
    await sari.press("Setujui", on=paper)
    assert "Sari" in await text_of(office, sari, "sedang dikirim")
    await rina.press("Buka surat", on=waits, chat=group)
    assert rina.toast


async def were_sent(office: Office, debtor: Debtor, *kinds: LetterKind) -> None:
    """Letters of the weeks before, a week apart, the last one ten days ago."""
    async with office.transaction() as db:
        [owed] = await invoices.open_of(db, debtor.payer_id)
        for weeks, kind in enumerate(reversed(kinds)):
            on = date(2026, 11, 8) - timedelta(weeks=weeks)
            new = NewLetter(
                payer_id=debtor.payer_id,
                kind=kind,
                state=LetterState.SENT,
                drawn_on=on,
                deadline_on=on + timedelta(days=7),
                asked={owed.id: owed.balance},
                escalation_id=None,
                proposed_by_id=None,
                pattern="{number:03}/{kind}/FIN/{month}/{year}",
            )
            await letters.add(db, new)


async def test_after_the_third_letter_a_somasi_is_only_drafted(office: Office) -> None:
    _, budi, toko = await asked(office)
    await were_sent(office, toko, LetterKind.SP1, LetterKind.SP2, LetterKind.SP3)
    await budi.press("Surat peringatan")

    draft = budi.with_text("Draf somasi")
    assert draft.labels == []
    words = await text_of(office, budi, "Draf somasi")
    assert "DRAF" in words and "Pasal 1238 jo. Pasal 1243" in words
    assert all(f"/{kind}/" in words for kind in ("SP1", "SP2", "SP3"))
    assert "polisi" not in words.lower() and "pidana" not in words.lower()


@asynccontextmanager
async def doors(found: dict[str, Any]) -> AsyncIterator[str]:
    """Our web part on an address of this machine; `found` gets the program that opens the papers."""

    async def find_paper(signed: str) -> Any:
        return await found["app"].find_paper(signed)

    async def take(event: Any) -> None:
        await found["app"].take(event)

    settings = WebSettings(public_url="http://127.0.0.1", telegram_secret=None, twilio_token=None)
    server = TestServer(web_app(take=take, telegram_event_of=event_of, settings=settings, find_paper=find_paper))
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()


async def test_the_machine_sends_the_paper_itself_for_a_day(open_office: Any) -> None:
    found: dict[str, Any] = {}
    async with doors(found) as url, ClientSession() as web:
        office: Office = await open_office(whatsapp="twilio", PUBLIC_URL=url, TELEGRAM_WEBHOOK_SECRET="uji")
        found["app"] = office.app
        rina, budi, toko = await asked(office)
        await budi.press("Surat peringatan")
        await budi.press("Setujui", on=budi.with_text("001/SP1"))
        assert await states(office, toko) == [("SP1", LetterState.APPROVED)]
        await office.travel(hours=1)

        got = office.customer_phone(toko).last
        assert "001/SP1/FIN/XI/2026" in got.body
        [paper] = got.media
        assert paper["content_type"] == "application/pdf"
        assert await states(office, toko) == [("SP1", LetterState.SENT)]
        assert "Kirim WA" not in rina.with_text("001/SP1").labels

        async with web.get(paper["url"]) as answer:
            assert (answer.status, answer.content_type) == (200, "application/pdf")
            assert (await answer.read()).startswith(b"%PDF")
        number, until, mac = paper["url"].removesuffix(".pdf").rsplit("/", 1)[1].split(".")
        forged = (
            f"{int(number) + 1}.{until}.{mac}.pdf",  # another paper
            f"{number}.{int(until) + 86400}.{mac}.pdf",  # a longer life
            f"{number}.{until}.{mac[:-1]}0.pdf",
            "1.pdf",
            "..%2F..%2Fetc%2Fpasswd",
        )
        for part in forged:
            async with web.get(f"{url}/media/{part}") as answer:
                assert answer.status == 404, part
        await office.travel(days=1)
        async with web.get(paper["url"]) as answer:
            assert answer.status == 404
