"""The one alias for JSON objects, as they travel over HTTP."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""A JSON object: what both providers speak. Its fields are the provider's, not ours."""
