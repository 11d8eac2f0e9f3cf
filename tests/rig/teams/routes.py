"""The calls that the double answers: each declares its name, its address, and what an app needs for it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.rig.teams.world import Json, World

if TYPE_CHECKING:
    from tests.rig.teams.keys import Keys
    from tests.rig.teams.login import Tokens


@dataclass(frozen=True)
class Asked:
    """One request: what stood in its address, its query and its body; the `tenant` of its token."""

    args: Mapping[str, str]
    query: Mapping[str, str]
    body: Json
    raw: bytes
    headers: Mapping[str, str]
    tokens: "Tokens"
    keys: "Keys"
    tenant: str


@dataclass(frozen=True)
class Answer:
    """What it is told."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


Run = Callable[[World, Asked], Answer]


@dataclass(frozen=True)
class Operation:
    """One call, by `name`. `needs` holds the permissions of which one is enough; `body`: it takes JSON."""

    name: str
    method: str
    address: re.Pattern[str]
    needs: frozenset[str]
    body: bool
    run: Run


OPERATIONS: list[Operation] = []


def operation(
    name: str, method: str, address: str, *, needs: tuple[str, ...] = (), body: bool = True
) -> Callable[[Run], Run]:
    """Declare a call."""
    pattern = "([^/]+)".join(re.escape(part) for part in re.split(r"\{\w+\}", address))
    for argument in re.findall(r"\{(\w+)\}", address):
        pattern = pattern.replace("([^/]+)", f"(?P<{argument}>[^/]+)", 1)

    def declared(run: Run) -> Run:
        OPERATIONS.append(
            Operation(name, method, re.compile(pattern), frozenset(needs), body and method != "GET", run)
        )
        return run

    return declared


def found(method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
    """The call at an address, with what stands in it."""
    for one in OPERATIONS:
        match = one.address.fullmatch(path)
        if match and one.method == method:
            return one, match.groupdict()
    return None
