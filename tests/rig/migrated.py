"""A SQLite file with its schema, made once and then copied: making it takes longer than most tests."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage import schema


def migrated(folder: Path) -> str:
    """Return the URL of the database in this folder: an empty one with its schema, unless one was there."""
    path = folder / "cellule.db"
    folder.mkdir(exist_ok=True)
    if not path.exists():
        path.write_bytes(_empty())
    return f"sqlite:///{path}"


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "cellule.db")
        schema.upgrade(f"sqlite:///{path}")
        return path.read_bytes()
