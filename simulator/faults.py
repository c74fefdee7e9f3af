"""Faults ordered through the control API: which call goes wrong, how, and how often."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.wire import Json

BEFORE = frozenset({"429", "500", "refuse"})
"""Faults that strike before the call has any effect."""

AFTER = frozenset({"timeout_after_accept", "cut_response"})
"""Faults that strike after the call took effect, so that the caller cannot know."""

ERROR_CODE = re.compile(r"\d{5}")
"""A Twilio error code as kind: the next message fails with it, later, by callback."""

KINDS = BEFORE | AFTER | {"duplicate_callback", "reorder_callbacks"}


@dataclass
class Fault:
    """One standing order. `method` None means every call, `a|b` either; `every` k strikes each k-th matching call."""

    target: str
    kind: str
    method: str | None = None
    times: int | None = 1
    retry_after: int = 1
    every: int = 1
    number: int = 0
    _seen: int = field(default=0, repr=False)

    def concerns(self, method: str) -> bool:
        """True when a call of this method may be hit."""
        return self.method is None or method.lower() in self.method.split("|")

    def strikes(self) -> bool:
        """Count one matching call and say whether it is hit."""
        if self.times is not None and self.times <= 0:
            return False
        self._seen += 1
        if self._seen % self.every:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def shown(self) -> Json:
        """The order as the control API lists it."""
        return {
            "number": self.number,
            "target": self.target,
            "kind": self.kind,
            "method": self.method,
            "times": self.times,
            "retry_after": self.retry_after,
            "every": self.every,
        }


def fault_of(order: Json) -> Fault:
    """Read an order of the control API. Raises ValueError with the reason."""
    target, kind = str(order.get("target", "")), str(order.get("kind", ""))
    if target not in ("telegram", "twilio"):
        raise ValueError("target must be telegram or twilio")
    if kind not in KINDS and not (target == "twilio" and ERROR_CODE.fullmatch(kind)):
        raise ValueError(f"unknown kind {kind!r}: one of {', '.join(sorted(KINDS))} or a Twilio error code")
    every = int(order.get("every") or 1)
    times = order.get("times", None if "every" in order else 1)
    method = order.get("method")
    return Fault(
        target=target,
        kind=kind,
        method=str(method).lower() if method and method != "*" else None,
        times=None if times is None else int(times),
        retry_after=int(order.get("retry_after") or 1),
        every=max(every, 1),
    )


class FaultBook:
    """All standing orders, asked in the order in which they were given."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._count = 0
        self.on_strike: Callable[[Fault, str], None] = lambda fault, method: None

    def add(self, fault: Fault) -> None:
        """Give an order; it gets a number."""
        self._count += 1
        fault.number = self._count
        self._faults.append(fault)

    def clear(self) -> None:
        """Withdraw all orders."""
        self._faults.clear()

    def shown(self) -> list[Json]:
        """All orders that may still strike."""
        return [fault.shown() for fault in self._faults if fault.times != 0]

    def strike(self, target: str, method: str, kinds: frozenset[str]) -> Fault | None:
        """The fault that hits this call, counted; None when the call is left in peace."""
        for fault in self._faults:
            if fault.target != target or fault.kind not in kinds:
                continue
            if fault.concerns(method) and fault.strikes():
                self.on_strike(fault, method)
                return fault
        return None

    def strike_code(self, method: str) -> int | None:
        """A Twilio error code with which the next message shall fail, or None."""
        codes = frozenset(f.kind for f in self._faults if f.target == "twilio" and ERROR_CODE.fullmatch(f.kind))
        fault = self.strike("twilio", method, codes)
        return int(fault.kind) if fault else None
