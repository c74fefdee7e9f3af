"""The providers' machine-readable specifications, which lie beside the repository, not in it.

Tests that hold something against them carry `needs_specifications`, and are skipped visibly where they are missing.
"""

from __future__ import annotations

import importlib.util
import json
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

SHARED = Path(__file__).parents[2] / "shared"
CHECKER = SHARED / "tools" / "tgspec.py"
TELEGRAM_SPEC = SHARED / "specs" / "tg-api.json"
TWILIO_MESSAGES = SHARED / "specs" / "twilio_api_v2010.json"
TWILIO_CONTENT = SHARED / "specs" / "twilio_content_v1.json"

needs_specifications = pytest.mark.skipif(
    not all(path.exists() for path in (CHECKER, TELEGRAM_SPEC, TWILIO_MESSAGES, TWILIO_CONTENT)),
    reason="the providers' specifications (../shared/specs, ../shared/tools) are not here",
)


@cache
def telegram_specification() -> Any:
    """The checker of the Bot API: check_request, check_response, check_object give lists of errors."""
    found = importlib.util.spec_from_file_location("tgspec", CHECKER)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the checker leaves its file to be closed
        found.loader.exec_module(module)
        return module.Spec(TELEGRAM_SPEC)


def twilio_answer(path: Path, url: str, verb: str) -> Draft202012Validator:
    """A validator for what an operation answers."""
    [answer] = _document(path)["paths"][url][verb]["responses"].values()
    return _validator(path, answer["content"]["application/json"]["schema"])


def twilio_request(path: Path, url: str, verb: str) -> Draft202012Validator:
    """A validator for what an operation is asked with."""
    [asked] = _document(path)["paths"][url][verb]["requestBody"]["content"].values()
    return _validator(path, asked["schema"])


@cache
def _document(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _validator(path: Path, schema: Any) -> Draft202012Validator:
    """A validator for one schema of an OpenAPI 3.0 document."""
    return Draft202012Validator({**_modern(schema), "components": _modern(_document(path)["components"])})


def _modern(node: Any) -> Any:
    """OpenAPI 3.0's `nullable` as JSON Schema says it; nothing may be said that is not described."""
    if isinstance(node, list):
        return [_modern(value) for value in node]
    if not isinstance(node, dict):
        return node
    turned = {key: _modern(value) for key, value in node.items() if key != "nullable"}
    if node.get("nullable") and isinstance(node.get("type"), str):
        turned["type"] = [node["type"], "null"]
    if node.get("type") == "object" and isinstance(node.get("properties"), dict):
        turned.setdefault("additionalProperties", False)
    return turned
