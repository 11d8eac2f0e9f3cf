"""A plan that changes under open crises."""

from pathlib import Path

import pytest

from bot.data import SAMPLE_PLAN
from bot.plan.problems import CommunitiesMissing
from bot.texts import translator
from tests.rig.service import served, workspace
from tests.rig.slack.service import MovedClock


async def test_it_refuses_to_start_without_a_community_that_has_an_open_crisis(tmp_path: Path) -> None:
    smaller = tmp_path / "plan.yaml"
    smaller.write_text(SAMPLE_PLAN.read_text("utf-8").replace("\n  forum:", "\n  autre:"), "utf-8")
    clock = MovedClock()
    with workspace() as slack:
        async with served(slack, tmp_path, clock) as rig:
            await rig.user("lea").command("/crisis urgence un membre va mal")
        with pytest.raises(CommunitiesMissing) as raised:
            async with served(slack, tmp_path, clock, plan=smaller):
                pass
    (sentence,) = raised.value.sentences(translator("en"))
    assert "“forum” is missing" in sentence
