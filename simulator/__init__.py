"""A simulator of Telegram and of WhatsApp through Twilio, over HTTP on this machine only."""
