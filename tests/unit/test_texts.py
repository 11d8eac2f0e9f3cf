import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from bot.texts import PLACEHOLDER, french_spacing, merged, translator

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "bot" / "locale" / "fr").glob("*.po"))
TEMPLATES = sorted((ROOT / "adapters" / "web" / "templates").rglob("*.html"))
KEYWORDS = {"_": None, "N_": None, "n": (1, 2)}

Sentence = str | tuple[str, ...]


def said_in_python() -> Iterator[Sentence]:
    for folder in ("bot", "adapters"):
        for _, _, sentence, *_ in extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS):
            yield sentence


def said_in_templates() -> Iterator[Sentence]:
    """`_("…")` and `_.n("…", "…", count)`; Jinja's own extraction does not know the second."""
    for path in TEMPLATES:
        for call in (
            Environment(autoescape=True).parse(path.read_text("utf-8"), path.name).find_all(nodes.Call)
        ):
            match call.node:
                case nodes.Name(name="_"):
                    yield call.args[0].as_const()
                case nodes.Getattr(node=nodes.Name(name="_"), attr="n"):
                    yield call.args[0].as_const(), call.args[1].as_const()
                case _:
                    pass


def key(sentence: Sentence) -> str:
    """The catalogue's key: the singular of a sentence that counts."""
    return sentence if isinstance(sentence, str) else sentence[0]


def forms(sentence: Sentence) -> tuple[str, ...]:
    return (sentence,) if isinstance(sentence, str) else tuple(sentence)


@cache
def said() -> dict[str, Sentence]:
    """Every sentence of the code by its key; one that counts stands over a plain one of the same words."""
    sentences = [*said_in_python(), *said_in_templates()]
    return {
        key(sentence): sentence for sentence in sorted(sentences, key=lambda sentence: len(forms(sentence)))
    }


def counted() -> set[str]:
    return {name for name, sentence in said().items() if len(forms(sentence)) > 1}


def entries(path):
    with path.open(encoding="utf-8") as source:
        return [message for message in read_po(source, locale="fr") if message.id]


def test_it_finds_the_sentences_of_the_code():
    assert "on the {day} at {hour}" in said()
    assert "{n} day" in counted()


def test_it_has_a_french_text_for_every_sentence():
    french = {key(m.id) for path in CATALOGUES for m in entries(path) if all(forms(m.string)) and not m.fuzzy}
    assert sorted(said().keys() - french) == []


def test_it_has_both_french_forms_of_a_sentence_that_counts():
    both = {key(m.id) for path in CATALOGUES for m in entries(path) if len(forms(m.string)) == 2}
    assert sorted(counted() - both) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_it_keeps_no_sentence_that_nobody_says(path):
    with path.open(encoding="utf-8") as source:
        assert not read_po(source, locale="fr").obsolete
    assert sorted(key(m.id) for m in entries(path) if key(m.id) not in said()) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_it_translates_a_sentence_once_a_file(path):
    keys = re.findall(r'^msgid ((?:".*"\n?)+)', path.read_text("utf-8"), re.MULTILINE)
    assert len(keys) == len(set(keys))


def test_it_merges_all_catalogues_without_contradiction():
    all_keys = {key(m.id) for path in CATALOGUES for m in entries(path)}
    assert len(merged({path.name: path.read_text("utf-8") for path in CATALOGUES})) == len(all_keys)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_it_has_the_same_placeholders_in_both_languages(path):
    for message in entries(path):
        english = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        for french in forms(message.string):
            assert set(PLACEHOLDER.findall(french)) == english, message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_it_has_no_brace_but_those_of_placeholders(path):
    for message in entries(path):
        for text in (*forms(message.id), *forms(message.string)):
            assert not re.search("[{}]", PLACEHOLDER.sub("", text)), text


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_it_types_plain_single_spaces(path):
    for message in entries(path):
        for text in (*forms(message.id), *forms(message.string)):
            assert "  " not in text, text
            assert not re.search("[\u00a0\u202f]", text), text


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_it_types_a_space_where_french_puts_one(path):
    for message in entries(path):
        for text in forms(message.string):
            assert not re.search(r"[\w)}][?!;»]|«\S", text), text


def test_it_speaks_french_and_english():
    assert translator("fr")("on the {day} at {hour}", day="24", hour="03:18") == "le 24 à 03:18"
    assert translator("en")("on the {day} at {hour}", day="24th", hour="03:18") == "on the 24th at 03:18"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("fr", "fr"), ("fr-CA", "fr"), ("en", "en"), ("en-US", "en"), ("EN_GB", "en"), ("de", "fr"), ("", "fr")],
)
def test_it_speaks_french_to_anyone_who_does_not_read_english(asked, spoken):
    assert translator(asked).locale == spoken
    assert translator(asked) is translator(spoken)


def test_it_never_reads_a_value_as_a_pattern():
    said = translator("fr")("{date} at {hour}", date="{hour} {0.__class__} %s \\1", hour="x")
    assert said == "{hour} {0.__class__} %s \\1 à x"


def test_it_fails_when_a_value_is_missing():
    with pytest.raises(KeyError):
        translator("en")("{date} at {hour}", date="x")


def test_it_counts_as_each_language_does():
    assert [translator("fr").n("{n} day", "{n} days", n) for n in (0, 1, 2)] == [
        "0 jour",
        "1 jour",
        "2 jours",
    ]
    assert [translator("en").n("{n} day", "{n} days", n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_it_shows_the_english_of_a_sentence_that_has_no_french():
    assert translator("fr")("{who} is nowhere translated", who="Léa") == "Léa is nowhere translated"


def test_it_puts_french_no_break_spaces():
    assert french_spacing("« Oui » : non ; si ! Quoi ?") == (
        "«\u00a0Oui\u00a0»\u00a0: non\u202f; si\u202f! Quoi\u202f?"
    )
    assert french_spacing("{n} min, 2 h") == "{n}\u00a0min, 2\u00a0h"
    assert french_spacing("à 03:10, https://exemple.fr") == "à 03:10, https://exemple.fr"


def test_it_refuses_two_translations_of_one_sentence():
    one, other = 'msgid "Yes"\nmsgstr "Oui"\n', 'msgid "Yes"\nmsgstr "Si"\n'
    assert merged({"a.po": one, "b.po": one})["Yes"].string == "Oui"
    with pytest.raises(ValueError, match=r"b\.po: 'Yes'"):
        merged({"a.po": one, "b.po": other})
