"""What the README promises."""

import re
from pathlib import Path

import pytest
import typer.main

from bot.cli import app
from bot.handlers.commands import COMMANDS, FRENCH
from bot.plan.loading import load_plan
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def rows(header: str) -> list[list[str]]:
    """Return the cells of each row of the table whose header begins like this."""
    table = README.partition(f"\n{header}")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in table]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]*)`", cell)


def test_it_shows_a_plan_that_works():
    [shown] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert list(load_plan(shown, source="README").communities) == ["forum"]


def test_it_names_every_setting():
    named = {name for row in rows("| variable") for name in quoted(row[0])}
    known = {str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()}
    assert known == named - {"LANG", "LC_ALL"}


def test_it_names_what_can_be_typed_in_both_languages():
    table = {quoted(typed)[0].split()[1]: quoted(french)[0] for typed, french, _ in rows("| command")}
    assert set(table) == set(COMMANDS)
    assert {word: FRENCH.get(word, word) for word in table.values()} == {v: k for k, v in table.items()}


def test_it_names_every_command_of_the_terminal():
    named = {name for row in rows("| `cellule") for name in re.findall(r"^[a-z ]+[a-z]", quoted(row[0])[0])}
    assert named == {" ".join(name) for name in terminal_commands(typer.main.get_command(app))}


def terminal_commands(group, before=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from terminal_commands(command, (*before, name))
        else:
            yield (*before, name)


@pytest.mark.parametrize(
    "page",
    ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md")))],
)
def test_it_links_to_what_exists(page):
    targets = re.findall(r"\]\((?!http)([^)#]+)", (ROOT / page).read_text("utf-8"))
    assert [target for target in targets if not ((ROOT / page).parent / target).exists()] == []


def test_it_links_to_its_own_headings():
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", README, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= anchors
