"""The lexicon in force, and the terms that a client keeps in a file of its own (`TRIAGE_TERMS`)."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationError

from bot.data import LEXICON
from bot.data.files import DataError, DataFile
from bot.domain.labels import Label, parse_label
from bot.domain.levels import Level
from bot.plan.findings import shape_findings
from bot.plan.problems import PlanError
from bot.plan.reading import located, text_of, yaml_of
from bot.plan.schema import Entry
from bot.plan.values import Country, Name, Some, Words, YesOrNo, wrong
from bot.triage.lexicon import Kind, Term, parse_lexicon

_SIGNS = re.compile(r"\\.")
"""`\\S` is no capital letter."""


def _pattern(text: str) -> str:
    """Refuse what cannot be read, what finds nothing and what finds everything."""
    try:
        found = re.compile(text, re.DOTALL)
    except re.error as error:
        raise wrong("pattern", reason=error.msg) from None
    letters = filter(str.isalpha, _SIGNS.sub("", text))
    if any(letter.isupper() or not letter.isascii() for letter in letters):
        raise wrong("pattern_letters")
    if found.search(""):
        raise wrong("pattern_empty")
    return text


class MeaningEntry(Entry):
    fr: Words
    en: Words


class TermEntry(Entry):
    term: Name
    kind: Kind
    meaning: MeaningEntry
    also: MeaningEntry | None = None
    level: Level | None = None
    alone: YesOrNo = False
    countries: Some[Country] | None = None
    pattern: Annotated[Words, AfterValidator(_pattern)]

    def as_term(self) -> Term:
        return Term(
            name=self.term,
            kind=self.kind,
            meaning=_label(self.meaning),
            also=_label(self.also) if self.also else None,
            level=self.level,
            alone=self.alone,
            countries=self.countries or (),
            pattern=re.compile(self.pattern, re.DOTALL),
        )


class TermsFile(Entry):
    """What the lexicon is, too."""

    source: Words | None = None
    review_due: Words | None = None
    terms: tuple[TermEntry, ...]


def load_terms(path: Path) -> tuple[Term, ...]:
    """Read a client's own terms. Raises `PlanError` with every problem found, each with its line."""
    raw = yaml_of(text_of(path), str(path))
    try:
        file = TermsFile.model_validate(raw)
    except ValidationError as error:
        raise PlanError(str(path), located(shape_findings(error, within=TermsFile), raw)) from error
    return tuple(entry.as_term() for entry in file.terms)


class Terms:
    """Call it for the terms in force. Raises `PlanError` when the client's own cannot be used."""

    def __init__(self, own: Path | None = None) -> None:
        self.path = own
        self.own = load_terms(own) if own else ()
        self._lexicon = DataFile(LEXICON, parse_lexicon)

    def __call__(self) -> Sequence[Term]:
        return (*self._lexicon(), *self.own)

    def read_anew(self) -> tuple[DataError | PlanError, ...]:
        """Read the files as they are now; return what cannot be used: there, what was read before stays."""
        broken: list[DataError | PlanError] = []
        try:
            self._lexicon.read_anew()
        except DataError as error:
            broken.append(error)
        try:
            self.own = load_terms(self.path) if self.path else ()
        except PlanError as error:
            broken.append(error)
        return tuple(broken)


def _label(meaning: MeaningEntry) -> Label:
    return parse_label({"fr": meaning.fr, "en": meaning.en})
