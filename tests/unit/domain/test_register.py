"""Whether a member says «tu» or «vous»."""

import pytest

from bot.domain.register import register_of
from bot.domain.templates import Register


@pytest.mark.parametrize(
    "text", ["tu peux me répondre ?", "T'es là ?", "t’as vu", "réponds moi toi au moins", "Ton site"]
)
def test_it_hears_tu(text):
    assert register_of(text) is Register.TU


@pytest.mark.parametrize(
    "text",
    [
        "Madame, Monsieur, aidez-moi",
        "Je vous prie de me répondre.",
        "Cordialement",
        "Veuillez me rappeler, toi",
    ],
)
def test_it_hears_vous_in_what_is_formal(text):
    assert register_of(text) is Register.VOUS


def test_it_reads_what_never_ends():
    assert register_of("«" * 200_000) is None


@pytest.mark.parametrize(
    "text", ["", "je n'en peux plus", "aidez-moi, vous tous", "il m'a dit « tu es nulle »", "têtu, tuile"]
)
def test_it_hears_nothing_where_nothing_tells(text):
    assert register_of(text) is None
