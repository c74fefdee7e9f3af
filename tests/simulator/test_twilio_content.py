"""Templates: creation, review, and what is sent when a variable is missing."""

from __future__ import annotations

import pytest

from simulator.client import SimClient
from tests.simulator.callers import Json, TwilioCaller

ANI = "+6281200000001"


async def _status(twilio: TwilioCaller, sid: str) -> tuple[str, str]:
    whatsapp = (await twilio.call("GET", f"/v1/Content/{sid}/ApprovalRequests")).body["whatsapp"]
    return whatsapp["status"], whatsapp["rejection_reason"]


async def test_created_listed_and_deleted(twilio: TwilioCaller) -> None:
    first, second = await twilio.template(), await twilio.template()
    page = (await twilio.call("GET", "/v1/Content?PageSize=1")).body
    assert [c["sid"] for c in page["contents"]] == [second]
    assert page["meta"]["next_page_url"].startswith(twilio.url)
    one = (await twilio.call("GET", f"/v1/Content/{first}")).body
    assert (one["language"], one["variables"], list(one["types"])) == ("id", {"1": "Contoh"}, ["twilio/quick-reply"])
    assert (await twilio.call("DELETE", f"/v1/Content/{first}")).status == 204
    assert (await twilio.call("GET", f"/v1/Content/{first}")).body["code"] == 20404


@pytest.mark.parametrize("body", [{}, {"language": "id"}, {"language": "id", "types": {"twilio/unknown": {}}}])
async def test_incomplete_content_is_refused(twilio: TwilioCaller, body: Json) -> None:
    assert (await twilio.call("POST", "/v1/Content", json=body)).status == 400


async def test_form_data_is_no_content(twilio: TwilioCaller) -> None:
    assert (await twilio.call("POST", "/v1/Content", data={"language": "id"})).status == 400


async def test_review_takes_its_time(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.config(approval_delay=3600)
    sid = await twilio.template()
    assert (await _status(twilio, sid))[0] == "unsubmitted"
    assert (await twilio.submit(sid)).body["status"] == "received"
    assert (await _status(twilio, sid))[0] == "pending"
    assert (await twilio.submit(sid)).status == 400
    await sim.advance(3600)
    assert await _status(twilio, sid) == ("approved", "")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{{1}} jatuh tempo.", "The body must not start with a variable"),
        ("Jatuh tempo {{1}} ", "The body must not end with a variable"),
        ("Halo {{1}} {{2}} ya.", "Two variables must not stand next to each other"),
        ("Halo {{1}}, " + "x" * 1024, "The body is longer than 1024 characters"),
        ("Halo {{1}} dan {{2}}.", "Every variable needs a sample value"),
        ("Halo {{2}}.", "Every variable needs a sample value"),
    ],
)
async def test_review_rejects(twilio: TwilioCaller, body: str, reason: str) -> None:
    sid = await twilio.template(body)
    await twilio.submit(sid)
    assert await _status(twilio, sid) == ("rejected", reason)


async def test_variables_are_numbered_without_gaps(twilio: TwilioCaller) -> None:
    sid = await twilio.template("Halo {{1}} dan {{3}}.", variables={"1": "a", "3": "c"})
    await twilio.submit(sid)
    assert await _status(twilio, sid) == ("rejected", "Variables must be numbered 1, 2, 3 without gaps")


async def test_names_are_lower_case(twilio: TwilioCaller) -> None:
    sid = await twilio.template()
    await twilio.submit(sid, name="Reminder Due")
    assert (await _status(twilio, sid))[0] == "rejected"


async def _sent(sim: SimClient, twilio: TwilioCaller, sid: str, variables: str) -> tuple[str, str, int | None]:
    reply = await twilio.send(ANI, ContentSid=sid, ContentVariables=variables)
    assert reply.status == 201, reply.body
    await sim.advance(100)
    await sim.flush()
    message = (await sim.customer_messages(ANI))[-1]
    return message.body, message.status, message.error_code


async def test_a_missing_variable_becomes_the_sample(sim: SimClient, twilio: TwilioCaller) -> None:
    sid = await twilio.approved()
    assert await _sent(sim, twilio, sid, "{}") == ("Halo Contoh, terima kasih.", "read", None)


@pytest.mark.parametrize("value", ["", "dua\\nbaris", "lima     spasi"])
async def test_odd_values_fail_later(sim: SimClient, twilio: TwilioCaller, value: str) -> None:
    sid = await twilio.approved()
    assert (await _sent(sim, twilio, sid, f'{{"1":"{value}"}}'))[1:] == ("failed", 63013)


async def test_too_long_when_filled_in(sim: SimClient, twilio: TwilioCaller) -> None:
    sid = await twilio.approved()
    assert (await _sent(sim, twilio, sid, f'{{"1":"{"x" * 1020}"}}'))[1:] == ("failed", 63021)


async def test_an_unapproved_template_opens_no_conversation(sim: SimClient, twilio: TwilioCaller) -> None:
    sid = await twilio.template()
    assert (await _sent(sim, twilio, sid, '{"1":"Ani"}'))[1:] == ("failed", 63016)
    await sim.customer_says(ANI, "halo")
    assert (await _sent(sim, twilio, sid, '{"1":"Ani"}'))[1:] == ("read", None)


@pytest.mark.parametrize(("status", "code"), [("paused", 63041), ("disabled", 63042), ("rejected", 63016)])
async def test_approval_can_be_withdrawn(sim: SimClient, twilio: TwilioCaller, status: str, code: int) -> None:
    sid = await twilio.approved()
    await sim.review_template(sid, status)
    assert (await _status(twilio, sid))[0] == status
    assert (await _sent(sim, twilio, sid, '{"1":"Ani"}'))[1:] == ("failed", code)


async def test_a_template_is_not_mixed_with_text(twilio: TwilioCaller) -> None:
    sid = await twilio.approved()
    assert (await twilio.send(ANI, ContentSid=sid, Body="x")).body["code"] == 21655
    assert (await twilio.send(ANI, ContentSid=sid, ContentVariables="[1]")).body["code"] == 21656
