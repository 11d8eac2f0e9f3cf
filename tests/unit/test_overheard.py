"""Commands that others read while they are typed."""

import pytest

from bot.interactions import SlashCommand
from tests.rig.core import Core, actor, fresh_key

WORDS = "il ne veut plus vivre"


@pytest.mark.parametrize("command", ["open", "ouvrir", "urgent", "urgence"])
def test_it_takes_no_words_of_a_member_where_others_read_them(command):
    core = Core()
    answer = core.ask(SlashCommand(fresh_key(), actor("lea"), f"{command} {WORDS}", overheard=True))
    assert answer.form is not None
    assert WORDS not in str(answer)
    assert core.crises() == []


def test_it_takes_them_where_nobody_else_reads():
    answer = Core().ask(SlashCommand(fresh_key(), actor("lea"), f"open {WORDS}"))
    assert WORDS in str(answer.form)
