"""The conversation: everything between a press in Telegram or a message on WhatsApp and the rules in `sop`."""
