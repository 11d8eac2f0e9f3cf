"""A client's own terms of the triage aid: a file of their own, checked line by line."""

import json
from pathlib import Path

import pytest

from bot.data import LEXICON
from bot.plan.problems import PlanError
from bot.texts import translator
from bot.triage.loading import load
from bot.triage.terms import Terms, load_terms

OWN = {
    "terms": [
        {
            "term": "la grande porte",
            "kind": "coded",
            "meaning": {"fr": "un mot de nos membres", "en": "a word of our members"},
            "level": "D3",
            "alone": True,
            "pattern": "\\bla grande porte\\b",
        }
    ]
}


def written(folder: Path, own: object) -> Path:
    path = folder / "terms.json"
    path.write_text(own if isinstance(own, str) else json.dumps(own, indent=1), "utf-8")
    return path


def changed(**entry: object) -> dict:
    return {"terms": [{**OWN["terms"][0], **entry}]}


def test_it_reads_the_lexicon_as_if_it_were_a_clients_own():
    assert [term.name for term in load_terms(LEXICON)] == [term.name for term in Terms()()]


def test_it_marks_and_explains_the_clients_own_terms(tmp_path):
    triage = load(Terms(written(tmp_path, OWN)))
    text = "ce soir c'est la grande porte"
    (reason,) = [each for each in triage.judge(text).reasons if each.term == "la grande porte"]
    assert text[reason.start : reason.end] == "la grande porte"
    assert (reason.why.fr, reason.why.en) == (
        "la grande porte\N{NO-BREAK SPACE}: un mot de nos membres",
        "la grande porte: a word of our members",
    )


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (changed(pattern="(ouvert"), "line 12: “(ouvert” is no pattern for terms.pattern"),
        (changed(pattern="Été"), "“Été” finds nothing: write small letters"),
        (changed(pattern="(porte)?"), "is found in any text"),
        (changed(level="D9"), "line 10: “D9” is not possible for terms.level. Allowed: D0, D1, D2"),
        (changed(kind="slang"), "line 5: “slang” is not possible"),
        (changed(meaning={"fr": "un mot"}), "“en” is missing in terms.meaning"),
        (changed(countries=["France"]), "is no country"),
        (changed(weight=3), "“weight” is no key of terms. Allowed: term, kind, meaning"),
        ({"words": []}, "“terms” is missing in plan"),
        ('{"terms": [', "cannot be read here"),
    ],
)
def test_it_names_the_line_and_what_is_wrong(tmp_path, own, told):
    path = written(tmp_path, own)
    with pytest.raises(PlanError) as raised:
        Terms(path)
    said = " ".join(raised.value.sentences(translator("en")))
    assert said.startswith(f"{path}, line ")
    assert told in said


def test_it_keeps_what_it_read_before_where_a_file_is_broken(tmp_path):
    path = written(tmp_path, OWN)
    terms = Terms(path)
    before = len(terms())
    path.write_text("{", "utf-8")
    (broken,) = terms.read_anew()
    assert broken.source == str(path)
    assert len(terms()) == before
    written(tmp_path, {"terms": []})
    assert terms.read_anew() == ()
    assert len(terms()) == before - 1
