"""Whatever leaves: answers to taps at once, everything else from the outbox within the providers' limits."""
