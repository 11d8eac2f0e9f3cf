"""`cellule check`: a JSON object a line in, another a line out."""

import json
import subprocess
import sys

import pytest

from tests.rig.replies import FRENCH, saying
from tests.rig.terminal import Terminal

REPLY = {
    "id": "a",
    "draft": FRENCH.text,
    "original": FRENCH.original,
    "category": "distress",
    "level": "D2",
    "country": "FR",
    "language": "fr",
    "route": "private_message",
    "member": "Nuage7",
    "now": "2026-11-24T15:00:00+01:00",
}
HOW = "Ne promettez pas le secret\u00a0: dites que seules les personnes qui l'aident lisent ceci."
SECRET = "Promis, cela restera entre nous."


@pytest.fixture
def check(capsys, tmp_path):
    """Give `cellule check FILE` over these lines: its exit code and the lines that it prints."""

    def checked(*lines):
        file = tmp_path / "replies.jsonl"
        said = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        file.write_bytes(b"\n".join(said))
        terminal = Terminal(capsys)
        code = terminal.types("check", str(file))
        return code, [json.loads(line) for line in terminal.out.splitlines()]

    return checked


def test_it_finds_nothing_in_a_good_reply(check):
    assert check(REPLY) == (0, [{"id": "a", "findings": []}])


def test_it_says_where_how_grave_and_how_to_mend_it(check):
    text = saying(SECRET, "fr").text
    code, [found] = check(REPLY | {"draft": text})
    assert code == 0
    assert found == {
        "id": "a",
        "findings": [
            {
                "rule": "R05",
                "severity": "block",
                "start": text.index("restera"),
                "end": text.index("nous.\nLéa") + 4,
                "how": HOW,
            }
        ],
    }


def test_it_points_at_nothing_for_what_is_missing(check):
    _, [found] = check(REPLY | {"draft": FRENCH.text.replace(" Nuage7", "")})
    assert [(each["rule"], each["start"], each["end"]) for each in found["findings"]] == [("R11", 0, 0)]


def test_it_speaks_the_language_of_the_reply(check):
    _, [found] = check(REPLY | {"language": "en", "draft": "Hello"})
    assert "Invite them to write back." in [each["how"] for each in found["findings"]]


def test_it_goes_on_after_lines_that_are_no_reply(check):
    code, lines = check(
        REPLY,
        b"",
        b"{",
        b"\xff",
        REPLY | {"route": "owl"},
        REPLY | {"now": "2026-11-24T15:00"},
        b"[" * 9999,
        REPLY,
    )
    assert code == 1
    assert [line.get("id") or line["line"] for line in lines] == ["a", 3, 4, 5, 6, 7, "a"]
    assert lines[3]["error"].startswith("route: ")
    assert lines[4]["error"].startswith("now: ")


def test_it_repeats_nobody_s_words_in_an_error(check):
    _, [line] = check(REPLY | {"draft": {"text": SECRET}, "category": "gossip"})
    assert SECRET not in line["error"]
    assert line["error"].startswith("draft: ")
    assert "category: " in line["error"]


def test_it_needs_neither_member_hour_nor_length(check):
    least = {key: REPLY[key] for key in REPLY if key not in {"member", "now"}}
    assert check(least | {"id": 7, "original": None, "country": None, "level": None}) != (1, [])


def test_it_takes_a_shorter_length(check):
    _, [found] = check(REPLY | {"max_length": 100})
    [length] = found["findings"]
    assert (length["rule"], length["start"], length["end"]) == ("R30", 100, len(FRENCH.text))


def test_it_reads_a_pipe():
    command = [sys.executable, "-c", "from bot.cli import main; main(['check'])"]
    run = subprocess.run(command, input=json.dumps(REPLY).encode(), capture_output=True, check=True)
    assert json.loads(run.stdout) == {"id": "a", "findings": []}


def rules_of(answer):
    _code, [found] = answer
    return {each["rule"]: each["severity"] for each in found["findings"]}


def test_it_wants_reasons_with_a_hidden_message_and_holds_no_urgent_word_up_for_them(check):
    assert rules_of(check(REPLY | {"hidden": True})) == {"R20": "warn"}
    assert rules_of(check(REPLY | {"hidden": True, "level": "D1"})) == {"R20": "block"}
    assert rules_of(check(REPLY | {"hidden": True, "reasons": "Masqué pour vous protéger."})) == {}


def test_it_wants_the_approvers_of_the_level(check):
    assert rules_of(check(REPLY | {"asked": ["lawyer"]})) == {"R23": "block"}
    assert rules_of(check(REPLY | {"asked": ["distress_referent", "lawyer"]})) == {}
    assert check(REPLY | {"asked": ["friend"]})[0] == 1


def test_it_wants_the_same_facts_on_every_route(check):
    same, later = FRENCH.text.replace("Bonsoir", "Chère"), FRENCH.text.replace("jeudi", "lundi")
    assert rules_of(check(REPLY | {"versions": [same]})) == {}
    _code, [found] = check(REPLY | {"versions": [later]})
    places = [(each["rule"], FRENCH.text[each["start"] : each["end"]]) for each in found["findings"]]
    assert places == [("R24", ""), ("R24", "jeudi")]


def test_it_hears_what_somebody_else_was_sent(check):
    pasted = FRENCH.text.replace("Nuage7", "Colibri")
    assert rules_of(check(REPLY | {"sent_before": ["Bonjour, votre colis est parti ce matin.", pasted]})) == {
        "R10": "block"
    }
    assert rules_of(check(REPLY | {"sent_before": ["Merci de nous avoir écrit."]})) == {}
