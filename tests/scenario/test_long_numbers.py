"""A number of more digits than Python reads is refused like any other that is none."""

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
