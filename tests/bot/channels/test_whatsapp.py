"""Twilio over real HTTP: what goes on the wire, what each refusal and breakage becomes, and asking afterwards."""

from __future__ import annotations

import base64
import json
import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.channels.codes import MEANINGS, Verdict, meaning_of
from bot.channels.content import VariablesWrong
from bot.channels.faults import Ambiguous, ChannelFault, FileTooBig, Misconfigured, Rejected, SendFailed, TooFast
from bot.channels.twilio_http import TwilioAccount
from bot.channels.whatsapp import AddressNotOurs, WhatsAppChannel
from bot.events import CustomerWrote, Media, StatusReported
from tests.bot.channels.conftest import BREAKAGES, SHORT

if TYPE_CHECKING:
    from tests.bot.channels.conftest import Misbehave, Script, Wire

ACCOUNT, SECRET = "AC" + "0" * 32, "invented-auth-token"
OUR_NUMBER, CUSTOMER = "+62812000001", "+62812000077"
TEMPLATE = "HX" + "1" * 32
SERVICE = "MG" + "2" * 32
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"
CONTENT = {
    "sid": TEMPLATE,
    "friendly_name": "t01_id",
    "language": "id",
    "variables": {"1": "Ibu Sari"},
    "types": {"twilio/text": {"body": "Yth. {{1}}, tagihan {{2}} jatuh tempo."}},
}


def account(url: str, **changes: Any) -> TwilioAccount:
    values = {"account_sid": ACCOUNT, "auth_token": SECRET, "sender": OUR_NUMBER, "api_url": url, "content_url": url}
    return TwilioAccount(**values | changes)


@pytest.fixture
def channel(script: Script, session: aiohttp.ClientSession) -> WhatsAppChannel:
    return WhatsAppChannel(account(script.url), session, SHORT)


def kept(sid: str, **fields: Any) -> dict[str, Any]:
    """A message as Twilio's REST interface shows it."""
    shown = {"sid": sid, "status": "delivered", "direction": "outbound-api", "error_code": None, "num_media": "0"}
    shown |= {"from": f"whatsapp:{OUR_NUMBER}", "to": f"whatsapp:{CUSTOMER}", "body": "x"}
    return shown | {"date_created": "Mon, 23 Nov 2026 05:00:10 +0000", "date_sent": None} | fields


def refusal(code: int, status: int = 400) -> dict[str, Any]:
    return {"code": code, "message": f"The 'To' number {CUSTOMER} is wrong", "more_info": "", "status": status}


async def test_text_goes_once_with_login_and_callback(channel: WhatsAppChannel, script: Script) -> None:
    script.will(201, kept("SM1", status="queued"))
    callback = "https://contoh.example/twilio/status?ref=12.ab"
    sent = await channel.send_text(CUSTOMER, "Terima kasih", status_callback=callback)
    assert (sent.provider_id, sent.status) == ("SM1", "queued")
    [seen] = script.seen
    assert (seen.method, seen.path) == ("POST", f"{MESSAGES}.json")
    assert seen.form == {
        "To": f"whatsapp:{CUSTOMER}",
        "From": f"whatsapp:{OUR_NUMBER}",
        "Body": "Terima kasih",
        "StatusCallback": callback,
    }
    login = base64.b64encode(f"{ACCOUNT}:{SECRET}".encode()).decode()
    assert seen.headers["Authorization"] == f"Basic {login}"


async def test_a_messaging_service_takes_the_place_of_the_sender(
    script: Script, session: aiohttp.ClientSession
) -> None:
    script.will(201, kept("SM1", status="accepted"))
    await WhatsAppChannel(account(script.url, messaging_service_sid=SERVICE), session).send_text(CUSTOMER, "x")
    assert script.seen[0].form["MessagingServiceSid"] == SERVICE
    assert "From" not in script.seen[0].form


async def test_a_template_is_proved_once_and_sent_with_its_values(channel: WhatsAppChannel, script: Script) -> None:
    script.will(200, CONTENT)
    for sid in ("SM1", "SM2"):
        script.will(201, kept(sid, status="queued"))
        await channel.send_template(CUSTOMER, TEMPLATE, {"1": "Ibu Sari", "2": "Rp2.500.000"})
    assert [seen.path for seen in script.seen] == [f"/v1/Content/{TEMPLATE}", f"{MESSAGES}.json", f"{MESSAGES}.json"]
    form = script.seen[1].form
    assert form["ContentSid"] == TEMPLATE
    assert json.loads(form["ContentVariables"]) == {"1": "Ibu Sari", "2": "Rp2.500.000"}
    assert "Body" not in form


