"""`santun doctor`: what is not as it should be, and what to do about it."""

from __future__ import annotations

import asyncio

import typer

from bot import doctor as checks
from bot.cli.frame import Mistake, settings
from bot.cli.words import words
from bot.clock import ClockSilent


def doctor() -> None:
    """Check token, group, WhatsApp, database, calendar, people and messages; exit 1 if something is broken."""
    given = settings()
    try:
        findings = asyncio.run(checks.examined(given))
    except ClockSilent:
        raise Mistake(words("general.clock", given.language, url=given.santun_clock_url)) from None
    for one in findings:
        typer.echo(one.sentence(given.language))
    if any(one.grade is checks.Grade.BROKEN for one in findings):
        raise typer.Exit(1)
