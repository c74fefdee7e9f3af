"""The two channels: what arrives becomes an Event, what must leave becomes one HTTP request. No rule lives here.

Only this package knows python-telegram-bot and twilio.
"""
