"""What the documentation promises."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel

from bot import data
from bot.commands.plan_review import plan_remarks
from bot.domain.ids import Platform
from bot.domain.roster import Role
from bot.plan import schema
from bot.plan.loading import load_plan
from bot.plan.schema import PlanFile
from bot.texts import translator

PLAN_PAGE = (Path(__file__).parents[2] / "docs" / "plan.md").read_text("utf-8")


def shown_plan():
    [shown] = re.findall(r"```yaml\n(.*?)```", PLAN_PAGE, re.DOTALL)
    return load_plan(shown, source="docs/plan.md")


def keys(model: type[BaseModel]) -> Iterator[str]:
    """Every key of a part of the plan file and of the parts in it."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in re.findall(r"\w+Entry", str(field.annotation)):
            yield from keys(getattr(schema, inner))


def test_it_shows_a_plan_for_two_communities_to_which_the_doctor_has_nothing_to_add():
    plan = shown_plan()
    assert len(plan.communities) == 2
    found = plan_remarks(
        plan,
        categories=data.categories(),
        platforms=(Platform.WEB,),
        now=datetime(2026, 12, 20, tzinfo=UTC),
        _=translator("en"),
    )
    assert [remark.said for remark in found] == []


def test_it_names_every_key_of_the_plan():
    named = set(re.findall(r"`(\w+)`", PLAN_PAGE)) | set(re.findall(r"(\w+):", PLAN_PAGE))
    assert sorted(set(keys(PlanFile)) - named) == []


def test_it_names_every_role_and_category():
    named = set(re.findall(r"`(\w+)`", PLAN_PAGE))
    assert {*Role, *data.categories()} <= named
