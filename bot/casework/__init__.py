"""The moves of a case that handlers and jobs share: each loads, asks `sop`, stores, and queues who must be told.

Nothing here sends. A third person is reached only through a row in the outbox, written in the decision's transaction.
"""
