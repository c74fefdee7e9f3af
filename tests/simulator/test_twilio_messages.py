"""The Messages API: what is refused at once, what fails later, and how a customer's phone shows it."""

from __future__ import annotations

import json

import pytest

from simulator.client import SimClient
from tests.simulator.callers import PNG, SENDER, Json, TwilioCaller

ANI = "+6281200000001"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"To": ""}, 21604),
        ({"To": "+6281200000001"}, 21211),  # SMS, not WhatsApp
        ({"To": "whatsapp:0812000"}, 21211),
        ({"From": ""}, 21603),
        ({"From": "whatsapp:salah"}, 63007),
        ({}, 21619),
        ({"Body": "x" * 1601}, 21617),
        ({"ContentSid": "HX" + "0" * 32}, 21655),
        ({"ContentVariables": "{}"}, 21654),
        ({"Body": "x", "SendAt": "2026-11-24T02:00:00Z"}, 20001),
        ({"Body": "x", "StatusCallback": "http://under_score.example/x"}, 21609),
    ],
)
async def test_refused_at_once(twilio: TwilioCaller, fields: Json, code: int) -> None:
    reply = await twilio.send(ANI, **fields)
    assert (reply.status, reply.body["code"], reply.body["status"]) == (400, code, 400)
    assert reply.body["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert await twilio.listed() == []


async def test_credentials_are_checked(twilio: TwilioCaller) -> None:
    twilio.auth_token = "0" * 32
    reply = await twilio.send(ANI, Body="x")
    assert (reply.status, reply.body["code"], reply.body["message"]) == (401, 20003, "Authenticate")


async def test_only_configured_senders(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.config(senders=["whatsapp:+6285500000000"])
    assert (await twilio.send(ANI, Body="x")).body["code"] == 63007
    assert (await twilio.send(ANI, From="whatsapp:+6285500000000", Body="x")).status == 201


async def test_free_text_outside_the_window_is_accepted_and_fails_later(sim: SimClient, twilio: TwilioCaller) -> None:
    reply = await twilio.send(ANI, Body="Halo")
    assert (reply.status, reply.body["status"], reply.body["error_code"]) == (201, "queued", None)
    await sim.advance(5)
    await sim.flush()
    fetched = (await twilio.call("GET", f"{twilio.messages}/{reply.body['sid']}.json")).body
    assert (fetched["status"], fetched["error_code"]) == ("failed", 63016)
    assert [m.visible for m in await sim.customer_messages(ANI)] == [False]


async def test_the_window_is_24_hours_from_his_last_message(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.add_customer(ANI, name="Ani")
    await sim.customer_says(ANI, "halo")
    await sim.advance(24 * 3600 - 10)
    inside = await twilio.send(ANI, Body="di dalam")
    await sim.advance(10)
    outside = await twilio.send(ANI, Body="di luar")
    await sim.advance(100)
    await sim.flush()
    status = {m.sid: m.status for m in await sim.customer_messages(ANI)}
    assert (status[inside.body["sid"]], status[outside.body["sid"]]) == ("read", "failed")


async def test_a_life_from_queued_to_read(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.add_customer(ANI)
    sid = await twilio.approved()
    await twilio.send(ANI, ContentSid=sid, ContentVariables='{"1":"Bu Ani"}')
    seen = []
    for seconds in (0, 1, 1, 58):
        await sim.advance(seconds)
        await sim.flush()
        [message] = await sim.customer_messages(ANI)
        seen.append((message.status, message.visible))
    assert seen == [("queued", False), ("sent", False), ("delivered", True), ("read", True)]
    assert message.body == "Halo Bu Ani, terima kasih."
    assert message.buttons == ("Sudah bayar",)


@pytest.mark.parametrize(
    ("behaviour", "end"),
    [
        ({"reads": False}, ("delivered", None)),
        ({"on_whatsapp": False}, ("undelivered", 63003)),
        ({"blocked": True}, ("undelivered", 63014)),
    ],
)
async def test_customers_differ(sim: SimClient, twilio: TwilioCaller, behaviour: Json, end: tuple[str, int]) -> None:
    await sim.add_customer(ANI, **behaviour)
    await twilio.send(ANI, ContentSid=await twilio.approved(), ContentVariables='{"1":"Bu Ani"}')
    await sim.advance(3600)
    await sim.flush()
    [message] = await sim.customer_messages(ANI)
    assert (message.status, message.error_code) == end


async def test_he_reads_when_he_writes(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.add_customer(ANI)
    await twilio.send(ANI, ContentSid=await twilio.approved(), ContentVariables='{"1":"Bu Ani"}')
    await sim.advance(5)
    await sim.flush()
    await sim.customer_says(ANI, "sudah")
    await sim.flush()
    assert [m.status for m in await sim.customer_messages(ANI)] == ["read", "received"]


async def test_a_messaging_service_accepts_first(twilio: TwilioCaller) -> None:
    service = "MG" + "ab" * 16
    reply = await twilio.send(ANI, From="", MessagingServiceSid=service, Body="x")
    assert (reply.body["status"], reply.body["messaging_service_sid"]) == ("accepted", service)
    assert (reply.body["from"], reply.body["num_segments"]) == (SENDER, "0")


async def test_lists_are_filtered_and_paged_newest_first(sim: SimClient, twilio: TwilioCaller) -> None:
    sids = [(await twilio.send(f"+628120000000{n}", Body="x")).body["sid"] for n in range(1, 4)]
    assert await twilio.listed(**{"DateSent>": "2026-11-01"}) == []  # not sent yet: a filter by date misses it
    await sim.advance(5)
    await sim.flush()
    assert [m["sid"] for m in await twilio.listed()] == sids[::-1]
    assert [m["sid"] for m in await twilio.listed(To="whatsapp:+6281200000002")] == [sids[1]]
    assert await twilio.listed(From="whatsapp:+15550001111") == []
    assert len(await twilio.listed(DateSent="2026-11-23")) == 3
    assert await twilio.listed(DateSent="2026-11-24") == []
    assert len(await twilio.listed(**{"DateSent>": "2026-11-23T02:00:01Z"})) == 3
    assert await twilio.listed(**{"DateSent<": "2026-11-23T02:00:00Z"}) == []
    page = (await twilio.call("GET", f"{twilio.messages}.json?PageSize=2")).body
    await twilio.send("+6281200000009", Body="neu")  # a page token survives newcomers
    rest = (await twilio.call("GET", page["next_page_uri"])).body
    assert [m["sid"] for m in page["messages"] + rest["messages"]] == sids[::-1]
    assert rest["next_page_uri"] is None


async def test_cancel_redact_and_delete(sim: SimClient, twilio: TwilioCaller) -> None:
    sid = (await twilio.send(ANI, Body="rahasia")).body["sid"]
    path = f"{twilio.messages}/{sid}.json"
    assert (await twilio.call("DELETE", path)).status == 409
    assert (await twilio.call("POST", path, data={"Status": "canceled"})).body["status"] == "canceled"
    await sim.advance(5)
    await sim.flush()
    assert (await twilio.call("POST", path, data={"Body": ""})).body["body"] == ""
    assert (await twilio.call("DELETE", path)).status == 204
    assert (await twilio.call("GET", path)).body["code"] == 20404


async def test_a_hidden_number_is_written_to_by_its_user_id(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.add_customer(ANI, user_id="ID.4566546130240823")
    await sim.customer_says(ANI, "halo")
    [inbound] = await twilio.listed()
    assert inbound["from"] == "whatsapp:ID.4566546130240823"
    await twilio.send(ANI, To=inbound["from"], Body="halo juga")
    await sim.advance(100)
    await sim.flush()
    assert [m.status for m in await sim.customer_messages(ANI)] == ["received", "read"]


async def test_media_of_a_customer_needs_credentials(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.add_customer(ANI)
    sid = await sim.customer_sends_photo(ANI, PNG, content_type="image/png", text="slip")
    rows = (await twilio.call("GET", f"{twilio.messages}/{sid}/Media.json")).body["media_list"]
    assert [row["content_type"] for row in rows] == ["image/png"]
    path = rows[0]["uri"].removesuffix(".json")
    async with twilio.session.get(twilio.url + path) as response:
        assert response.status == 401
        assert json.loads(await response.text())["code"] == 20003
    [message] = await sim.customer_messages(ANI)
    assert await sim.bytes_at(f"/sim/media/{message.media[0]['sid']}") == PNG
