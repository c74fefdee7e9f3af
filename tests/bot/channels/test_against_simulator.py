"""Both channels against the played providers, over HTTP: people press and write, limits bite, calls go wrong."""

from __future__ import annotations

import base64
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.channels.content import Draft, QuickReply
from bot.channels.faults import (
    Ambiguous,
    ChannelFault,
    Migrated,
    Misconfigured,
    PollingConflict,
    Rejected,
    TooFast,
    Unreachable,
)
from bot.channels.http import Patience
from bot.channels.outgoing import AskTyped, Edited, Key, OutFile, OutMessage
from bot.channels.signature import signed_reference
from bot.channels.telegram import TelegramChannel
from bot.channels.twilio_http import TwilioAccount
from bot.channels.whatsapp import WhatsAppChannel
from bot.events import (
    BotMembership,
    ChatMigrated,
    CommandGiven,
    CustomerWrote,
    Event,
    FileSent,
    LocationSent,
    Pressed,
    StatusReported,
    Typed,
)
from bot.pacing import Pacer
from bot.web import WebSettings, web_app
from simulator.client import SimClient
from simulator.config import DEFAULT_ACCOUNT_SID, DEFAULT_AUTH_TOKEN, DEFAULT_TOKEN
from simulator.server import Simulator

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
SENDER, CUSTOMER = "+14155238886", "+6281200000077"
SHORT = Patience(pool=2, connect=2, write=2, read=1)
SECRET = "rahasia_uji"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
async def simulator() -> AsyncIterator[str]:
    played = Simulator(start=MONDAY)
    yield await played.start()
    await played.stop()


@pytest.fixture
async def sim(simulator: str) -> AsyncIterator[SimClient]:
    async with SimClient(simulator) as client:
        yield client


@pytest.fixture
async def telegram(simulator: str, session: aiohttp.ClientSession) -> TelegramChannel:
    channel = TelegramChannel(DEFAULT_TOKEN, simulator, session, SHORT)
    await channel.me()
    return channel


@pytest.fixture
def account(simulator: str) -> TwilioAccount:
    return TwilioAccount(
        account_sid=DEFAULT_ACCOUNT_SID,
        auth_token=DEFAULT_AUTH_TOKEN,
        sender=SENDER,
        api_url=simulator,
        content_url=simulator,
    )


@pytest.fixture
def whatsapp(account: TwilioAccount, session: aiohttp.ClientSession) -> WhatsAppChannel:
    return WhatsAppChannel(account, session, SHORT)


@dataclass
class Poller:
    """Takes updates by hand, as the server does: the offset moves when an update is done with."""

    channel: TelegramChannel
    offset: int = 0

    async def events(self) -> list[Event]:
        raw = await self.channel.updates(self.offset, 0)
        self.offset = raw[-1].update_id + 1 if raw else self.offset
        return [event for each in raw if (event := self.channel.event_of(each.payload)) is not None]


@dataclass
class Hook:
    """Our webhooks, served; refuses the first `failures` events."""

    url: str
    kept: list[Event] = field(default_factory=list)
    failures: int = 0

    async def take(self, event: Event) -> None:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the database is away")
        self.kept.append(event)


@pytest.fixture
async def hook(telegram: TelegramChannel) -> AsyncIterator[Hook]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    taken = Hook(f"http://127.0.0.1:{port}")
    settings = WebSettings(public_url=taken.url, telegram_secret=SECRET, twilio_token=DEFAULT_AUTH_TOKEN)
    runner = web.AppRunner(web_app(take=taken.take, telegram_event_of=telegram.event_of, settings=settings))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield taken
    await runner.cleanup()


async def test_an_invitation_and_a_typed_answer(sim: SimClient, telegram: TelegramChannel) -> None:
    poller = Poller(telegram)
    budi = await sim.add_user("Budi", language_code="id")
    await sim.start(budi, "Undangan-1")
    [start] = await poller.events()
    assert isinstance(start, CommandGiven)
    assert (start.command, start.argument, start.user_id, start.language_code) == ("start", "Undangan-1", budi, "id")
    question = await telegram.send(OutMessage(chat_id=budi, text="Berapa?", ask=AskTyped(placeholder="Jumlah")))
    await sim.say(budi, "2.500.000", reply_to=question.message_id)
    [typed] = await poller.events()
    assert isinstance(typed, Typed)
    assert (typed.text, typed.reply_to_message_id) == ("2.500.000", question.message_id)