@pytest.mark.parametrize(
    ("values", "missing", "unexpected", "unfit"),
    [
        ({"1": "Sari"}, {"2"}, set(), set()),  # Twilio would fill in its sample
        ({"1": "Sari", "2": "x", "3": "y"}, set(), {"3"}, set()),
        ({"1": "", "2": "x"}, set(), set(), {"1"}),
        ({"1": "  ", "2": "x"}, set(), set(), {"1"}),
        ({"1": "a\nb", "2": "x\ty"}, set(), set(), {"1", "2"}),
        ({"1": "a     b", "2": "a    b"}, set(), set(), {"1"}),  # four spaces may be
    ],
)
async def test_values_that_do_not_fit_never_leave(
    channel: WhatsAppChannel,
    script: Script,
    values: dict[str, str],
    missing: set[str],
    unexpected: set[str],
    unfit: set[str],
) -> None:
    script.will(200, CONTENT)
    with pytest.raises(VariablesWrong) as wrong:
        await channel.send_template(CUSTOMER, TEMPLATE, values)
    named = [set(names) for names in (wrong.value.missing, wrong.value.unexpected, wrong.value.unfit)]
    assert named == [missing, unexpected, unfit]
    assert "Sari" not in str(wrong.value)
    assert len(script.seen) == 1  # the template was asked for, nothing was sent


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (429, refusal(20429, 429), TooFast),
        (500, {}, Ambiguous),
        (503, refusal(20503, 503), Ambiguous),
        (401, refusal(20003, 401), Misconfigured),
        (400, refusal(21211), Rejected),
        (400, refusal(21610), Rejected),
        (400, refusal(21611), SendFailed),
        (404, refusal(20404, 404), Rejected),
        (400, b"<html>a proxy</html>", Rejected),
        (201, b'{"sid": "SM1', Ambiguous),  # taken, but what came back is cut
        (302, b"", Rejected),
    ],
)
async def test_every_refusal_has_one_meaning(
    channel: WhatsAppChannel, script: Script, status: int, body: Any, fault: type[ChannelFault]
) -> None:
    script.will(status, body)
    with pytest.raises(ChannelFault) as told:
        await channel.send_text(CUSTOMER, "x")
    assert type(told.value) is fault
    assert told.value.certainly_not_sent is (fault is not Ambiguous)
    assert len(script.seen) == 1  # above all on a 500: nothing is posted again
    assert CUSTOMER not in "".join(traceback.format_exception(told.value))


async def test_the_pause_asked_for_is_kept(channel: WhatsAppChannel, script: Script) -> None:
    script.will(429, refusal(20429, 429), Retry_After="17")
    with pytest.raises(TooFast) as too_fast:
        await channel.send_text(CUSTOMER, "x")
    assert (too_fast.value.retry_after_seconds, too_fast.value.scope) == (17, "global")


@pytest.mark.parametrize(
    ("code", "verdict", "permanent", "alarm"),
    [
        (21610, Verdict.OPTED_OUT, True, False),
        (63024, Verdict.WRONG_NUMBER, True, False),
        (63016, Verdict.WINDOW_CLOSED, False, False),
        (63018, Verdict.LATER, False, False),
        (63112, Verdict.PERMANENT, True, True),
        (99999, Verdict.PERMANENT, True, True),  # unknown: rings
        (None, Verdict.PERMANENT, True, True),
    ],
)
def test_what_a_code_means(code: int | None, verdict: Verdict, permanent: bool, alarm: bool) -> None:
    meaning = meaning_of(code)
    assert (meaning.verdict, meaning.alarm) == (verdict, alarm)
    assert Rejected("", code=code, meaning=meaning).permanent is permanent


def test_every_code_is_one_of_twilios() -> None:
    assert all(10_000 <= code <= 99_999 for code in MEANINGS)


