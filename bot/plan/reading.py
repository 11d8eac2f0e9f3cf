"""A YAML file, and where in it something is wrong. JSON is YAML, too."""

import re
from collections.abc import Iterable
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.plan.findings import Finding, finding
from bot.plan.positions import position_of
from bot.plan.problems import PlanError, Problem


def text_of(path: Path) -> str:
    """Raises `PlanError` for what is no file in UTF-8."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise PlanError(str(path), (Problem(1, 1, "unreadable", {"reason": str(reason)}),)) from error


def yaml_of(text: str, source: str) -> CommentedMap:
    """Raises `PlanError` for what is no mapping in YAML."""
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


def located(found: Iterable[Finding], raw: CommentedMap) -> tuple[Problem, ...]:
    """Each with its line, in the order of the file."""
    problems = []
    for each in found:
        line, column = position_of(raw, each.path, on_key=each.on_key)
        problems.append(Problem(line, column, each.code, each.params))
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
