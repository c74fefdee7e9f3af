"""The demo one can walk through: the page with the phones, and behind it the real program in a process of its own."""
