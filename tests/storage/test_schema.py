"""The revisions and the tables say the same, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from storage import schema
from storage.engine import driver_url, plain_url
from storage.tables import metadata


def test_a_new_database_gets_exactly_the_tables(empty_database_url: str) -> None:
    """Somebody who adds a column writes its revision: `make migration`."""
    schema.upgrade(empty_database_url)
    engine = create_engine(plain_url(driver_url(empty_database_url)))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [one for one in compare_metadata(context, metadata) if "alembic_version" not in str(one)]
    engine.dispose()
    assert differences == []


def test_a_second_time_changes_nothing(empty_database_url: str) -> None:
    assert schema.revision(empty_database_url) is None
    schema.upgrade(empty_database_url)
    schema.upgrade(empty_database_url)
    assert schema.revision(empty_database_url) == schema.head()


def test_replicas_that_start_together_change_it_once(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(schema.upgrade, [empty_database_url] * 4))
    assert schema.revision(empty_database_url) == schema.head()
    engine = create_engine(plain_url(driver_url(empty_database_url)))
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}
    engine.dispose()


def test_an_upgrade_waits_for_nobody_when_there_is_nothing_to_do(tmp_path: Path) -> None:
    """The command line works beside a running server that is writing."""
    url = f"sqlite:///{tmp_path / 'santun.db'}"
    schema.upgrade(url)
    engine = create_engine(url)
    with engine.connect() as writer:
        writer.exec_driver_sql("BEGIN IMMEDIATE")
        schema.upgrade(url)
    engine.dispose()
    assert schema.revision(url) == schema.head()


@pytest.mark.parametrize("url", ["postgresql://nobody:topsecret@127.0.0.1:1/none", "sqlite:////nowhere/at/all.db"])
def test_an_unreachable_database_is_named_without_its_password(url: str) -> None:
    with pytest.raises(schema.DatabaseUnreachable) as refused:
        schema.upgrade(url)
    assert refused.value.reason
    assert "topsecret" not in refused.value.reason
