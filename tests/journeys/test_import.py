"""Journeys of a receivable list: sent into the chat, looked at, imported once, and what it brings that very day."""

from __future__ import annotations

import pytest

from sop.people import Role
from tests.journeys.chat import Office

HEADER = "No Faktur;Kode;Pelanggan;Jatuh Tempo;Nilai Faktur;Dibayar;Sisa;Kolektor;No HP;Provinsi;Persetujuan WA"
MAJU = "F-1;C1;Toko Maju;17/11/2026;1.000.000;0;{rest};Rina;081200000001;Jawa Barat;ya"
JAYA = "F-2;C2;Toko Jaya;17/11/2026;2.000.000;0;2.000.000;Rina;081200000001;Jawa Barat;ya"
BARU = "F-3;C3;Toko Baru;18/11/2026;3.000.000;0;3.000.000;Budi;081200000003;Jawa Barat;tidak"


def csv(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


FIRST = csv(MAJU.format(rest="1.000.000"), JAYA, BARU)


async def test_a_list_becomes_cards_at_once(office: Office) -> None:
    """Two shops share a number: one card. The collector of the third is invited later, and takes his card over."""
    admin, rina = await office.admin("Sari"), await office.collector("Rina")
    await office.travel(to="09:00")
    await admin.send_document(FIRST, "piutang.csv")
    assert "3 faktur terbaca, 3 pelanggan, sisa Rp6.000.000" in admin.text
    assert "Baru 3, dibayar 0, tetap 0, ditolak 0" in admin.text
    assert "Kolektor belum diundang: Budi" in admin.text
    assert admin.labels == ["Impor sekarang", "Batal"]
    await rina.say("/tugas")
    assert "Mulai" not in rina.labels  # nothing is in the books before the press
    await admin.press("Impor sekarang")
    assert "3 faktur baru" in admin.text
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "F-1" in rina.text
    assert "F-2" in rina.text

    token = await office.invite(Role.COLLECTOR, "Budi")
    budi = await office.stranger("Budi")
    await budi.start(token)
    await budi.say("/tugas")
    await budi.press("Mulai")
    assert "F-3" in budi.text


async def test_twice_is_once(office: Office) -> None:
    """The same button twice, the same file twice: the books stay as they are."""
    admin = await office.admin("Sari")
    await admin.send_document(FIRST, "piutang.csv")
    pressed = admin.button("Impor sekarang").data or ""
    await admin.press("Impor sekarang")
    done = admin.text
    await admin.press_data(pressed, on=admin.last)
    assert "sudah diputuskan" in (admin.toast or "")
    assert admin.text == done or "sudah diputuskan" in admin.text
    await admin.send_document(FIRST, "piutang.csv")
    assert "Baru 0, dibayar 0, tetap 3, ditolak 0" in admin.text
    assert "Berkas yang sama sudah diimpor pada Rabu, 18 November 2026" in admin.text


async def test_who_has_paid_is_not_called(office: Office) -> None:
    """A newer list shows an invoice as paid: its card goes, as after any payment."""
    admin, rina = await office.admin("Sari"), await office.collector("Rina")
    await office.travel(to="09:00")
    await admin.send_document(csv(MAJU.format(rest="1.000.000")), "lama.csv")
    await admin.press("Impor sekarang")
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "F-1" in rina.text
    newer = csv(MAJU.replace(";0;{rest}", ";1.000.000;0"))
    await admin.send_document(newer, "baru.csv")
    assert "Baru 0, dibayar 1, tetap 0" in admin.text
    await admin.press("Impor sekarang")
    assert "1 pembayaran dicatat" in admin.text
    assert "LUNAS" in rina.text


async def test_a_changed_due_date_is_told_and_not_taken(office: Office) -> None:
    admin = await office.admin("Sari")
    await admin.send_document(FIRST, "lama.csv")
    await admin.press("Impor sekarang")
    await admin.send_document(csv(JAYA.replace("17/11", "30/11")), "baru.csv")
    assert "Baru 0, dibayar 0, tetap 0, ditolak 1" in admin.text
    assert "Baris 2, Jatuh Tempo: Jatuh tempo faktur F-2 di pembukuan Selasa, 17 November 2026" in admin.text
    assert "Tidak ada di daftar: 2, dibiarkan." in admin.text


async def test_a_question_is_answered_with_a_tap(office: Office) -> None:
    """A list that names each customer once: asked, and remembered for the next list with these headers."""
    admin = await office.admin("Sari")
    grouped = csv(
        "G-1;;Toko Satu;17/11/2026;1.000.000;0;1.000.000;Rina;;;",
        "G-2;;;17/11/2026;2.000.000;0;2.000.000;;;;",
        "G-3;;;17/11/2026;3.000.000;0;3.000.000;;;;",
        "G-4;;Toko Dua;17/11/2026;4.000.000;0;4.000.000;Rina;;;",
    )
    await admin.send_document(grouped, "kelompok.csv")
    assert "Perlu dijawab" in admin.text
    await admin.press("Ya, sama dengan baris di atasnya")
    assert "Baru 4, dibayar 0, tetap 0, ditolak 0" in admin.text
    await admin.press("Impor sekarang")
    await admin.send_document(grouped.replace(b"G-4", b"G-5"), "lagi.csv")
    assert "Baru 1, dibayar 0, tetap 3" in admin.text


async def test_cancelled_is_forgotten(office: Office) -> None:
    admin = await office.admin("Sari")
    await admin.send_document(FIRST, "piutang.csv")
    forged = admin.button("Impor sekarang").data or ""
    await admin.press("Batal")
    assert "tidak diimpor" in admin.text
    await admin.press_data(forged, on=admin.last)
    assert "sudah diputuskan" in (admin.toast or "")


async def test_others_cannot_import(office: Office) -> None:
    """A collector is told kindly; another manager's forged press finds nothing."""
    admin, manager, rina = await office.admin("Sari"), await office.manager("Joko"), await office.collector("Rina")
    await rina.send_document(FIRST, "piutang.csv")
    assert "diimpor oleh admin atau manajer" in rina.text
    await admin.send_document(FIRST, "piutang.csv")
    forged = admin.button("Impor sekarang").data or ""
    await manager.say("/impor")
    await manager.press_data(forged, on=manager.last)
    assert manager.toast
    await rina.press_data(forged, on=rina.last)
    await manager.send_document(FIRST, "piutang.csv")
    assert "Baru 3" in manager.text  # nothing had been written


async def test_a_file_that_is_no_list_is_refused_with_a_sentence(office: Office) -> None:
    admin = await office.admin("Sari")
    await admin.send_document(b"%PDF-1.7 not a list", "surat.pdf")
    assert "Daftar piutang dikirim sebagai Excel atau CSV" in admin.text  # a PDF may only be an invoice
    await admin.send_document(b"\x89PNG not a list", "foto.xlsx")
    assert "bukan daftar piutang" in admin.text
    await admin.send_document(csv(), "kosong.csv")
    assert "Tidak ada baris faktur" in admin.text


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")  # the played telephone sends it at once
async def test_a_file_that_is_too_big_stops_nobody(office: Office) -> None:
    """It is refused with a sentence, and the next message is answered."""
    admin = await office.admin("Sari")
    await admin.send_document(b"0" * (5 * 1024 * 1024 + 1), "besar.csv")
    assert "terlalu besar" in admin.text
    await admin.say("/impor")
    assert "Kirim berkas daftar piutang" in admin.text
