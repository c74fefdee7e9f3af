"""Who is meant by the tables: roles that may do the same things together."""

from __future__ import annotations

from sop.people import CONFIRMERS, DECIDERS, WORKERS, Role

PLANNERS = WORKERS | DECIDERS
"""Who may say who works when."""
COLLECTORS = frozenset({Role.COLLECTOR})
SELLERS = frozenset({Role.SALES})
FINDERS = CONFIRMERS | SELLERS
"""Who may find out about a dispute; which one is asked when it is loaded."""
