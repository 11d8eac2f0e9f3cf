"""A number of more digits than Python reads, or a day before all others, is refused like any other."""

import pytest

from bot.domain.verbs import Verb
from tests.rig.core import Core

LONG = "9" * 5000


@pytest.mark.parametrize(
    ("verb", "values", "code"),
    [
        (Verb.CONTACT_WRONG, {"contact": LONG, "reason": "x"}, "bad_value"),
        (Verb.QUESTIONS, {"answered": LONG}, "bad_value"),
        (Verb.SEVERITY, {"severity": LONG, "reason": "x"}, "severity_unknown"),
    ],
)
def test_it_refuses_a_number_that_is_too_long(verb: Verb, values: dict[str, str], code: str) -> None:
    core = Core()
    crisis = core.opens("lea")
    assert core.fill("lea", verb, crisis, None, **values).code == code


def test_it_refuses_it_in_a_command() -> None:
    core = Core()
    core.opens("lea")
    assert core.command("lea", f"severity {LONG}").code == "severity_unknown"


def test_it_refuses_an_hour_before_all_others() -> None:
    core = Core()
    crisis = core.opens("lea")
    answer = core.fill("lea", Verb.RECEIPT, crisis, route="private_message", sent_at="0001-01-01 00:00")
    assert answer.code == "bad_value"
