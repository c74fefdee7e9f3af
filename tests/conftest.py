"""What every test may use: real databases (tests/databases.py)."""

from __future__ import annotations

pytest_plugins = ["tests.databases"]