async def test_a_press_and_the_card_it_changes(sim: SimClient, telegram: TelegramChannel) -> None:
    poller = Poller(telegram)
    budi = await sim.add_user("Budi")
    await sim.start(budi)
    await poller.events()
    rows = ((Key(label="Mulai", data="start:1"),),)
    card = await telegram.send(OutMessage(chat_id=budi, text="<b>Selamat pagi</b> &amp; lancar", keyboard=rows))
    callback_id = await sim.press(budi, "Mulai")
    [pressed] = await poller.events()
    assert isinstance(pressed, Pressed)
    assert (pressed.data, pressed.message_id, pressed.callback_id) == ("start:1", card.message_id, callback_id)
    await telegram.answer(pressed.callback_id, "Tersimpan")
    assert (await sim.callback(pressed.callback_id))["text"] == "Tersimpan"
    await telegram.answer("forged-or-long-gone")

    after = OutMessage(chat_id=budi, text="Kartu 1/12", keyboard=rows)
    assert await telegram.edit(card.message_id, after) is Edited.DONE
    assert await telegram.edit(card.message_id, after) is Edited.UNCHANGED
    assert await telegram.strip_keyboard(budi, card.message_id) is Edited.DONE
    assert await telegram.edit(999_999, after) is Edited.GONE
    assert await sim.labels(budi) == []


async def test_files_both_ways(sim: SimClient, telegram: TelegramChannel) -> None:
    poller = Poller(telegram)
    budi = await sim.add_user("Budi")
    await sim.start(budi)
    await sim.photo(budi, b"\xff\xd8jpeg", caption="bukti")
    await sim.document(budi, b"a;b", "daftar.csv")
    await sim.location(budi, -6.2, 106.8)
    _, photo, document, place = await poller.events()
    assert isinstance(photo, FileSent)
    assert (photo.kind, photo.caption) == ("photo", "bukti")
    assert await telegram.download(photo.file_id) == b"\xff\xd8jpeg"
    assert isinstance(document, FileSent)
    assert (document.filename, document.size) == ("daftar.csv", 3)
    assert isinstance(place, LocationSent)
    file = OutFile(chat_id=budi, content=b"%PDF-1.7 SP1", filename="Surat SP1.pdf", caption="<b>SP1</b>")
    sent = await telegram.send_document(file)
    assert sent.file_id is not None
    assert await sim.file(sent.file_id) == b"%PDF-1.7 SP1"
    again = await telegram.send_document(OutFile(chat_id=budi, content=sent.file_id))
    assert again.message_id != sent.message_id
    picture = await telegram.send_photo(OutFile(chat_id=budi, content=PICTURE, filename="laporan.png"))
    assert picture.file_id is not None


async def test_chats_come_and_go(sim: SimClient, telegram: TelegramChannel) -> None:
    poller = Poller(telegram)
    budi = await sim.add_user("Budi")
    await sim.start(budi)
    await sim.block(budi)
    with pytest.raises(Unreachable):
        await telegram.send(OutMessage(chat_id=budi, text="x"))
    await sim.unblock(budi)
    group = await sim.add_group("Manajemen", [budi])
    assert not await telegram.group_exists(group)
    await sim.add_bot(group, budi, payload="Undangan-2")
    assert await telegram.group_exists(group)
    moves = [event for event in await poller.events() if isinstance(event, BotMembership)]
    assert [(move.status, move.chat_kind) for move in moves] == [
        ("blocked", "private"),
        ("unblocked", "private"),
        ("added", "group"),
    ]
    supergroup = await sim.migrate(group)
    with pytest.raises(Migrated) as migrated:
        await telegram.send(OutMessage(chat_id=group, text="x"))
    assert migrated.value.new_chat_id == supergroup
    told = [event for event in await poller.events() if isinstance(event, ChatMigrated)]
    assert {(event.old_chat_id, event.new_chat_id) for event in told} == {(group, supergroup)}
    await telegram.send(OutMessage(chat_id=supergroup, text="x"))
    await sim.kick(supergroup, budi)
    with pytest.raises(Unreachable):
        await telegram.send(OutMessage(chat_id=supergroup, text="x"))


