"""The history of the schema, as Alembic revisions. `python -m storage.migrations` writes one."""
