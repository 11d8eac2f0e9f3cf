"""How a Web API method is declared: what it takes, which scopes it needs, how often it may be called."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.rig.slack.world import SlackError, World

Arguments = Mapping[str, Any]
Run = Callable[[World, Arguments], dict[str, Any]]

# Calls a minute of a tier, per method and workspace (Slack, «Rate limits»). None: no tier.
TIER_2, TIER_3, TIER_4 = 20, 50, 100

_JSON = {
    "blocks": "invalid_blocks_format",
    "metadata": "invalid_metadata_format",
    "view": "invalid_arguments",
}
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Method:
    """One method of the Web API."""

    name: str
    run: Run
    scopes: frozenset[str]
    per_minute: int | None
    required: frozenset[str]
    optional: frozenset[str]


METHODS: dict[str, Method] = {}


def method(
    name: str, *, scopes: str = "", tier: int | None, required: str = "", optional: str = ""
) -> Callable[[Run], Run]:
    """Declare a method; `scopes`, `required` and `optional` are words with blanks between."""

    def declare(run: Run) -> Run:
        METHODS[name] = Method(
            name,
            run,
            frozenset(scopes.split()),
            tier,
            frozenset(required.split()),
            frozenset(optional.split()),
        )
        return run

    return declare


def understood(called: Method, raw: Arguments) -> dict[str, Any]:
    """The arguments with their types, from a form or from JSON.

    Stricter than Slack, which passes over an argument that it does not know.
    """
    wrong = [f"missing required field: {name}" for name in called.required - raw.keys()]
    wrong += [f"unknown: {name}" for name in raw.keys() - called.required - called.optional]
    if wrong:
        raise SlackError("invalid_arguments", response_metadata={"messages": wrong})
    return {name: _typed(name, value) for name, value in raw.items()}


def _typed(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in _JSON or name == "files":
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(_JSON.get(name, "invalid_arguments")) from None
    return _BOOLEANS.get(value, value)
