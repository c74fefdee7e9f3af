"""The commands that ask Telegram and Twilio, against the played ones."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels.templates import desired, samples
from bot.render import content_source, customer_messages
from simulator.client import SimClient
from simulator.config import DEFAULT_ACCOUNT_SID, DEFAULT_AUTH_TOKEN, DEFAULT_SENDER, DEFAULT_TOKEN
from simulator.server import Simulator
from storage import Store, content, people
from tests.bot.cli.conftest import Answer, Santun

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """A terminal whose providers are played."""

    santun: Santun
    sim: SimClient
    database: str
    settings: dict[str, str] = field(default_factory=dict)

    async def run(self, *words: str, **more: str) -> Answer:
        return await asyncio.to_thread(self.santun, *words, **(self.settings | more))


@pytest.fixture
async def desk(santun: Santun, sqlite_url: str) -> AsyncIterator[Desk]:
    simulator = Simulator()
    url = await simulator.start()
    settings = {
        "DATABASE_URL": f"{sqlite_url}.cli",
        "TELEGRAM_BOT_TOKEN": DEFAULT_TOKEN,
        "TELEGRAM_API_URL": url,
        "SANTUN_CLOCK_URL": f"{url}/sim/clock",
        "WHATSAPP_MODE": "twilio",
        "WHATSAPP_ATTESTATION": "Sari Contoh",
        "TWILIO_ACCOUNT_SID": DEFAULT_ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": DEFAULT_AUTH_TOKEN,
        "TWILIO_WHATSAPP_FROM": DEFAULT_SENDER,
        "TWILIO_API_URL": url,
        "TWILIO_CONTENT_URL": url,
        "COMPANY_NAME": "PT Contoh",
        "COMPANY_PHONE": "+6281200009999",
        "PAYMENT_INSTRUCTIONS": "BCA 0000000000 a.n. PT Contoh",
    }
    async with SimClient(url) as sim:
        yield Desk(santun=santun, sim=sim, database=settings["DATABASE_URL"], settings=settings)
    await simulator.stop()


async def test_a_link_opens_our_bot(desk: Desk) -> None:
    person = await desk.run("invite", "collector", "Rina")
    assert person.out.startswith("https://t.me/")
    assert "?start=" in person.out
    assert "?startgroup=" in (await desk.run("invite", "group", "Manajemen")).out


async def test_templates_are_pushed_once_and_known_when_approved(desk: Desk) -> None:
    """Twice pushed they stand there once; what WhatsApp says is kept for the sending."""
    pushed = await desk.run("templates", "push")
    assert (pushed.code, pushed.err) == (0, "")
    assert pushed.out.count("dikirim ke Twilio") == len(customer_messages("id"))
    again = await desk.run("templates", "push")
    assert again.out.count("sudah ada") == len(customer_messages("id"))
    told = await desk.run("templates", "status")
    assert told.out.count("approved") == len(customer_messages("id")), told.out
    store = Store(desk.database)
    source = content_source("customer/T01", "id")
    async with store.transaction() as db:
        assert await content.approved_sid(db, source.message, "id", source.version)
        assert await content.approved_sid(db, source.message, "id", "other words") is None
        assert await content.approved_sid(db, source.message, "en", source.version) is None
    await store.close()


async def test_an_approval_that_is_taken_back_counts_no_more(desk: Desk) -> None:
    await desk.run("templates", "push")
    await desk.run("templates", "status")
    source = content_source("customer/T05", "id")
    store = Store(desk.database)
    async with store.transaction() as db:
        sid = await content.approved_sid(db, source.message, "id", source.version)
    assert sid is not None
    await desk.sim.review_template(sid, "paused")
    assert "paused" in (await desk.run("templates", "status")).out
    async with store.transaction() as db:
        assert await content.approved_sid(db, source.message, "id", source.version) is None
    await store.close()


async def test_the_doctor_says_what_to_do_and_fails_only_for_what_is_broken(desk: Desk) -> None:
    empty = await desk.run("doctor")
    assert empty.code == 1
    assert "santun db upgrade" in empty.out
    await desk.run("db", "upgrade")
    unapproved = await desk.run("doctor")
    assert unapproved.code == 1
    assert "santun templates push" in unapproved.out
    assert "santun invite collector" in unapproved.out
    await desk.run("templates", "push")
    await desk.run("templates", "status")
    whole = await desk.run("doctor")
    assert (whole.code, "[RUSAK]" in whole.out) == (0, False), whole.out
    assert "Telegram mengenal bot" in whole.out


async def test_the_doctor_finds_a_group_that_is_gone(desk: Desk) -> None:
    await desk.run("db", "upgrade")
    store = Store(desk.database)
    rina = await desk.sim.add_user("Rina")
    group = await desk.sim.add_group("Manajemen", [rina])
    await desk.sim.add_bot(group, by=rina)
    async with store.transaction() as db:
        now = await desk.sim.now()
        await people.link_group(db, chat_id=group, title="Manajemen", now=now)
    await store.close()
    assert "Grup manajemen terhubung" in (await desk.run("doctor", WHATSAPP_MODE="link")).out
    await desk.sim.kick(group, by=rina)
    gone = await desk.run("doctor", WHATSAPP_MODE="link")
    assert gone.code == 1
    assert "bukan lagi anggota" in gone.out


async def test_the_doctor_knows_a_wrong_token(desk: Desk) -> None:
    await desk.run("db", "upgrade")
    answer = await desk.run("doctor", TELEGRAM_BOT_TOKEN="1000000009:" + "x" * 35, WHATSAPP_MODE="link")
    assert answer.code == 1
    assert "menolak TELEGRAM_BOT_TOKEN" in answer.out
    assert "xxxxx" not in answer.out + answer.err


async def test_a_provider_that_does_not_answer_is_one_sentence(desk: Desk) -> None:
    nowhere = "http://127.0.0.1:1"
    answer = await desk.run("invite", "collector", "Rina", TELEGRAM_API_URL=nowhere, SANTUN_CLOCK_URL="")
    assert answer.code == 2
    assert answer.err.startswith("Telegram tidak menjawab")
    pushed = await desk.run("templates", "push", TWILIO_CONTENT_URL=nowhere)
    assert pushed.code == 2
    assert pushed.err.startswith("Twilio tidak menjawab")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_place_in_a_template_has_a_sample(language: str) -> None:
    """Without one WhatsApp refuses the template; sorted, so that a needless sample is seen too."""
    for wanted in desired(language):
        assert all(wanted.draft.samples.values()), wanted.name
        assert len(wanted.draft.samples) == len(wanted.source.expressions)
    used = " ".join(one for wanted in desired(language) for one in wanted.source.expressions)
    assert not [name for name in samples(language) if name not in used]


async def test_the_program_runs_until_it_is_told_to_stop(desk: Desk) -> None:
    """`santun run` on an empty database: the schema is laid, an invited person is let in, an interrupt ends it."""
    settings = [f"{name}={value}" for name, value in (desk.settings | {"WHATSAPP_MODE": "link"}).items()]
    link = await desk.run("invite", "collector", "Rina")
    rina = await desk.sim.add_user("Rina")
    run = ("env", *settings, sys.executable, "-m", "bot", "run")
    program = await asyncio.create_subprocess_exec(*run, cwd=ROOT, stderr=asyncio.subprocess.PIPE)
    try:
        await desk.sim.start(rina, link.out.strip().partition("?start=")[2])
        while (said := await desk.sim.last(rina)) is None or "Rina" not in said.text:
            await asyncio.sleep(0.2)
            assert program.returncode is None
    finally:
        program.send_signal(signal.SIGINT)
    _, told = await program.communicate()
    assert program.returncode == 0
    started = json.loads(told.splitlines()[0])
    assert (started["action"], started["heard_by"], started["whatsapp"]) == ("started", "polling", "link")
