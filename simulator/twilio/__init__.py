"""The played Twilio: Messages API v2010 and Content API v1, for WhatsApp."""
