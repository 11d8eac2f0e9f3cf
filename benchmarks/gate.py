"""What the gate finds in replies written apart from its patterns, and what it stops wrongly."""

import time
from pathlib import Path

from benchmarks.figures import Figure, percentile
from bot.commands.check import check_lines
from bot.main import utc_now
from tests.rig.reply_set import FILE, HALVES, Measured, measured


async def measure(_folder: Path) -> list[Figure]:
    halves = {name: part for name, part in measured().items() if name in HALVES}
    figures = [figure for half, of in halves.items() for figure in _figures(half, of)]
    return [*figures, *_by_rule(halves["unseen"]), *_speed()]


def _figures(half: str, of: Measured) -> list[Figure]:
    return [
        Figure(f"Gate, {half} half: planted defects found", of.found_share * 100, "%", 90, at_least=True),
        Figure(f"Gate, {half} half: good replies stopped", of.blocked_share * 100, "%", 5),
        Figure(f"Gate, {half} half: defects that stop the reply", of.stopped / of.planted * 100, "%"),
        Figure(f"Gate, {half} half: good replies with a warning", of.warned / of.good * 100, "%"),
    ]


def _by_rule(of: Measured) -> list[Figure]:
    """For information: the rules are few in the set, one miss is many per cent."""
    return [
        Figure(f"Gate, unseen half: {rule} found of {n}", of.found_by_rule[rule], "replies")
        for rule, n in sorted(of.planted_by_rule.items())
    ]


def _speed() -> list[Figure]:
    seconds: list[float] = []
    for line in FILE.read_bytes().splitlines():
        began = time.perf_counter()
        next(check_lines([line], now=utc_now()))
        seconds.append(time.perf_counter() - began)
    return [Figure("Gate: a reply checked, p99", percentile(seconds, 0.99) * 1000, "ms")]