@pytest.mark.parametrize(
    ("kind", "fault", "arrived"),
    [
        ("429", TooFast, 0),
        ("500", Ambiguous, 0),
        ("refuse", Ambiguous, 0),  # the connection stood, so nobody here can know
        ("timeout_after_accept", Ambiguous, 1),
        ("cut_response", Ambiguous, 1),
    ],
)
async def test_telegram_calls_going_wrong(
    sim: SimClient, telegram: TelegramChannel, kind: str, fault: type[ChannelFault], arrived: int
) -> None:
    budi = await sim.add_user("Budi")
    await sim.start(budi)
    await sim.fault("telegram", kind, method="sendMessage", retry_after=7)
    with pytest.raises(fault):
        await telegram.send(OutMessage(chat_id=budi, text="x"))
    assert len([message for message in await sim.messages(budi) if message.from_bot]) == arrived


async def test_the_pacer_keeps_within_the_strict_limits(sim: SimClient, telegram: TelegramChannel) -> None:
    """Two people, a group and forty more people: not one message is refused, and no time is wasted."""
    people = [await sim.add_user(f"Orang {number}") for number in range(42)]
    for person in people:
        await sim.start(person)
    group = await sim.add_group("Manajemen", people[:1])
    await sim.add_bot(group, people[0])
    pacer, now = Pacer(), MONDAY
    wanted = [people[0]] * 12 + [group] * 45 + people
    while wanted:
        chat = min(wanted, key=lambda each: pacer.free_at(each, now=now))
        free = pacer.free_at(chat, now=now)
        if free > now:
            now = await sim.set_clock(free)
        await telegram.send(OutMessage(chat_id=chat, text="x"))
        pacer.note_sent(chat, now=now)
        wanted.remove(chat)
    assert now - MONDAY == timedelta(seconds=123)  # the group's 20 a minute, twice, and five more in two bursts


async def test_updates_by_webhook_come_again_until_taken(sim: SimClient, telegram: TelegramChannel, hook: Hook) -> None:
    await telegram.set_webhook(f"{hook.url}/telegram", SECRET)
    with pytest.raises(PollingConflict):
        await telegram.updates(0, 0)
    hook.failures = 1
    budi = await sim.add_user("Budi")
    await sim.start(budi, "Undangan-1")

    async def taken() -> bool:
        await sim.advance(60)
        await sim.flush()
        return bool(hook.kept)

    assert await sim.until(taken)
    [start] = hook.kept
    assert isinstance(start, CommandGiven)
    assert hook.failures == 0
    await telegram.delete_webhook()
    assert await telegram.updates(int(start.external_id) + 1, 0) == ()


async def test_a_wrong_token_is_the_operators(simulator: str, session: aiohttp.ClientSession) -> None:
    with pytest.raises(Misconfigured):
        await TelegramChannel("1:wrong", simulator, session, SHORT).me()


DRAFT = Draft(
    friendly_name="t01_id",
    language="id",
    body="Yth. {{1}}, tagihan {{2}} jatuh tempo besok. Terima kasih.",
    samples={"1": "Ibu Sari", "2": "Rp2.500.000"},
    quick_replies=(QuickReply(title="Sudah bayar", payload="paid"),),
)


async def approved_template(sim: SimClient, whatsapp: WhatsAppChannel) -> str:
    template = await whatsapp.templates.create_content(DRAFT)
    await whatsapp.templates.submit_for_approval(template, "t01_id", "UTILITY")
    await sim.review_template(template, "approved")
    assert (await whatsapp.templates.approval(template)).status == "approved"
    [content] = await whatsapp.templates.contents()
    assert (content.content_sid, set(content.placeholders)) == (template, {"1", "2"})
    return template


