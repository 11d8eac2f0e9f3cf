"""The facts that come with Cellule, in files beside this one. `docs/data.md` says who must review which."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.data.files import DataError, DataFile, derived, forget
from bot.domain.axes import parse_axes
from bot.domain.categories import parse_categories
from bot.domain.country_signs import parse_country_signs
from bot.domain.follow_up import parse_schedule
from bot.domain.helplines import parse_help_lines
from bot.domain.levels import parse_levels
from bot.domain.phrases import parse_phrases
from bot.domain.reply_rules import parse_reply_rules
from bot.domain.reports import parse_reports
from bot.domain.templates import Template, parse_templates

_HERE = Path(__file__).parent

SAMPLE_PLAN = _HERE / "sample_plan.yaml"
"""Two invented communities: the plan of a new installation."""

LEXICON = _HERE / "triage" / "lexicon.json"
TRIAGE_WEIGHTS = _HERE / "triage" / "weights.npz"
"""What the triage aid has learned; `make triage` learns it anew."""
TRIAGE_TUNED = _HERE / "triage" / "tuned.npz"
"""How the sentence embeddings differ from those of their package; `triage/tune.py` learns it."""
WORDING_WEIGHTS = _HERE / "wording.npz"
"""What the gate has learned about wording; `make wording` learns it anew."""

categories = DataFile(_HERE / "categories.json", parse_categories, ids=set)
"""Every kind of crisis, by id."""
levels = DataFile(_HERE / "triage.json", parse_levels)
axes = DataFile(_HERE / "triage.json", parse_axes)
help_lines = DataFile(_HERE / "helplines.json", parse_help_lines)
follow_up_schedule = DataFile(_HERE / "follow_up.json", parse_schedule)
reply_rules = DataFile(_HERE / "reply_rules.json", parse_reply_rules, ids=lambda known: set(known.rules))
reports = DataFile(_HERE / "reports.json", parse_reports)
"""The authorities that take reports."""
phrases = DataFile(
    _HERE / "phrases.json",
    parse_phrases,
    ids=lambda known: {name for name, _ in (*known.forbidden, *known.signs)} | set(known.words),
)
"""The wording rules: some hundreds of patterns, compiled in a fifth of a second."""
country_signs = DataFile(_HERE / "triage" / "countries.json", parse_country_signs)
_templates = [DataFile(path, parse_templates) for path in sorted((_HERE / "templates").glob("*.json"))]

FILES: Sequence[DataFile[Any]] = (
    categories, levels, axes, help_lines, follow_up_schedule, reply_rules, reports, phrases, country_signs,
    *_templates,
)  # fmt: skip


@derived
def starter_templates() -> tuple[Template, ...]:
    """Return the prepared replies that come with Cellule, none of them approved by anybody."""
    return tuple(template for file in _templates for template in file())


def read_anew() -> tuple[DataError, ...]:
    """Read the files as they are now; return what cannot be used: there, what was read before stays."""
    broken = {}
    for file in FILES:
        try:
            file.read_anew()
        except DataError as error:
            broken[error.codes] = error
    forget()
    return tuple(broken.values())
