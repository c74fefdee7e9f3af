"""The control API under /sim: what people do, the clock, faults, and what happened."""
