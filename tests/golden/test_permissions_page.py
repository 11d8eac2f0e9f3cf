"""`docs/permissions.md` says what the table says; `make golden` writes it anew."""

import os
from dataclasses import fields
from pathlib import Path

from bot.domain.permissions import EVERY_ROLE, PERMISSIONS, Grant

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"

HEAD = """\
# Who may do what

Written from the table in `bot/domain/permissions.py` by `make golden`: do not change it by hand.

Who presses is looked up anew at each press. Inside a crisis people act by the part that they were given
there; a deputy who was called has one. Guests of the workspace and people of other organisations do nothing.
Some acts ask for more: nobody approves their own text, and only whoever the rule names gives the word to
send. «Not there» and «not yours» read the same.

"""
COLUMNS = {"managers": "managers and directors without a part", "people": "the community's other people"}


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def page() -> str:
    others = [field.name for field in fields(Grant) if field.name != "roles"]
    lines = [row("act", "with a part in the crisis", *(COLUMNS.get(name, name) for name in others))]
    lines.append("|" + "---|" * (len(others) + 2) + "\n")
    for verb, grant in PERMISSIONS.items():
        roles = "everybody" if grant.roles == EVERY_ROLE else ", ".join(sorted(grant.roles)) or "–"
        also = ["yes" if getattr(grant, name) else "–" for name in others]
        lines.append(row(verb.replace("_", " "), roles, *also))
    return HEAD + "".join(lines)


def test_it_says_who_may_do_what():
    if os.environ.get("CELLULE_TEST_GOLDEN") == "write":
        PAGE.write_text(page(), "utf-8")
    assert PAGE.read_text("utf-8") == page()
