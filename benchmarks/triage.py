"""What the triage aid finds in messages written apart from its examples, how fast, and at what cost."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, percentile
from bot.domain.levels import Level
from bot.triage.judging import Proposal, Triage
from bot.triage.loading import load

SETS = Path(__file__).parent.parent / "tests" / "sets"
Judged = Sequence[tuple[dict[str, Any], Proposal]]


async def measure(_folder: Path) -> list[Figure]:
    before = _resident()
    triage = load()
    triage.judge("bonjour")
    added = _resident() - before
    seconds: list[float] = []
    began = time.process_time()
    judged = [(row, _judged(triage, row["text"], seconds)) for row in _rows()]
    worked = (time.process_time() - began) / len(judged)
    figures = []
    for name, language in (("all", ""), ("French", "fr"), ("English", "en")):
        some = [(row, said) for row, said in judged if language in {"", row["language"]}]
        figures += _figures(some, f"Triage, {name}")
    return [
        *figures,
        Figure("Triage of a message, warm, p99", percentile(seconds, 0.99) * 1000, "ms", 40),
        Figure("Triage of a message, warm, median", percentile(seconds, 0.5) * 1000, "ms"),
        Figure("Triage of a message, warm, processor time, mean", worked * 1000, "ms"),
        Figure("Memory that the triage aid adds", added, "MB", 120),
    ]


def _rows() -> list[dict[str, Any]]:
    paths = sorted(SETS.glob("triage_*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def _judged(triage: Triage, text: str, seconds: list[float]) -> Proposal:
    began = time.perf_counter()
    said = triage.judge(text)
    seconds.append(time.perf_counter() - began)
    return said


def _figures(judged: Judged, name: str) -> list[Figure]:
    return [
        Figure(f"{name}: found of D4-D5", _alarmed(judged, Level.D4) * 100, "%", 95, at_least=True),
        Figure(f"{name}: found of D2 and above", _alarmed(judged, Level.D2) * 100, "%", 90, at_least=True),
        Figure(f"{name}: alarms on what is harmless", _alarmed(judged, None) * 100, "%", 3),
    ]


def _alarmed(judged: Judged, level: Level | None) -> float:
    """The share at D2 or above, of those written at a level or above; None: of those at D0."""
    of = [said for row, said in judged if (row["level"] >= level if level else row["level"] == Level.D0)]
    return sum(said.level >= Level.D2 for said in of) / len(of)


def _resident() -> float:
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
