"""What must agree between places of the plan file. Reads the raw file, whatever else is wrong in it."""

from collections.abc import Iterator, Mapping

from bot.plan.findings import Finding, Path, dotted, finding, shown

_OWN = ("email", "slack", "teams")
"""What names one person only."""


def crosschecks(plan: object) -> Iterator[Finding]:
    yield from _repeats(_identities(plan))
    yield from _repeats(_codes(plan))
    yield from _repeats(_channels(plan))
    yield from _strangers_to_their_role(plan)


def default_code(community: str) -> str:
    """Return the code of a community that gives none: its id, as room names allow it."""
    return community.replace("_", "-")[:20]


def _repeats(values: Iterator[tuple[Path, str]]) -> Iterator[Finding]:
    seen: dict[str, Path] = {}
    for path, value in values:
        if value in seen:
            yield finding(path, "taken", value=shown(value), other=dotted(seen[value]))
        else:
            seen[value] = path


def _identities(plan: object) -> Iterator[tuple[Path, str]]:
    for person, entry in _items(plan, "people"):
        for key, value in _items(entry):
            if key in _OWN and isinstance(value, str):
                yield ("people", person, key), value.lower()


def _codes(plan: object) -> Iterator[tuple[Path, str]]:
    for community, entry in _items(plan, "communities"):
        given = dict(_items(entry)).get("code")
        if given is None:
            yield ("communities", community), default_code(community)
        elif isinstance(given, str):
            yield ("communities", community, "code"), given


def _channels(plan: object) -> Iterator[tuple[Path, str]]:
    for community, entry in _items(plan, "communities"):
        channels = dict(_items(entry)).get("channels")
        for index, channel in enumerate(channels if isinstance(channels, list) else []):
            if isinstance(channel, str):
                yield ("communities", community, "channels", index), channel


def _strangers_to_their_role(plan: object) -> Iterator[Finding]:
    """Find hours of duty of somebody who does not hold the role there, and swaps in which they leave it."""
    for community, entry in _items(plan, "communities"):
        roles = dict(_items(entry, "roles"))
        for path, role, person in (*_with_hours(entry), *_leaving(entry)):
            holders = roles.get(role)
            known = [str(each) for each in holders] if isinstance(holders, list) else []
            if person not in known:
                where = ("communities", community, *path)
                yield finding(where, "not_holder", value=shown(person), allowed=", ".join(known) or "–")


def _with_hours(entry: object) -> Iterator[tuple[Path, str, str]]:
    for role, hours in _items(entry, "duty"):
        for person, _ in _items(hours):
            yield ("duty", role, person), role, person


def _leaving(entry: object) -> Iterator[tuple[Path, str, str]]:
    swaps = dict(_items(entry)).get("swaps")
    for index, swap in enumerate(swaps if isinstance(swaps, list) else []):
        said = dict(_items(swap))
        role, person = said.get("role"), said.get("from")
        if isinstance(role, str) and isinstance(person, str):
            yield ("swaps", index, "from"), role, person


def _items(node: object, key: str | None = None) -> Iterator[tuple[str, object]]:
    """Yield the pairs of a mapping, or of the one under its `key`; nothing when it is something else."""
    inner = node.get(key) if key is not None and isinstance(node, Mapping) else node
    if isinstance(inner, Mapping):
        yield from ((name, value) for name, value in inner.items() if isinstance(name, str))
