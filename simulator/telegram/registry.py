"""The table of Bot API methods, filled by the modules that implement them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from simulator.telegram.params import Params
from simulator.telegram.side import TelegramSide

Method = Callable[[TelegramSide, Params], Awaitable[Any]]
METHODS: dict[str, Method] = {}
"""By lower-case name: the Bot API ignores case."""


def method(name: str) -> Callable[[Method], Method]:
    """Register the implementation of a method; it returns the `result` or raises ApiError."""

    def register(implementation: Method) -> Method:
        METHODS[name.lower()] = implementation
        return implementation

    return register