async def test_a_reminder_from_template_to_reply(sim: SimClient, whatsapp: WhatsAppChannel, hook: Hook) -> None:
    await sim.add_customer(CUSTOMER, name="Sari")
    await sim.config(inbound_url=f"{hook.url}/twilio/inbound")
    template = await approved_template(sim, whatsapp)
    reference = signed_reference("42", token=DEFAULT_AUTH_TOKEN)
    sent = await whatsapp.send_template(
        CUSTOMER,
        template,
        {"1": "Ibu Sari", "2": "Rp2.500.000"},
        status_callback=f"{hook.url}/twilio/status?ref={reference}",
    )
    await sim.advance(120)
    await sim.flush()
    reports = [event for event in hook.kept if isinstance(event, StatusReported)]
    assert [report.status for report in reports] == ["sent", "delivered", "read"]
    assert {(report.reference, report.provider_id) for report in reports} == {("42", sent.provider_id)}
    [shown] = await sim.customer_messages(CUSTOMER)
    assert shown.body == "Yth. Ibu Sari, tagihan Rp2.500.000 jatuh tempo besok. Terima kasih."

    await sim.customer_presses(CUSTOMER, "Sudah bayar")
    await sim.customer_sends_photo(CUSTOMER, b"\xff\xd8slip", text="bukti")
    await sim.flush()
    tapped, pictured = (event for event in hook.kept if isinstance(event, CustomerWrote))
    assert (tapped.button_payload, tapped.sender, tapped.profile_name) == ("paid", CUSTOMER, "Sari")
    assert tapped.replied_to == sent.provider_id
    assert await whatsapp.download(pictured.media[0].url) == b"\xff\xd8slip"

    listed = await whatsapp.inbound_since(MONDAY)
    assert [(each.external_id, each.text) for each in listed] == [
        (each.external_id, each.text) for each in (tapped, pictured)
    ]
    assert listed[1].media[0].url == pictured.media[0].url
    outbound = await whatsapp.listed(since=MONDAY, to=CUSTOMER)
    assert [each.report().external_id for each in outbound] == [f"{sent.provider_id}:read"]
    assert (await whatsapp.message(sent.provider_id)).status == "read"


async def test_a_closed_window_is_told_afterwards(sim: SimClient, whatsapp: WhatsAppChannel) -> None:
    await sim.add_customer(CUSTOMER, name="Sari")
    sent = await whatsapp.send_text(CUSTOMER, "Selamat pagi")
    await sim.advance(60)
    report = (await whatsapp.message(sent.provider_id)).report()
    assert (report.status in {"failed", "undelivered"}, report.error_code) == (True, 63016)
    await sim.customer_says(CUSTOMER, "Pagi")
    opened = await whatsapp.send_text(CUSTOMER, "Selamat pagi")
    await sim.advance(60)
    assert (await whatsapp.message(opened.provider_id)).status in {"delivered", "read"}


@pytest.mark.parametrize(
    ("kind", "fault", "arrived"),
    [
        ("429", TooFast, 0),
        ("500", Ambiguous, 0),
        ("timeout_after_accept", Ambiguous, 1),
        ("cut_response", Ambiguous, 1),
    ],
)
async def test_twilio_calls_going_wrong_are_found_out_by_listing(
    sim: SimClient, whatsapp: WhatsAppChannel, kind: str, fault: type[ChannelFault], arrived: int
) -> None:
    await sim.add_customer(CUSTOMER, name="Sari")
    await sim.fault("twilio", kind, method="messages.create")
    with pytest.raises(fault):
        await whatsapp.send_text(CUSTOMER, "x")
    assert len(await whatsapp.listed(since=MONDAY, to=CUSTOMER)) == arrived


async def test_an_address_that_is_no_number_is_refused(whatsapp: WhatsAppChannel) -> None:
    with pytest.raises(Rejected) as refused:
        await whatsapp.send_text("+62", "x")
    assert refused.value.permanent


async def test_a_wrong_login_is_the_operators(account: TwilioAccount, session: aiohttp.ClientSession) -> None:
    wrong = TwilioAccount(account_sid=account.account_sid, auth_token="wrong", sender=SENDER, api_url=account.api_url)
    with pytest.raises(Misconfigured):
        await WhatsAppChannel(wrong, session, SHORT).send_text(CUSTOMER, "x")
