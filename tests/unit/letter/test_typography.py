import pytest

from adapters.letter.typography import broken, unbroken


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("Allez-vous bien ?", "Allez-vous bien\u202f?"),
        ("Oui ! Non ; enfin : « peut-être »", "Oui\u202f! Non\u202f; enfin\u00a0: «\u00a0peut-être\u00a0»"),
        ("Le 31 14, ou le 01 45 39 40 00", "Le 31\u00a014, ou le 01\u00a045\u00a039\u00a040\u00a000"),
        ("Bonjour! https://a.fr:80/?b 12:30", "Bonjour! https://a.fr:80/?b 12:30"),
        ("déjà\u00a0là ?", "déjà\u00a0là\u202f?"),
    ],
)
def test_it_binds_french_signs_to_their_words_and_adds_nothing(typed: str, set_as: str) -> None:
    assert unbroken(typed, "fr") == set_as
    assert set_as.replace("\u00a0", " ").replace("\u202f", " ") == typed.replace("\u00a0", " ")


def test_it_leaves_english_signs_alone() -> None:
    assert unbroken("Well ? « So » : 116 123", "en") == "Well ? « So » : 116\u00a0123"


def test_it_breaks_only_what_is_longer_than_a_line() -> None:
    assert broken("a" * 40) == "a" * 40
    assert broken("a" * 41 + " b") == "a" * 40 + "\u200ba b"
