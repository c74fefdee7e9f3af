"""Ratios against limits and against the plain way, each by one command: `python -m benchmarks NAME`."""
