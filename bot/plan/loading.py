"""Reading a plan file: everything that is wrong in it is told at once, each with its line."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml.comments import CommentedMap

from bot.data import categories
from bot.domain.categories import DEFAULT
from bot.plan.building import built
from bot.plan.crosschecks import crosschecks
from bot.plan.findings import Finding, shape_findings
from bot.plan.model import Plan
from bot.plan.problems import PlanError
from bot.plan.reading import located, text_of, yaml_of
from bot.plan.schema import PlanFile, TemplatesFile


def load_plan_file(path: Path) -> Plan:
    """Read a plan from a file in UTF-8. Raises `PlanError`."""
    return load_plan(text_of(path), source=str(path))


def load_plan(text: str, *, source: str) -> Plan:
    """Read a plan; `source` names it in what is said of it. Raises `PlanError` with every problem found."""
    raw = yaml_of(text, source)
    _bring_templates(raw, Path(source).parent)
    found: list[Finding] = list(crosschecks(raw))
    try:
        file = PlanFile.model_validate(raw, context=_known_ids(raw))
    except ValidationError as error:
        found += shape_findings(error)
    if found:
        raise PlanError(source, located(found, raw))
    return built(file, categories())


def _bring_templates(raw: CommentedMap, beside: Path) -> None:
    """Put in the place of a file's name the templates that it holds. Raises `PlanError` about that file."""
    communities = raw.get("communities")
    for entry in communities.values() if isinstance(communities, CommentedMap) else ():
        named = entry.get("templates") if isinstance(entry, CommentedMap) else None
        if isinstance(named, str):
            entry["templates"] = _templates_of(beside / named, raw)


def _templates_of(path: Path, plan: CommentedMap) -> object:
    own = yaml_of(text_of(path), str(path))
    try:
        TemplatesFile.model_validate(own, context=_known_ids(plan))
    except ValidationError as error:
        found = shape_findings(error, within=TemplatesFile)
        raise PlanError(str(path), located(found, own)) from error
    return own["templates"]


def _known_ids(raw: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
    people = raw.get("people")
    return {
        "people": tuple(str(key) for key in people) if isinstance(people, Mapping) else (),
        "categories": (DEFAULT, *categories()),
    }
