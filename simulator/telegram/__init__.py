"""The played Telegram Bot API."""
