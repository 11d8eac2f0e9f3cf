"""From what pydantic found wrong to what a reader of the plan file is told."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.plan.schema import PlanFile

Path = tuple[str | int, ...]

_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "model_type": "not_a_mapping",
    "dict_type": "not_a_mapping",
    "tuple_type": "not_a_list",
    "string_type": "not_text",
    "string_too_short": "empty",
    "string_too_long": "too_long",
    "enum": "choice",
    "literal_error": "choice",
}
"""Problems by pydantic's own error types; those of `values` and `schema` are problems already."""

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at the end of `path`: at its key when `on_key`, else at its value."""

    path: Path
    code: str
    params: Mapping[str, str]
    on_key: bool = False


def shape_findings(error: ValidationError, *, within: type[BaseModel] = PlanFile) -> Iterator[Finding]:
    """`within` is the entry that was validated, whole."""
    for details in error.errors(include_url=False):
        yield _finding(details, within)


def finding(path: Path, code: str, **params: str) -> Finding:
    return Finding(path, code, {"where": dotted(path), **params})


def dotted(path: Path) -> str:
    """Write `communities.forum.roles`, without a place in a list; `plan` for the whole file."""
    return ".".join(step for step in path if isinstance(step, str)) or "plan"


def shown(value: object) -> str:
    """Cut a value of the file to what helps to recognise it."""
    text = "…" if isinstance(value, Mapping | list) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _finding(details: ErrorDetails, within: type[BaseModel]) -> Finding:
    path = details["loc"]
    code = _CODES.get(details["type"], details["type"])
    if code == "missing":
        return finding(path[:-1], code, key=str(path[-1]))
    if code == "unknown_key":
        params = {
            "where": dotted(path[:-1]),
            "key": shown(path[-1]),
            "allowed": _known_keys(path[:-1], within),
        }
        return Finding(path, code, params, on_key=True)
    on_key = path[-1] == "[key]"
    path = path[:-1] if on_key else path
    params = {"where": dotted(path), "value": shown(details["input"])}
    return Finding(path, code, params | _allowed(code, details.get("ctx", {})), on_key)


def _allowed(code: str, context: Mapping[str, Any]) -> dict[str, str]:
    if code == "choice":
        return {"allowed": ", ".join(re.findall(r"[A-Za-z_0-9]+", context["expected"].replace(" or ", " ")))}
    if code == "too_long":
        return {"allowed": str(context["max_length"])}
    return {name: str(value) for name, value in context.items()}


def _known_keys(path: Path, entry: type[BaseModel]) -> str:
    """Return the keys of the entry at a path: a field of an entry, or an id or index and then a field."""
    in_container = False
    for step in path:
        if in_container:
            in_container = False
            continue
        annotation = _fields(entry)[str(step)].annotation
        entry = _entry_in(annotation)
        in_container = get_origin(annotation) in {dict, tuple}
    return ", ".join(_fields(entry))


def _fields(entry: type[BaseModel]) -> Mapping[str, FieldInfo]:
    return {field.alias or name: field for name, field in entry.model_fields.items()}


def _entry_in(annotation: object) -> type[BaseModel]:
    """Find the entry in an annotation such as `Entry`, `Entry | None` or `dict[str, Entry]`."""
    candidates = (annotation, *get_args(annotation))
    return next(each for each in candidates if isinstance(each, type) and issubclass(each, BaseModel))
