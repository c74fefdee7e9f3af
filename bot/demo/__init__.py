"""A rehearsal of the whole procedure: the real program, a played Telegram and WhatsApp, and people with a will.

Nothing leaves the machine. The clock moves only when nothing is left to do, so the same seed gives the same transcript.
"""

from bot.demo.options import DemoOptions
from bot.demo.rehearsal import rehearse

__all__ = ["DemoOptions", "rehearse"]
