"""The Content API over real HTTP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.channels.content import Approval, ContentTemplates, Draft, QuickReply
from bot.channels.faults import Ambiguous
from bot.channels.twilio_http import TwilioAccount
from tests.bot.channels.conftest import SHORT

if TYPE_CHECKING:
    from tests.bot.channels.conftest import Script

TEMPLATE = "HX" + "1" * 32
DRAFT = Draft(
    friendly_name="t01_id",
    language="id",
    body="Yth. {{1}}, tagihan {{2}} jatuh tempo. Terima kasih.",
    samples={"1": "Ibu Sari", "2": "Rp2.500.000"},
    quick_replies=(QuickReply(title="Sudah bayar", payload="paid"), QuickReply(title="Ada kendala", payload="issue")),
)


@pytest.fixture
def templates(script: Script, session: aiohttp.ClientSession) -> ContentTemplates:
    account = TwilioAccount(
        account_sid="AC" + "0" * 32, auth_token="invented", sender="+62812000001", content_url=script.url
    )
    return ContentTemplates(account, session, SHORT)


async def test_a_template_is_posted_whole(templates: ContentTemplates, script: Script) -> None:
    script.will(201, {"sid": TEMPLATE})
    assert await templates.create_content(DRAFT) == TEMPLATE
    [seen] = script.seen
    assert (seen.method, seen.path) == ("POST", "/v1/Content")
    assert seen.headers["Content-Type"] == "application/json"
    assert json.loads(seen.body) == {
        "friendly_name": "t01_id",
        "language": "id",
        "variables": {"1": "Ibu Sari", "2": "Rp2.500.000"},
        "types": {
            "twilio/quick-reply": {
                "body": "Yth. {{1}}, tagihan {{2}} jatuh tempo. Terima kasih.",
                "actions": [
                    {"type": "QUICK_REPLY", "title": "Sudah bayar", "id": "paid"},
                    {"type": "QUICK_REPLY", "title": "Ada kendala", "id": "issue"},
                ],
            }
        },
    }


async def test_without_replies_it_is_plain_text(templates: ContentTemplates, script: Script) -> None:
    script.will(201, {"sid": TEMPLATE})
    await templates.create_content(Draft(friendly_name="t09_id", language="id", body="Terima kasih."))
    assert json.loads(script.seen[0].body)["types"] == {"twilio/text": {"body": "Terima kasih."}}


async def test_a_lost_answer_to_a_creation_is_ambiguous(templates: ContentTemplates, script: Script) -> None:
    script.will(503, b"")
    with pytest.raises(Ambiguous):
        await templates.create_content(DRAFT)
    assert len(script.seen) == 1


async def test_listing_follows_pages_at_our_own_address(templates: ContentTemplates, script: Script) -> None:
    def content(number: int) -> dict[str, object]:
        body = {"body": "Halo {{1}}, sampai {{ 2 }}."}
        return {"sid": f"HX{number}", "friendly_name": "t", "language": "id", "types": {"twilio/text": body}}

    elsewhere = "https://content.example/v1/Content?PageSize=500&Page=1&PageToken=abc"
    script.will(200, {"contents": [content(1)], "meta": {"next_page_url": elsewhere}})
    script.will(200, {"contents": [content(2)], "meta": {"next_page_url": None}})
    found = await templates.contents()
    assert [each.content_sid for each in found] == ["HX1", "HX2"]
    assert found[0].placeholders == {"1", "2"}
    assert script.seen[1].query["PageToken"] == "abc"


async def test_the_way_to_approval(templates: ContentTemplates, script: Script) -> None:
    script.will(201, {"name": "t01_id", "category": "UTILITY", "status": "received", "rejection_reason": ""})
    submitted = await templates.submit_for_approval(TEMPLATE, "t01_id", "UTILITY")
    assert submitted == Approval(status="received", category="UTILITY")
    assert script.seen[0].path == f"/v1/Content/{TEMPLATE}/ApprovalRequests/whatsapp"
    assert json.loads(script.seen[0].body) == {"name": "t01_id", "category": "UTILITY"}
    script.will(200, {"sid": TEMPLATE, "whatsapp": {"status": "rejected", "rejection_reason": "TAG_CONTENT_MISMATCH"}})
    assert await templates.approval(TEMPLATE) == Approval(status="rejected", rejection_reason="TAG_CONTENT_MISMATCH")
    script.will(200, {"sid": TEMPLATE, "whatsapp": None})
    assert await templates.approval(TEMPLATE) == Approval(status="unsubmitted")
