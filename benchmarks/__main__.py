"""`python -m benchmarks [NAME…]`: measure, print the table; a whole run is kept in `RESULTS.md`."""

import asyncio
import os
import platform
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import acks, burst, due, gate, memory, opening, statements, teams, triage
from benchmarks.figures import Figure

PARTS = {
    "opening": opening.measure,
    "statements": statements.measure,
    "acks": acks.measure,
    "burst": burst.measure,
    "due": due.measure,
    "memory": memory.measure,
    "teams": teams.measure,
    "triage": triage.measure,
    "gate": gate.measure,
}
RESULTS = Path(__file__).parent / "RESULTS.md"


def main(wanted: list[str]) -> int:
    """Zero when every figure is met."""
    load = os.getloadavg()[0]
    figures: list[Figure] = []
    for name in wanted or PARTS:
        with TemporaryDirectory() as folder:
            figures += asyncio.run(PARTS[name](Path(folder)))
    table = _table(figures, load)
    print(table)
    if not wanted:
        RESULTS.write_text(f"# Measured\n\n{table}", "utf-8")
    return 0 if all(figure.met for figure in figures) else 1


def _table(figures: list[Figure], load: float) -> str:
    machine = (
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version} "
        f"(WAL, synchronous FULL), {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"load average at the start {load:.1f}. Each call to Slack or Teams takes 100 ms."
    )
    head = "| What | Measured | Asked | Met |\n|---|---|---|---|"
    return "\n".join([machine, "", head, *(figure.row() for figure in figures), ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
