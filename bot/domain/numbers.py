"""What a crisis is called: its number, and a room name that says nothing of the case."""

import re
import unicodedata

NAME_LIMIT = 80
"""Slack takes channel names of at most 80 characters: lower-case letters, digits, hyphens, underscores."""


def next_number(*, year: int, last: str | None) -> str:
    """The number after `last`, the latest crisis: `2026-014`. It starts again at `001` each year."""
    serial = 1
    if last is not None and last.startswith(f"{year}-"):
        serial += int(last.removeprefix(f"{year}-"))
    return f"{year}-{serial:03}"


def room_name(*, number: str, community_code: str) -> str:
    """The room's name, the same in both languages: `crise-2026-014-fe`."""
    letters = unicodedata.normalize("NFKD", community_code.lower()).encode("ascii", "ignore").decode()
    code = re.sub(r"[^a-z0-9_]+", "-", letters).strip("-")
    return f"crise-{number}-{code}"[:NAME_LIMIT].rstrip("-")
