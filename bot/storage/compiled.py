"""Each statement is compiled once: the writer, the reader and the next database use what is there.

To SQLAlchemy every engine is another: it compiles for itself what an equal one has compiled already.
"""

from sqlalchemy import Compiled
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

DRIVER = "sqlite+alike"
COMPILED: LRUCache[object, Compiled] = LRUCache(500)
"""As many as an engine keeps by itself."""


class Alike(SQLiteDialect_pysqlite):
    """All are set up alike, so what one compiled serves all."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike)

    def __hash__(self) -> int:
        return hash(Alike)


registry.register("sqlite.alike", __name__, Alike.__name__)
