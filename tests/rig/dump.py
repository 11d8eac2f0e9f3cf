"""Everything that a database holds, to compare: a refusal leaves no trace."""

from pathlib import Path
from sqlite3 import connect
from typing import Any

from bot.storage.tables import metadata

Rows = dict[str, list[tuple[Any, ...]]]


def dump(folder: Path) -> Rows:
    """Every row of every table of the SQLite file in a folder."""
    with connect(f"file:{folder}/cellule.db?mode=ro", uri=True) as connection:
        return {
            table.name: sorted(connection.execute(f'SELECT * FROM "{table.name}"'), key=repr)
            for table in metadata.sorted_tables
        }


def changed(before: Rows, after: Rows) -> list[str]:
    """The tables that are not what they were."""
    return [name for name in before if before[name] != after[name]]
