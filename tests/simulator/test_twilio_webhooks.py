"""What Twilio posts to the business: status callbacks and inbound messages, signed."""

from __future__ import annotations

import json

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from simulator.client import SimClient
from simulator.config import DEFAULT_AUTH_TOKEN
from tests.simulator.callers import PNG, SENDER, Received, Receiver, TwilioCaller

ANI = "+6281200000001"


def is_signed(received: Received, url: str) -> bool:
    """Twilio's own validator is the judge."""
    header = received.headers["X-Twilio-Signature"]
    return bool(RequestValidator(DEFAULT_AUTH_TOKEN).validate(url, received.form, header))


async def _send(twilio: TwilioCaller, receiver: Receiver, reference: str = "r1") -> str:
    sid = await twilio.approved()
    callback = f"{receiver.url}/twilio/status?ref={reference}&x=a%20b"
    reply = await twilio.send(ANI, ContentSid=sid, ContentVariables='{"1":"Bu Ani"}', StatusCallback=callback)
    assert reply.status == 201, reply.body
    return str(reply.body["sid"])


async def test_callbacks_come_in_order_and_signed(sim: SimClient, twilio: TwilioCaller, receiver: Receiver) -> None:
    sid = await _send(twilio, receiver)
    idle = await sim.idle()
    assert (idle["due_callbacks"], idle["next_callback_at"]) == (0, "2026-11-23T02:00:01+00:00")
    await sim.advance(60)
    assert (await sim.flush())["idle"]
    assert receiver.statuses() == ["sent", "delivered", "read"]
    for received in receiver.received:
        assert is_signed(received, f"{receiver.url}/twilio/status?ref=r1&x=a%20b")
        assert not is_signed(received, f"{receiver.url}/twilio/status?ref=r2&x=a%20b")
        assert received.form["MessageSid"] == sid
    assert receiver.received[2].form["EventType"] == "READ"


async def test_a_failure_carries_its_code(sim: SimClient, twilio: TwilioCaller, receiver: Receiver) -> None:
    await sim.config(status_url=f"{receiver.url}/all")
    await twilio.send(ANI, Body="di luar jendela")
    await sim.advance(5)
    await sim.flush()
    [received] = receiver.received
    assert (received.form["MessageStatus"], received.form["ErrorCode"]) == ("failed", "63016")


async def test_callbacks_of_many_messages_interleave_by_time(
    sim: SimClient, twilio: TwilioCaller, receiver: Receiver
) -> None:
    await _send(twilio, receiver, "a")
    await sim.advance(0.5)
    await _send(twilio, receiver, "b")
    await sim.advance(100)
    await sim.flush()
    order = [(r.url.split("ref=")[1][0], r.form["MessageStatus"]) for r in receiver.received]
    assert order == [
        ("a", "sent"), ("b", "sent"), ("a", "delivered"), ("b", "delivered"), ("a", "read"), ("b", "read"),
    ]  # fmt: skip


async def test_the_public_url_is_signed_and_the_route_is_used(
    sim: SimClient, twilio: TwilioCaller, receiver: Receiver
) -> None:
    await sim.config(
        routes={"https://santun.example": receiver.url}, inbound_url="https://santun.example/twilio/inbound"
    )
    await sim.add_customer(ANI)
    await sim.customer_says(ANI, "halo")
    await sim.flush()
    [received] = receiver.received
    assert received.url == f"{receiver.url}/twilio/inbound"
    assert is_signed(received, "https://santun.example/twilio/inbound")


