"""`cellule check`: replies on lines of JSON in, what the gate finds in each on lines of JSON out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from bot import data, gate
from bot.domain.approvals import missing
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.domain.states import Route
from bot.domain.wording import storable
from bot.texts import translator

Words = Annotated[str, AfterValidator(storable)]


def _known_category(name: str) -> str:
    if name not in data.categories():
        raise ValueError(f"known: {', '.join(data.categories())}")
    return name


class Line(BaseModel):
    """One reply, as a tool gives it; other keys are left alone. `country` is an ISO 3166 code.

    `hidden`: the message is, with `reasons` as its statement of reasons. `asked`: the roles whose approval is
    asked for; None: nobody knows.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Words | int
    draft: Words
    original: Words | None
    category: Annotated[str, AfterValidator(_known_category)]
    level: Level | None
    country: Annotated[str, Field(pattern="^[A-Z]{2}(-[A-Z]{2,3})?$")] | None
    language: Literal["fr", "en"]
    route: Route
    max_length: Annotated[int, Field(gt=0)] | None = None
    member: Words | None = None
    now: AwareDatetime | None = None
    hidden: bool = False
    reasons: Words | None = None
    asked: tuple[Role, ...] | None = None
    versions: tuple[Words, ...] = ()
    sent_before: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of the output; `failed`: the input's line was no reply."""

    text: str
    failed: bool = False


def check_lines(lines: Iterable[bytes], *, now: datetime) -> Iterator[Checked]:
    """Check line by line; blank lines are left out. `now` holds where a line says none."""
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line = Line.model_validate(json.loads(raw.decode()))
        except ValidationError as error:
            yield _failed(number, _said(error))
        except (ValueError, RecursionError) as error:
            yield _failed(number, f"not JSON in UTF-8: {error}")
        else:
            found = [_finding(each, line) for each in gate.check(_candidate(line, now))]
            yield Checked(_json({"id": line.id, "findings": found}))


def _candidate(line: Line, now: datetime) -> gate.Candidate:
    return gate.Candidate(
        text=line.draft,
        original=line.original or "",
        category=line.category,
        level=gate.level_in_force(line.category, line.level),
        country=line.country,
        language=line.language,
        routes=frozenset({line.route}),
        now=line.now or now,
        member=line.member or "",
        max_length=line.max_length,
        facts=_facts(line),
    )


def _facts(line: Line) -> gate.Facts:
    approvals = data.categories()[line.category].at(line.level).approvals
    return gate.Facts(
        reasons_given=bool(line.reasons) if line.hidden else None,
        approvers_asked=None if line.asked is None else not missing(approvals, line.asked),
        versions=line.versions,
        sent_before=line.sent_before,
    )


def _finding(found: gate.Finding, line: Line) -> dict[str, str | int]:
    return {
        "rule": found.rule,
        "severity": found.weight.value,
        "start": found.start,
        "end": found.end,
        "how": found.said(translator(line.language)),
    }


def _failed(number: int, reason: str) -> Checked:
    return Checked(_json({"line": number, "error": reason}), failed=True)


def _said(error: ValidationError) -> str:
    """Each field and what is wrong with it, without a word of what stood there."""
    problems = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, each['loc'])) or 'line'}: {each['msg']}" for each in problems)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
