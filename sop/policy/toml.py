"""Reads a company's policy file over the default, refusing with the line, the key and the reason. (sop 2.7)"""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from typing import Any, TypeVar, cast

from sop.policy.document import DEFAULT, Policy, Segment
from sop.policy.figure import Unfit, figure_of, written
from sop.policy.lines import Lines
from sop.policy.relations import broken_relation

Section = TypeVar("Section")
Path = tuple[str, ...]
SEGMENTS = "segments"
BARE_NAME = re.compile(r"[A-Za-z0-9_-]+")
NOT_IN_FILE = frozenset({SEGMENTS, "part_of"})


class PolicyInvalid(ValueError):
    """The file cannot be the policy: `line` (from 1), `key` ("promise.tolerance") and the reason in plain words."""

    def __init__(self, line: int, key: str, reason: str) -> None:
        super().__init__(f"line {line}: {key}: {reason}" if key else f"line {line}: {reason}")
        self.line = line
        self.key = key
        self.reason = reason


def policy_from_toml(text: str) -> Policy:
    """The default policy with what the file says in its place; any part may be left out.

    Raises PolicyInvalid at the first mistake, the number concerned never being taken over in silence.
    """
    said = _parsed(text)
    lines = Lines(text)
    segments = said.pop(SEGMENTS, None)
    base = _checked(_overlaid(replace(DEFAULT, segments=()), said, (), lines), (), lines)
    return replace(base, segments=_segments(base, segments, lines))


def policy_to_toml(policy: Policy) -> str:
    """The whole policy as a file that `policy_from_toml` reads back to the same; a date not given is left out."""
    return "".join(f"{key} = {text}\n" for key, value in policy.figures().items() if (text := written(value)))


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"\(at line (\d+)", str(fault))
        line = int(found.group(1)) if found else len(text.splitlines()) or 1
        reason = re.sub(r" \(at .*\)$", "", str(fault))
        raise PolicyInvalid(line, "", f"not valid TOML: {reason}") from None


def _overlaid(section: Section, said: dict[str, Any], path: Path, lines: Lines) -> Section:
    """The section with every key the file gives for it; a key that is itself a section is overlaid in turn."""
    slots = {slot.name: slot for slot in fields(cast(Any, section)) if slot.name not in NOT_IN_FILE}
    changes: dict[str, object] = {}
    for key, value in said.items():
        here = (*path, key)
        if key not in slots:
            raise _refused(here, lines, f"is not known{_nearest(key, list(slots))}")
        before = getattr(section, key)
        if is_dataclass(before) and "figure" not in slots[key].metadata:
            changes[key] = _overlaid(before, _table(value, here, lines), here, lines)
        else:
            changes[key] = _figure(slots[key], value, here, lines)
    return cast(Section, replace(cast(Any, section), **changes))


def _figure(slot: Any, value: object, path: Path, lines: Lines) -> object:
    try:
        return figure_of(slot).read(value)
    except Unfit as why:
        raise _refused(path, lines, str(why)) from None


def _table(value: object, path: Path, lines: Lines) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _refused(path, lines, f"is a section: write it as [{'.'.join(path)}]")
    return value


def _segments(base: Policy, said: object, lines: Lines) -> tuple[Segment, ...]:
    """The default segments over the company's own numbers, then the segments of the file over both."""
    policies = {one.name: replace(base, machine=one.policy.machine) for one in DEFAULT.segments}
    for name, overrides in _table(said or {}, (SEGMENTS,), lines).items():
        path = (SEGMENTS, name)
        if not BARE_NAME.fullmatch(name):
            raise _refused(path, lines, "a segment's name may hold letters, digits, _ and - only")
        changed = _overlaid(policies.get(name, base), _table(overrides, path, lines), path, lines)
        policies[name] = _checked(changed, path, lines)
    return tuple(Segment(name=name, policy=policies[name]) for name in sorted(policies))


def _checked(policy: Policy, path: Path, lines: Lines) -> Policy:
    broken = broken_relation(policy)
    if broken is None:
        return policy
    concerned = [(*path, *key.split(".")) for key in broken.keys]
    written = [one for one in concerned if lines.knows(one)] or concerned
    raise _refused(max(written, key=lines.of), lines, broken.reason)


def _refused(path: Path, lines: Lines, reason: str) -> PolicyInvalid:
    return PolicyInvalid(lines.of(path), ".".join(path), reason)


def _nearest(key: str, known: list[str]) -> str:
    close = get_close_matches(key, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else f"; known here are {', '.join(sorted(known))}"
