"""Each plan is read once: reading YAML takes longer than most of what a service is asked."""

from contextlib import suppress
from functools import cache
from pathlib import Path

from bot.plan.loading import load_plan, load_plan_file
from bot.plan.model import Plan
from bot.plan.problems import PlanError


@cache
def read_once(text: str) -> Plan:
    return load_plan(text, source="plan.yaml")


def read_plan(path: Path) -> Plan:
    """As `load_plan_file`, which alone finds the files beside a plan and names the one with a fault."""
    with suppress(PlanError, OSError, UnicodeDecodeError):
        return read_once(path.read_text("utf-8"))
    return load_plan_file(path)
