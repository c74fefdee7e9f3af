"""`santun sop show` and `sop check`: the procedure's numbers, and whether a file of them is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.frame import Mistake, policy_mistake, settings
from bot.cli.words import words
from sop.ladder.rungs import Rung, rungs
from sop.policy import DEFAULT, Policy, PolicyInvalid, policy_from_toml, policy_to_toml


def show(
    numbers: Annotated[bool, typer.Option("--numbers", help="Print every number as a policy file.")] = False,
) -> None:
    """Print the ladder as it is in force."""
    given = settings()
    policy = DEFAULT if given.sop_policy is None else _read(given.sop_policy, given.language)
    if numbers:
        typer.echo(policy_to_toml(policy), nl=False)
        return
    typer.echo(words("sop.head", given.language, version=policy.version))
    for rung in rungs(policy):
        typer.echo(_line(rung, given.language))


def check(file: Annotated[Path, typer.Argument(help="A policy file, TOML.")]) -> None:
    """Say whether a policy file is sound; with the line, the key and the reason where it is not."""
    given = settings()
    policy = _read(file, given.language)
    typer.echo(words("sop.sound", given.language, path=file, version=policy.version))


def _read(file: Path, language: str) -> Policy:
    try:
        return policy_from_toml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise Mistake(words("general.unreadable", language, path=file, reason=fault)) from None
    except PolicyInvalid as fault:
        raise Mistake(policy_mistake(fault, str(file), language)) from None


def _line(rung: Rung, language: str) -> str:
    return words(
        "sop.rung",
        language,
        step=f"{rung.step.value:<6}",
        when=words(f"sop.{rung.count.value}", language, days=rung.days),
        message=f"{rung.message or '-':<5}",
        asks=words(f"sop.asks_{rung.asks.value}", language),
        clause=rung.clause,
    )
