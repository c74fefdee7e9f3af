"""Twilio's error answers, and its words for asynchronous failures."""

from __future__ import annotations

from simulator.wire import Json


class TwilioError(Exception):
    """A request Twilio refuses at once."""

    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.status = status

    def body(self) -> Json:
        """The JSON answer."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": str(self), "more_info": more, "status": self.status}


def unauthorized() -> TwilioError:
    """401: wrong account or token."""
    return TwilioError(20003, "Authenticate", 401)


def not_found(path: str) -> TwilioError:
    """404: no such resource."""
    return TwilioError(20404, f"The requested resource {path} was not found", 404)


def too_many() -> TwilioError:
    """429: slow down."""
    return TwilioError(20429, "Too Many Requests", 429)


LATER = {
    63003: "Channel could not find To address",
    63005: "Channel did not accept given content",
    63013: "This message send failed because it violates Channel provider's policy",
    63014: "This message failed to be delivered to the user because it was blocked by a user action",
    63016: "Failed to send freeform message because you are outside the allowed window. "
    "If you are using WhatsApp, please use a Message Template",
    63018: "Rate limit exceeded for Channel",
    63019: "Media failed to download",
    63021: "Channel invalid content error",
    63024: "Invalid message recipient",
    63041: "Template paused",
    63042: "Template disabled",
}
"""Failures reported by status callback, after the request was accepted."""
