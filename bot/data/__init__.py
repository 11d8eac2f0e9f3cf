"""The facts that come with Cellule, in files beside this one. `docs/data.md` says who must review which."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.domain.axes import Axis, AxisFacts, parse_axes
from bot.domain.categories import Category, parse_categories
from bot.domain.country_signs import CountrySigns, parse_country_signs
from bot.domain.follow_up import Schedule, parse_schedule
from bot.domain.helplines import HelpLines, parse_help_lines
from bot.domain.levels import Level, LevelFacts, parse_levels
from bot.domain.phrases import Phrases, parse_phrases
from bot.domain.reply_rules import ReplyRules, parse_reply_rules
from bot.domain.reports import Report, parse_reports
from bot.domain.templates import Template, parse_templates

_HERE = Path(__file__).parent

SAMPLE_PLAN = _HERE / "sample_plan.yaml"
"""Two invented communities: the plan of a new installation."""

LEXICON = _HERE / "triage" / "lexicon.json"
TRIAGE_WEIGHTS = _HERE / "triage" / "weights.npz"
"""What the triage aid has learned; `make triage` learns it anew."""
WORDING_WEIGHTS = _HERE / "wording.npz"
"""What the gate has learned about wording; `make wording` learns it anew."""


@cache
def categories() -> Mapping[str, Category]:
    """Return every kind of crisis, by id."""
    return parse_categories(_read("categories.json"))


@cache
def levels() -> Mapping[Level, LevelFacts]:
    return parse_levels(_read("triage.json"))


@cache
def axes() -> Mapping[Axis, AxisFacts]:
    return parse_axes(_read("triage.json"))


@cache
def help_lines() -> HelpLines:
    return parse_help_lines(_read("helplines.json"))


@cache
def follow_up_schedule() -> Schedule:
    return parse_schedule(_read("follow_up.json"))


@cache
def reply_rules() -> ReplyRules:
    return parse_reply_rules(_read("reply_rules.json"))


@cache
def reports() -> tuple[Report, ...]:
    """Return the authorities that take reports."""
    return parse_reports(_read("reports.json"))


@cache
def phrases() -> Phrases:
    """Return the wording rules: some hundreds of patterns, compiled in a fifth of a second."""
    return parse_phrases(_read("phrases.json"))


@cache
def country_signs() -> CountrySigns:
    return parse_country_signs(_read("triage/countries.json"))


@cache
def starter_templates() -> tuple[Template, ...]:
    """Return the prepared replies that come with Cellule, none of them approved by anybody."""
    files = sorted((_HERE / "templates").glob("*.json"))
    return tuple(template for file in files for template in parse_templates(file.read_text("utf-8")))


def _read(name: str) -> str:
    return (_HERE / name).read_text("utf-8")
