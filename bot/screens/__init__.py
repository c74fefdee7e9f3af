"""What people see, built from snapshots: the names of messages, plain values and buttons; nothing is loaded here."""
