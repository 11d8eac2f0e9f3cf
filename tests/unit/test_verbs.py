"""What a press is answered by, read from the handlers themselves: platforms must know it before the press."""

import ast
import inspect
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Any

import pytest

from bot.cards import Form
from bot.domain.verbs import ASKS, TELLS, Verb
from bot.handlers.dispatch import PRESSES
from tests.golden.gallery import GALLERY
from tests.golden.test_cards import LOCALES

SOMETIMES = {
    Verb.OPEN: "answers the second press of one that was told what is open already",
    Verb.TRIAGE_KEEP: "tells of the crisis of their own that a member of a wave gets",
    Verb.RELEASE: "says it when the level has risen since, and nothing is sent",
}
"""Verbs whose press may be answered by a card, though they are not known for it."""


def answers(handler: Callable[..., Any], seen: set[Callable[..., Any]]) -> Iterator[str]:
    """Yield `form` and `card` for such answers of a handler, and of the functions that it calls."""
    seen.add(handler)
    for node in ast.walk(ast.parse(dedent(inspect.getsource(handler)))):
        if not isinstance(node, ast.Call):
            continue
        called = resolved(node.func, handler)
        if getattr(called, "__name__", "") == "Answer":
            yield from (keyword.arg for keyword in node.keywords if keyword.arg in {"form", "card"})
        elif (
            inspect.isfunction(called) and called.__module__.startswith("bot.handlers") and called not in seen
        ):
            yield from answers(called, seen)


def resolved(name: ast.expr, handler: Callable[..., Any]) -> Any:
    match name:
        case ast.Name():
            return handler.__globals__.get(name.id)
        case ast.Attribute(value=ast.Name() as module):
            return getattr(handler.__globals__.get(module.id), name.attr, None)
        case _:
            return None


@pytest.mark.parametrize("verb", Verb)
def test_it_knows_what_a_press_is_answered_by(verb):
    may_answer = set(answers(PRESSES[verb], set()))
    assert ("form" in may_answer) is (verb in ASKS)
    assert ("card" in may_answer) is (verb in TELLS or verb in SOMETIMES)


def test_it_knows_the_verb_of_every_form():
    shown = [view(locale) for view in GALLERY.values() for locale in LOCALES]
    assert {form.action.verb for form in shown if isinstance(form, Form)} <= ASKS
