"""Messages as the API shows them: one, a filtered page, and their media."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote

from multidict import MultiMapping

from simulator.clock import parse_instant, rfc2822
from simulator.twilio.errors import LATER, TwilioError, not_found
from simulator.twilio.ledger import Ledger, Media, Message
from simulator.wire import Json

MAX_PAGE = 1000


class Listing:
    """GET Messages.json and what hangs under a message."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, sid: str) -> Message:
        """The message. Raises 404."""
        message = self._ledger.messages.get(sid)
        if message is None:
            raise not_found(f"{self._ledger.account_path()}/Messages/{sid}.json")
        return message

    def shown(self, message: Message) -> Json:
        """The message resource."""
        uri = f"{self._ledger.account_path()}/Messages/{message.sid}"
        code = message.error_code
        return {
            "body": message.body,
            "num_segments": "0" if message.service_sid and message.status == "accepted" else "1",
            "direction": message.direction,
            "from": message.sender,
            "to": message.to,
            "date_updated": rfc2822(message.updated_at),
            "price": None,
            "error_message": LATER.get(code, "Unknown error") if code else None,
            "uri": f"{uri}.json",
            "account_sid": self._ledger.config.account_sid,
            "num_media": str(len(message.media) or len(message.media_urls)),
            "status": message.status,
            "messaging_service_sid": message.service_sid,
            "sid": message.sid,
            "date_sent": rfc2822(message.sent_at) if message.sent_at else None,
            "date_created": rfc2822(message.created_at),
            "error_code": code,
            "price_unit": "USD",
            "api_version": "2010-04-01",
            "subresource_uris": {"media": f"{uri}/Media.json"},
        }

    def page(self, query: MultiMapping[str]) -> Json:
        """One page, newest first. A PageToken continues after the message it names."""
        rows = [m for m in reversed(self._ledger.messages.values()) if _matches(m, query)]
        size = min(max(_number(query, "PageSize", 50), 1), MAX_PAGE)
        number = _number(query, "Page", 0)
        start = _start(rows, query.get("PageToken", ""), number * size)
        shown = rows[start : start + size]
        path = f"{self._ledger.account_path()}/Messages.json?{_filters(query)}PageSize={size}"
        token = f"&PageToken=PA{shown[-1].sid}" if shown else ""
        return {
            "messages": [self.shown(m) for m in shown],
            "page": number,
            "page_size": size,
            "start": start,
            "end": max(start + len(shown) - 1, start),
            "uri": f"{path}&Page={number}",
            "first_page_uri": f"{path}&Page=0",
            "previous_page_uri": f"{path}&Page={number - 1}" if number else None,
            "next_page_uri": f"{path}&Page={number + 1}{token}" if start + size < len(rows) else None,
        }

    def media_of(self, sid: str, media_sid: str) -> Media:
        """One attached file. Raises 404."""
        for media in self.get(sid).media:
            if media.sid == media_sid:
                return media
        raise not_found(f"{self._ledger.account_path()}/Messages/{sid}/Media/{media_sid}")

    def shown_media(self, message: Message, media: Media) -> Json:
        """The media resource."""
        at = rfc2822(message.created_at)
        return {
            "sid": media.sid,
            "account_sid": self._ledger.config.account_sid,
            "parent_sid": message.sid,
            "content_type": media.content_type,
            "date_created": at,
            "date_updated": at,
            "uri": f"{self._ledger.account_path()}/Messages/{message.sid}/Media/{media.sid}.json",
        }

    def media_page(self, sid: str) -> Json:
        """GET Media.json of a message."""
        message = self.get(sid)
        uri = f"{self._ledger.account_path()}/Messages/{sid}/Media"
        rows = [self.shown_media(message, media) for media in message.media]
        page = {"page": 0, "page_size": 50, "start": 0, "end": max(len(rows) - 1, 0)}
        uris = {"uri": f"{uri}.json", "first_page_uri": f"{uri}.json", "next_page_uri": None, "previous_page_uri": None}
        return {"media_list": rows, **page, **uris}


def _matches(message: Message, query: MultiMapping[str]) -> bool:
    if query.get("To") not in (None, "", message.to) or query.get("From") not in (None, "", message.sender):
        return False
    return all(_sent_fits(message, op, query[f"DateSent{op}"]) for op in ("", "<", ">") if query.get(f"DateSent{op}"))


def _sent_fits(message: Message, op: str, text: str) -> bool:
    if message.sent_at is None:
        return False
    at = _instant(text)
    if op == "<":
        return message.sent_at <= at
    if op == ">":
        return message.sent_at >= at
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return day <= message.sent_at < day + timedelta(days=1)


def _instant(text: str) -> datetime:
    try:
        return parse_instant(text.replace("Z", "+00:00"))
    except ValueError:
        raise TwilioError(20001, f"Invalid date: {text}") from None


def _number(query: MultiMapping[str], name: str, default: int) -> int:
    text = query.get(name, "")
    return int(text) if text.isdigit() else default


def _start(rows: list[Message], token: str, default: int) -> int:
    sids = [row.sid for row in rows]
    after = token.removeprefix("PA")
    return sids.index(after) + 1 if after in sids else default


def _filters(query: MultiMapping[str]) -> str:
    names = ("To", "From", "DateSent", "DateSent<", "DateSent>")
    return "".join(f"{quote(name)}={quote(query[name], safe='')}&" for name in names if query.get(name))
