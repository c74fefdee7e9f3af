"""The one alias for JSON objects, as they travel over HTTP."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]
"""A JSON object: what both providers speak. Its fields are the provider's, not ours."""


def snapshot(value: Json) -> Json:
    """A copy that later changes do not reach (several times faster than copy.deepcopy)."""
    copied: Json = json.loads(json.dumps(value))
    return copied
