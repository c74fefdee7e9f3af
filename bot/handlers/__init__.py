"""What people do, one subject a file; which button, command or text comes here, the tables of `bot.routing` say.

Handlers do not know each other.
"""