async def test_an_inbound_text_has_all_fields(sim: SimClient, twilio: TwilioCaller, receiver: Receiver) -> None:
    await sim.config(inbound_url=f"{receiver.url}/in")
    await sim.add_customer(ANI, name="Ani")
    sid = await sim.customer_says(ANI, " spasi dipertahankan ")
    await sim.flush()
    [received] = receiver.received
    form = dict(received.form)
    assert json.loads(form.pop("ChannelMetadata"))["data"]["context"]["ProfileName"] == "Ani"
    assert form == {
        "AccountSid": twilio.account, "ApiVersion": "2010-04-01", "Body": " spasi dipertahankan ",
        "From": f"whatsapp:{ANI}", "MessageSid": sid, "MessageType": "text", "NumMedia": "0", "NumSegments": "1",
        "ProfileName": "Ani", "ReferralNumMedia": "0", "SmsMessageSid": sid, "SmsSid": sid, "SmsStatus": "received",
        "To": SENDER, "WaId": "6281200000001",
    }  # fmt: skip
    assert is_signed(received, f"{receiver.url}/in")
    [listed] = await twilio.listed(To=SENDER)
    assert (listed["sid"], listed["direction"], listed["status"]) == (sid, "inbound", "received")


async def test_a_quick_reply(sim: SimClient, twilio: TwilioCaller, receiver: Receiver) -> None:
    await sim.config(inbound_url=f"{receiver.url}/in")
    await sim.add_customer(ANI)
    sid = (await twilio.send(ANI, ContentSid=await twilio.approved(), ContentVariables='{"1":"Bu Ani"}')).body["sid"]
    await sim.advance(5)
    await sim.flush()
    await sim.customer_presses(ANI, "Sudah bayar")
    await sim.flush()
    form = receiver.received[-1].form
    assert (form["MessageType"], form["ButtonText"], form["ButtonPayload"]) == ("button", "Sudah bayar", "paid")
    assert (form["OriginalRepliedMessageSid"], form["Body"]) == (sid, "Sudah bayar")


async def test_a_photo_a_place_and_a_hidden_number(sim: SimClient, twilio: TwilioCaller, receiver: Receiver) -> None:
    await sim.config(inbound_url=f"{receiver.url}/in")
    await sim.add_customer(ANI, user_id="ID.4566546130240823")
    await sim.customer_sends_photo(ANI, PNG, content_type="image/png")
    await sim.customer_sends_location(ANI, -6.2, 106.8)
    await sim.flush()
    photo, place = (r.form for r in receiver.received)
    assert (photo["NumMedia"], photo["MediaContentType0"]) == ("1", "image/png")
    told = await twilio.call("GET", photo["MediaUrl0"].removeprefix(twilio.url) + ".json")
    assert (told.body["content_type"], told.body["parent_sid"]) == ("image/png", photo["MessageSid"])
    assert await twilio.fetch(photo["MediaUrl0"]) == PNG
    assert (place["MessageType"], place["Latitude"], place["Longitude"]) == ("location", "-6.2", "106.8")
    assert place["From"] == place["ExternalUserId"] == "whatsapp:ID.4566546130240823"
    assert "WaId" not in place


async def test_inbound_is_not_repeated_when_nobody_listens(
    sim: SimClient, twilio: TwilioCaller, receiver: Receiver
) -> None:
    receiver.answers["/in"].append(500)
    await sim.config(inbound_url=f"{receiver.url}/in")
    await sim.add_customer(ANI)
    await sim.customer_says(ANI, "halo")
    await sim.flush()
    await sim.advance(3600)
    await sim.flush()
    assert len(receiver.received) == 1
    assert len(await twilio.listed()) == 1  # still to be found by polling


async def test_media_is_fetched_from_the_business(sim: SimClient, twilio: TwilioCaller, receiver: Receiver) -> None:
    await sim.add_customer(ANI)
    await sim.customer_says(ANI, "kirim fakturnya")
    good = await twilio.send(ANI, Body="ini", MediaUrl=f"{receiver.url}/media/ok")
    receiver.answers["/media/gone"].append(404)
    bad = await twilio.send(ANI, Body="ini", MediaUrl=f"{receiver.url}/media/gone")
    assert good.body["sid"].startswith("MM")
    await sim.advance(100)
    await sim.flush()
    status = {m.sid: (m.status, m.error_code) for m in await sim.customer_messages(ANI)}
    assert status[good.body["sid"]] == ("read", None)
    assert status[bad.body["sid"]] == ("failed", 63019)