@pytest.mark.parametrize("misbehave", BREAKAGES)
async def test_a_breakage_after_the_request_left_is_ambiguous_and_never_repeated(
    broken: Callable[[Misbehave], Awaitable[Wire]],
    session: aiohttp.ClientSession,
    misbehave: Misbehave,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    wire = await broken(misbehave)
    with pytest.raises(Ambiguous) as told:
        await WhatsAppChannel(account(wire.url), session, SHORT).send_text(CUSTOMER, "x")
    assert len(wire.requests) == 1
    shown = "".join(traceback.format_exception(told.value)) + caplog.text
    assert CUSTOMER not in shown
    assert SECRET not in shown


async def test_a_refused_connection_certainly_sent_nothing(session: aiohttp.ClientSession, refused_url: str) -> None:
    with pytest.raises(SendFailed) as failed:
        await WhatsAppChannel(account(refused_url), session, SHORT).send_text(CUSTOMER, "x")
    assert failed.value.temporary


async def test_an_unreachable_template_means_nothing_was_sent(
    broken: Callable[[Misbehave], Awaitable[Wire]], session: aiohttp.ClientSession
) -> None:
    wire = await broken(BREAKAGES[1])
    with pytest.raises(SendFailed):
        await WhatsAppChannel(account(wire.url), session, SHORT).send_template(CUSTOMER, TEMPLATE, {"1": "x"})


async def test_asking_for_one_message(channel: WhatsAppChannel, script: Script) -> None:
    script.will(200, kept("SM1", status="undelivered", error_code=63016, date_sent="Mon, 23 Nov 2026 05:00:11 +0000"))
    message = await channel.message("SM1")
    assert script.seen[0].path == f"{MESSAGES}/SM1.json"
    assert message.report() == StatusReported(provider_id="SM1", status="undelivered", error_code=63016)
    assert message.report().external_id == "SM1:undelivered"
    assert (message.recipient, message.sender) == (CUSTOMER, OUR_NUMBER)
    assert message.sent_at == datetime(2026, 11, 23, 5, 0, 11, tzinfo=UTC)
    assert CUSTOMER not in repr(message)


async def test_listing_reads_pages_until_they_are_too_old(channel: WhatsAppChannel, script: Script) -> None:
    def page(*messages: dict[str, Any], following: str | None) -> dict[str, Any]:
        return {"messages": list(messages), "next_page_uri": following, "page_size": 2, "uri": "/x"}

    old = "Mon, 23 Nov 2026 04:59:00 +0000"
    script.will(200, page(kept("SM5"), kept("SM4"), following=f"{MESSAGES}.json?Page=1&PageToken=PA1"))
    script.will(
        200, page(kept("SM3"), kept("SM2", date_created=old), following=f"{MESSAGES}.json?Page=2&PageToken=PA2")
    )
    script.will(200, page(kept("SM1", date_created=old), following=f"{MESSAGES}.json?Page=3&PageToken=PA3"))
    listed = await channel.listed(since=datetime(2026, 11, 23, 5, 0, 10, 900, tzinfo=UTC), to=CUSTOMER)
    assert [message.provider_id for message in listed] == ["SM5", "SM4", "SM3"]
    assert script.seen[0].query["To"] == f"whatsapp:{CUSTOMER}"
    assert [seen.query.get("PageToken") for seen in script.seen] == [None, "PA1", "PA2"]


async def test_inbound_by_listing_is_what_the_webhook_would_have_told(channel: WhatsAppChannel, script: Script) -> None:
    came = {
        "direction": "inbound",
        "status": "received",
        "from": f"whatsapp:{CUSTOMER}",
        "to": f"whatsapp:{OUR_NUMBER}",
    }
    picture = {"sid": "ME1", "content_type": "image/jpeg", "uri": f"{MESSAGES}/SM2/Media/ME1.json"}
    script.will(
        200,
        {
            "messages": [kept("SM2", **came, num_media="1"), kept("SM1", **came, body="Sudah bayar")],
            "next_page_uri": None,
        },
    )
    script.will(200, {"media_list": [picture], "next_page_uri": None})
    written = await channel.inbound_since(datetime(2026, 11, 23, 5, tzinfo=UTC))
    at = datetime(2026, 11, 23, 5, 0, 10, tzinfo=UTC)
    media = (Media(url=f"{script.url}{MESSAGES}/SM2/Media/ME1", mime="image/jpeg"),)
    assert written == (
        CustomerWrote(external_id="SM1", sender=CUSTOMER, text="Sudah bayar", at=at),
        CustomerWrote(external_id="SM2", sender=CUSTOMER, text="x", media=media, at=at),
    )
    assert script.seen[0].query["To"] == f"whatsapp:{OUR_NUMBER}"


async def test_our_login_goes_nowhere_but_to_twilio(
    channel: WhatsAppChannel, script: Script, session: aiohttp.ClientSession
) -> None:
    with pytest.raises(AddressNotOurs):
        await channel.download(f"{script.url}.evil.example/x")
    with pytest.raises(AddressNotOurs):
        await channel.download("http://169.254.169.254/latest")
    assert script.seen == []
    script.will(307, b"", Location=script.url.replace("127.0.0.1", "localhost") + "/files/1")
    script.will(200, b"x" * 10)
    assert await channel.download(f"{script.url}{MESSAGES}/SM2/Media/ME1", most_bytes=10) == b"x" * 10
    assert "Authorization" in script.seen[0].headers
    assert "Authorization" not in script.seen[1].headers  # the files lie elsewhere
    script.will(200, b"x" * 11)
    with pytest.raises(FileTooBig):
        await channel.download(f"{script.url}{MESSAGES}/SM2/Media/ME1", most_bytes=10)


@pytest.mark.parametrize(
    ("status", "body", "known"),
    [
        (200, {"senders": [{"sender_id": f"whatsapp:{OUR_NUMBER}", "status": "ONLINE"}], "meta": {}}, True),
        (200, {"senders": [], "meta": {}}, False),
        (404, refusal(20404, 404), None),
    ],
)
async def test_whether_twilio_knows_our_sender(
    channel: WhatsAppChannel, script: Script, status: int, body: dict[str, Any], known: bool | None
) -> None:
    script.will(status, body)
    assert await channel.sender_exists() is known


def test_the_account_hides_its_token() -> None:
    assert SECRET not in repr(account("http://127.0.0.1"))
