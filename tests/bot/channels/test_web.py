"""The webhooks over real HTTP: who is let in, what is taken, and that yes is said only afterwards."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from hashlib import sha1
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.channels.signature import signed_reference
from bot.channels.telegram_events import event_of
from bot.events import CustomerWrote, Event, Media, StatusReported, Typed
from bot.web import MOST_BODY_BYTES, WebSettings, web_app

PUBLIC = "https://contoh.example"
SECRET, TOKEN = "rahasia_uji", "invented-auth-token"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
PERSON = {"id": 8, "is_bot": False, "first_name": "Budi"}
SAID = {"message_id": 1, "date": 1790000000, "chat": {"id": 8, "type": "private"}, "from": PERSON, "text": "halo"}
UPDATE = {"update_id": 900, "message": SAID}
WROTE = {
    "MessageSid": "SM1",
    "From": "whatsapp:+62812000077",
    "To": "whatsapp:+62812000001",
    "Body": " sudah saya bayar ",
    "ProfileName": "Sari",
    "ButtonPayload": "paid",
    "ButtonText": "",
    "OriginalRepliedMessageSid": "SM0",
    "NumMedia": "1",
    "MediaUrl0": "https://api.example/ME1",
    "MediaContentType0": "image/jpeg",
}


@dataclass
class Books:
    """Stands where dispatch stands: keeps events, may fail, may be slow."""

    kept: list[Event] = field(default_factory=list)
    error: Exception | None = None
    may_commit: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_commit.set()

    async def take(self, event: Event) -> None:
        await self.may_commit.wait()
        if self.error:
            raise self.error
        self.kept.append(event)


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
async def web(books: Books) -> AsyncIterator[TestClient[Any, Any]]:
    settings = WebSettings(public_url=PUBLIC + "/", telegram_secret=SECRET, twilio_token=TOKEN)
    app = web_app(take=books.take, telegram_event_of=event_of, settings=settings)
    async with TestClient(TestServer(app)) as client:
        yield client


def signed(path: str, form: dict[str, str], public: str = PUBLIC) -> dict[str, str]:
    text = public + path + "".join(name + value for name, value in sorted(form.items()))
    return {"X-Twilio-Signature": base64.b64encode(hmac.new(TOKEN.encode(), text.encode(), sha1).digest()).decode()}


async def post_form(web: TestClient[Any, Any], path: str, form: dict[str, str], **headers: str) -> ClientResponse:
    kind = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    return await web.post(path, data=urlencode(form), headers=kind | (headers or signed(path, form)))


async def post_update(web: TestClient[Any, Any], body: Any = UPDATE, **headers: str) -> ClientResponse:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await web.post(
        "/telegram", data=content, headers={"Content-Type": "application/json", HEADER: SECRET} | headers
    )


async def test_an_update_is_taken_and_answered_with_nothing(web: TestClient[Any, Any], books: Books) -> None:
    answer = await post_update(web)
    assert (answer.status, await answer.read()) == (200, b"")
    [event] = books.kept
    assert isinstance(event, Typed)
    assert (event.text, event.external_id) == ("halo", "900")


async def test_yes_is_said_only_after_the_commit(web: TestClient[Any, Any], books: Books) -> None:
    books.may_commit.clear()
    telegram = asyncio.create_task(post_update(web))
    twilio = asyncio.create_task(post_form(web, "/twilio/inbound", WROTE))
    done, _ = await asyncio.wait({telegram, twilio}, timeout=0.2)
    assert not done
    books.may_commit.set()
    assert [(await telegram).status, (await twilio).status] == [200, 200]
    assert len(books.kept) == 2


async def test_a_failure_asks_to_come_again_and_says_nothing_of_the_person(
    web: TestClient[Any, Any], books: Books
) -> None:
    books.error = RuntimeError("broke on 'sudah saya bayar' of +62812000077")
    with capture_logs() as logged:
        answers = [
            await post_update(web),
            await post_form(web, "/twilio/inbound", WROTE),
            await post_form(web, "/twilio/status", {"MessageSid": "SM1", "MessageStatus": "sent"}),
        ]
    assert [(answer.status, "Retry-After" in answer.headers) for answer in answers] == [(503, True)] * 3
    assert [line["event"] for line in logged] == ["webhook_event_not_taken"] * 3
    assert [line["external_id"] for line in logged] == ["900", "SM1", "SM1:sent"]
    assert "62812000077" not in str(logged)


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "é"])
async def test_without_the_secret_nothing_is_read(web: TestClient[Any, Any], books: Books, secret: str) -> None:
    assert (await post_update(web, b"\xff" * 10, **{HEADER: secret})).status == 403
    assert books.kept == []


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"\xff\xfe{}", "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (b'{"update_id": "900"}', "application/json", 400),
        (b"x" * (MOST_BODY_BYTES + 1), "application/json", 413),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b"", "", 415),
        (b'{"update_id": 900, "message": {"message_id": 1}}', "application/json", 200),  # it would block the chat
        (b'{"update_id": 900, "edited_message": {}}', "application/json", 200),  # nothing to us
    ],
)
async def test_what_is_no_update(
    web: TestClient[Any, Any], books: Books, body: bytes, content_type: str, status: int
) -> None:
    assert (await post_update(web, body, **{"Content-Type": content_type})).status == status
    assert books.kept == []


async def test_a_customers_message_is_taken_whole(web: TestClient[Any, Any], books: Books) -> None:
    answer = await post_form(web, "/twilio/inbound", WROTE)
    assert (answer.status, answer.content_type) == (200, "text/xml")
    assert (await answer.text()).endswith("<Response></Response>")
    assert books.kept == [
        CustomerWrote(
            external_id="SM1",
            sender="+62812000077",
            text=" sudah saya bayar ",
            profile_name="Sari",
            button_payload="paid",
            replied_to="SM0",
            media=(Media(url="https://api.example/ME1", mime="image/jpeg"),),
        )
    ]


@pytest.mark.parametrize(("sender", "expected"), [("", "ID.4566"), ("whatsapp:ID.4566", "ID.4566")])
async def test_one_who_hides_his_number_is_known_by_his_other_id(
    web: TestClient[Any, Any], books: Books, sender: str, expected: str
) -> None:
    form = {"MessageSid": "SM1", "From": sender, "Body": "x", "ExternalUserId": "whatsapp:ID.4566"}
    assert (await post_form(web, "/twilio/inbound", form)).status == 200
    assert books.kept == [CustomerWrote(external_id="SM1", sender=expected, text="x", user_scoped_id="ID.4566")]


async def test_a_status_brings_our_reference_back(web: TestClient[Any, Any], books: Books) -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "63016"}
    path = f"/twilio/status?ref={signed_reference('42', token=TOKEN)}"
    assert (await post_form(web, path, form)).status == 200
    assert (await post_form(web, "/twilio/status?ref=42.forged", form)).status == 200
    expected = StatusReported(provider_id="SM1", status="undelivered", reference="42", error_code=63016)
    unproved = StatusReported(provider_id="SM1", status="undelivered", error_code=63016)
    assert books.kept == [expected, unproved]
    assert expected.external_id == "SM1:undelivered"


@pytest.mark.parametrize("path", ["/twilio/inbound", "/twilio/status"])
async def test_an_unsigned_form_is_refused(web: TestClient[Any, Any], books: Books, path: str) -> None:
    host = "http://127.0.0.1"  # a signature over the address we happen to listen on proves nothing
    for headers in ({"X-None": "1"}, {"X-Twilio-Signature": "x"}, signed(path, WROTE, host), signed("/other", WROTE)):
        assert (await post_form(web, path, WROTE, **headers)).status == 403
    assert (await post_form(web, path + "?x=1", WROTE, **signed(path, WROTE))).status == 403
    assert books.kept == []


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{}", "application/json", 415),
        (b"Body=%FF", "application/x-www-form-urlencoded", 403),
        (b"\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=1"] * 501), "application/x-www-form-urlencoded", 400),
        (b"x" * (MOST_BODY_BYTES + 1), "application/x-www-form-urlencoded", 413),
    ],
)
async def test_what_is_no_form(web: TestClient[Any, Any], body: bytes, content_type: str, status: int) -> None:
    answer = await web.post("/twilio/inbound", data=body, headers={"Content-Type": content_type})
    assert answer.status == status


async def test_a_signed_form_that_names_no_message_is_a_mistake(web: TestClient[Any, Any], books: Books) -> None:
    assert (await post_form(web, "/twilio/inbound", {"Body": "x"})).status == 400
    assert (await post_form(web, "/twilio/status", {"MessageSid": "SM1"})).status == 400
    odd = WROTE | {"NumMedia": "9" * 5000, "MediaUrl0": ""}
    assert (await post_form(web, "/twilio/inbound", odd)).status == 200
    assert isinstance(books.kept[0], CustomerWrote)
    assert books.kept[0].media == ()


async def test_a_provider_without_a_secret_has_no_webhook(books: Books) -> None:
    settings = WebSettings(public_url=PUBLIC, telegram_secret=None, twilio_token=None)
    app = web_app(take=books.take, telegram_event_of=event_of, settings=settings)
    async with TestClient(TestServer(app)) as client:
        assert (await post_update(client, **{HEADER: "None"})).status == 404
        assert (await post_form(client, "/twilio/inbound", WROTE)).status == 404
        assert (await client.get("/livez")).status == 200


async def test_health(web: TestClient[Any, Any], books: Books) -> None:
    assert (await web.get("/livez")).status == 200
    assert (await web.get("/readyz")).status == 200
    assert (await web.get("/media/abc")).status == 404
    assert (await web.get("/telegram")).status == 405

    async def not_yet() -> bool:
        return False

    settings = WebSettings(public_url=PUBLIC, telegram_secret=None, twilio_token=None)
    app = web_app(take=books.take, telegram_event_of=event_of, settings=settings, ready=not_yet)
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/readyz")).status == 503
        assert (await client.get("/livez")).status == 200
