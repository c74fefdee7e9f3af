"""The facts at rest: the only package that knows SQL.

Every function takes `db`, a connection inside a transaction that dispatch or a job has opened; nothing here commits.
What may be seen is decided here too: a load for a person takes that person, and cannot return what he may not see.
"""

from storage.engine import Conflict, Database, NotFound, Store

__all__ = ["Conflict", "Database", "NotFound", "Store"]
