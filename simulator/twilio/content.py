"""The Content API: templates and their approval by WhatsApp."""

from __future__ import annotations

from datetime import timedelta

from simulator.clock import iso, parse_instant
from simulator.twilio.errors import TwilioError, not_found
from simulator.twilio.ledger import Ledger
from simulator.twilio.templates import checked_content, content_type_of, rejection_of, stamp
from simulator.wire import Json


class Contents:
    """Creates, lists and deletes templates, and answers for their approval."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def create(self, body: Json) -> Json:
        """POST /v1/Content."""
        facts = checked_content(body)
        now = self._ledger.clock.now()
        sid = self._ledger.sid("HX")
        content: Json = {**facts, "sid": sid, "account_sid": self._ledger.config.account_sid}
        content |= {"date_created": stamp(now), "date_updated": stamp(now)}
        self._ledger.contents[sid] = content
        return self.shown(content)

    def get(self, sid: str) -> Json:
        """The stored template. Raises 404."""
        content = self._ledger.contents.get(sid)
        if content is None:
            raise not_found(f"/v1/Content/{sid}")
        return content

    def shown(self, content: Json) -> Json:
        """The resource as the API answers it."""
        url = f"{self._ledger.base_url}/v1/Content/{content['sid']}"
        links = {
            "approval_create": f"{url}/ApprovalRequests/whatsapp",
            "approval_fetch": f"{url}/ApprovalRequests",
        }
        return {**content, "url": url, "links": links}

    def delete(self, sid: str) -> None:
        """DELETE /v1/Content/{sid}."""
        self.get(sid)
        del self._ledger.contents[sid]
        self._ledger.approvals.pop(sid, None)

    def page(self, page: int, size: int, path: str) -> Json:
        """GET /v1/Content or /v1/ContentAndApprovals, newest first."""
        both = path.endswith("ContentAndApprovals")
        rows = list(reversed(self._ledger.contents.values()))
        base = f"{self._ledger.base_url}{path}?PageSize={size}"
        start = page * size
        more = start + size < len(rows)
        shown = [self._with_approval(row) if both else self.shown(row) for row in rows[start : start + size]]
        meta = {
            "page": page,
            "page_size": size,
            "first_page_url": f"{base}&Page=0",
            "previous_page_url": f"{base}&Page={page - 1}" if page else None,
            "next_page_url": f"{base}&Page={page + 1}&PageToken=DNHX{page + 1}" if more else None,
            "url": f"{base}&Page={page}",
            "key": "contents",
        }
        return {"contents": shown, "meta": meta}

    def _with_approval(self, content: Json) -> Json:
        plain = {k: v for k, v in content.items() if k != "links"}
        return {**plain, "approval_requests": self.approval(str(content["sid"]))}

    def submit(self, sid: str, body: Json) -> Json:
        """POST /v1/Content/{sid}/ApprovalRequests/whatsapp."""
        content = self.get(sid)
        name, category = str(body.get("name") or ""), str(body.get("category") or "")
        if not name or not category:
            raise TwilioError(20001, "Invalid parameter: name and category are required")
        if self.approval(sid)["status"] not in ("unsubmitted", "rejected"):
            raise TwilioError(20001, "The content has already been submitted for approval")
        decided_at = self._ledger.clock.now() + timedelta(seconds=self._ledger.config.approval_delay)
        self._ledger.approvals[sid] = {
            "name": name,
            "category": category,
            "content_type": content_type_of(content),
            "reason": rejection_of(content, name, category),
            "decided_at": iso(decided_at),
            "forced": None,
            "allow_category_change": bool(body.get("allow_category_change", True)),
        }
        return {**self.approval(sid), "status": "received", "rejection_reason": ""}

    def approval(self, sid: str) -> Json:
        """The whatsapp part of the approval: name, category, content_type, status, rejection_reason."""
        request = self._ledger.approvals.get(sid)
        if request is None:
            kind = content_type_of(self.get(sid))
            return _approval("", "", kind, "unsubmitted", "")
        pending = self._ledger.clock.now() < parse_instant(request["decided_at"])
        status = "pending" if pending else "rejected" if request["reason"] else "approved"
        reason = "" if pending else request["reason"]
        told = _approval(request["name"], request["category"], request["content_type"], status, reason)
        return {
            **told,
            "status": request["forced"] or status,
            "allow_category_change": request["allow_category_change"],
        }

    def fetched(self, sid: str) -> Json:
        """GET /v1/Content/{sid}/ApprovalRequests."""
        url = f"{self._ledger.base_url}/v1/Content/{sid}/ApprovalRequests"
        whatsapp = {"type": "whatsapp", **self.approval(sid)}
        return {"sid": sid, "account_sid": self._ledger.config.account_sid, "url": url, "whatsapp": whatsapp}

    def force(self, sid: str, status: str) -> Json:
        """Let WhatsApp pause, disable, approve or reject a template (control API)."""
        self.get(sid)
        if sid not in self._ledger.approvals:
            self.submit(sid, {"name": "forced", "category": "UTILITY"})
        self._ledger.approvals[sid]["forced"] = status
        return self.fetched(sid)


def _approval(name: str, category: str, content_type: str, status: str, reason: str) -> Json:
    return {
        "name": name,
        "category": category,
        "content_type": content_type,
        "status": status,
        "rejection_reason": reason,
        "allow_category_change": True,
    }
