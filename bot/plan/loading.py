"""Reading a plan file: everything that is wrong in it is told at once, each with its line."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.data import categories
from bot.domain.categories import DEFAULT
from bot.plan.building import built
from bot.plan.crosschecks import crosschecks
from bot.plan.findings import Finding, finding, shape_findings
from bot.plan.model import Plan
from bot.plan.positions import position_of
from bot.plan.problems import PlanError, Problem
from bot.plan.schema import PlanFile, TemplatesFile


def load_plan_file(path: Path) -> Plan:
    """Read a plan from a file in UTF-8. Raises `PlanError`."""
    return load_plan(_text_of(path), source=str(path))


def load_plan(text: str, *, source: str) -> Plan:
    """Read a plan; `source` names it in what is said of it. Raises `PlanError` with every problem found."""
    raw = _yaml(text, source)
    _bring_templates(raw, Path(source).parent)
    found: list[Finding] = list(crosschecks(raw))
    try:
        file = PlanFile.model_validate(raw, context=_known_ids(raw))
    except ValidationError as error:
        found += shape_findings(error)
    if found:
        raise PlanError(source, _located(found, raw))
    return built(file, categories())


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise PlanError(str(path), (Problem(1, 1, "unreadable", {"reason": str(reason)}),)) from error


def _bring_templates(raw: CommentedMap, beside: Path) -> None:
    """Put in the place of a file's name the templates that it holds. Raises `PlanError` about that file."""
    communities = raw.get("communities")
    for entry in communities.values() if isinstance(communities, CommentedMap) else ():
        named = entry.get("templates") if isinstance(entry, CommentedMap) else None
        if isinstance(named, str):
            entry["templates"] = _templates_of(beside / named, raw)


def _templates_of(path: Path, plan: CommentedMap) -> object:
    own = _yaml(_text_of(path), str(path))
    try:
        TemplatesFile.model_validate(own, context=_known_ids(plan))
    except ValidationError as error:
        found = shape_findings(error, within=TemplatesFile)
        raise PlanError(str(path), _located(found, own)) from error
    return own["templates"]


def _yaml(text: str, source: str) -> CommentedMap:
    try:
        raw = YAML(typ="rt").load(text)
    except YAMLError as error:
        raise PlanError(source, (_unread(error),)) from error
    if not isinstance(raw, CommentedMap):
        raise PlanError(source, (Problem(1, 1, "not_a_mapping", finding((), "").params),))
    return raw


def _unread(error: YAMLError) -> Problem:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if isinstance(error, DuplicateKeyError):
        key = re.search(r'duplicate key "(.*?)"', str(error.problem))
        return Problem(line, column, "duplicate_key", {"key": key[1] if key else ""})
    return Problem(line, column, "yaml", {})


def _known_ids(raw: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
    people = raw.get("people")
    return {
        "people": tuple(str(key) for key in people) if isinstance(people, Mapping) else (),
        "categories": (DEFAULT, *categories()),
    }


def _located(found: Iterable[Finding], raw: CommentedMap) -> tuple[Problem, ...]:
    problems = []
    for each in found:
        line, column = position_of(raw, each.path, on_key=each.on_key)
        problems.append(Problem(line, column, each.code, each.params))
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
