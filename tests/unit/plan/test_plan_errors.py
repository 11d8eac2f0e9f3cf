from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.data import SAMPLE_PLAN
from bot.plan.loading import load_plan, load_plan_file
from bot.plan.problems import PlanError, Problem
from bot.texts import translator
from tests.rig.examples import examples

HEAD = """\
people:
  lea: {name: Léa, email: lea@client.example}
  noe:
    name: Noé
    phone: "+33639980001"
communities:
  forum:
    name: Forum Exemple
    country: FR
    rooms: [web]
    roles:
      moderator: [lea, noe]
"""
AFTER_HEAD = HEAD.count("\n") + 1


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(PlanError) as caught:
        load_plan(text, source="plan.yaml")
    return caught.value.problems


def problem(text: str) -> Problem:
    (only,) = problems(text)
    return only


def in_community(lines: str) -> Problem:
    """Return the one problem of a plan whose community ends with these lines."""
    found = problem(f"{HEAD}    {lines}\n")
    assert found.line == AFTER_HEAD
    return found


def test_it_says_line_fault_and_what_is_allowed_in_both_languages():
    with pytest.raises(PlanError) as caught:
        load_plan(HEAD.replace("[web]", "[web, irc]"), source="plan.yaml")
    (english,) = caught.value.sentences(translator("en"))
    (french,) = caught.value.sentences(translator("fr"))
    assert english == (
        "plan.yaml, line 10: “irc” is not possible for communities.forum.rooms. Allowed: slack, teams, web."
    )
    assert french == (
        "plan.yaml, ligne 10\u00a0: «\u00a0irc\u00a0» n'est pas possible pour communities.forum.rooms. "
        "Valeurs possibles\u00a0: slack, teams, web."
    )


def test_it_tells_every_problem_at_once_in_the_order_of_the_file():
    text = HEAD.replace("name: Noé", "nom: Noé").replace("FR", "UK").replace("[lea, noe]", "[lea, bob]")
    text = text.replace("phone:", "email: lea@client.example\n    phone:")
    assert [(each.line, each.code) for each in problems(text)] == [
        (3, "missing"),
        (4, "unknown_key"),
        (5, "taken"),
        (10, "country"),
        (13, "unknown_person"),
    ]


def test_it_names_the_column_too():
    found = problem(HEAD.replace("[lea, noe]", "[lea, bob]"))
    assert (found.line, found.column) == (12, 24)


def test_it_names_the_keys_that_an_unknown_one_could_have_been():
    found = problem(HEAD.replace("    phone:", "    tel:"))
    assert (found.line, found.code) == (5, "unknown_key")
    assert found.column == 5
    assert found.params["key"] == "tel"
    assert found.params["where"] == "people.noe"
    assert found.params["allowed"] == (
        "name, email, phone, slack, teams, timezone, locale, country, external"
    )


@pytest.mark.parametrize(
    ("lines", "allowed"),
    [
        ("rols: {}", "name, code, country, locale, timezone,"),
        ("take_up: {remnd: 5m}", "remind, deputy, manager"),
        ("first_message: {agreed_by: lea, until: 2027-06-30, fr: a, de: b}", "agreed_by, until, fr, en"),
        ("approvals: {leak: {any: {of: [lawyer], cnt: 1}}}", "of, count"),
        ("swaps: [{role: moderator, on: 2026-12-24, from: lea, to: noe, x: 1}]", "role, on, from, to"),
    ],
)
def test_it_names_the_keys_of_every_part(lines, allowed):
    found = in_community(lines)
    assert found.code == "unknown_key"
    assert found.params["allowed"].startswith(allowed)


def test_it_finds_an_unknown_key_at_the_top():
    found = problem(HEAD + "peple: {}\n")
    assert (found.line, found.code, found.params["where"]) == (AFTER_HEAD, "unknown_key", "plan")


@pytest.mark.parametrize("key", ["people", "communities"])
def test_it_misses_what_has_no_default(key):
    text = "version: 1\n" + HEAD.replace(f"{key}:", "x:")
    assert ("missing", key) in [(each.code, each.params.get("key")) for each in problems(text)]


@pytest.mark.parametrize(
    ("lines", "code", "value"),
    [
        ("client_contact: bob", "unknown_person", "bob"),
        ("first_message: {agreed_by: bob, until: 2027-06-30, fr: a}", "unknown_person", "bob"),
        ("first_message: {agreed_by: lea, until: demain, fr: a}", "not_a_date", "demain"),
        ("first_message: {agreed_by: lea, until: 2027-06-30 10:00:00, fr: a}", "not_a_date", "2027-06-30"),
        ("first_message: {agreed_by: lea, until: 2027-06-30}", "first_message", "…"),
        ("swaps: [{role: moderator, on: 2026-12-24, from: lea, to: bob}]", "unknown_person", "bob"),
        ("swaps: [{role: lawyr, on: 2026-12-24, from: lea, to: noe}]", "choice", "lawyr"),
        ("duty: {lawyr: {}}", "choice", "lawyr"),
        ("duty: {moderator: {lea: 9-19}}", "hours", "9-19"),
        ('duty: {lawyer: {lea: "mon-fri 09:00-19:00"}}', "not_holder", "lea"),
        ("swaps: [{role: lawyer, on: 2026-12-24, from: lea, to: noe}]", "not_holder", "lea"),
        ("approvals: {gossip: {roles: [lawyer]}}", "unknown_category", "gossip"),
        ("approvals: {leak: {roles: [lawyr]}}", "choice", "lawyr"),
        ("approvals: {leak: {release: moderator}}", "rule", "…"),
        ("approvals: {leak: {any: {of: [lawyer], count: 2}}}", "rule", "…"),
        ("approvals: {leak: {roles: [lawyer], any: {of: [lawyer]}}}", "rule", "…"),
        ("approvals: {leak: {any: {of: [lawyer], count: 0}}}", "count", "0"),
        ("approvals: {leak: {any: {of: [lawyer], count: true}}}", "count", "True"),
        ("close: {roles: [boss]}", "choice", "boss"),
        ("take_up: {remind: 5}", "duration", "5"),
        ("take_up: {remind: 0m}", "duration", "0m"),
        ("decide: {remind: 20m}", "steps_order", "…"),
        ("follow_up: {remind: 5h}", "escalate_order", "…"),
        ("contacts: {remind: 15m}", "within_order", "…"),
        ("follow_up: {default: []}", "empty", "…"),
        ("timezone: Paris", "timezone", "Paris"),
        ("locale: de", "choice", "de"),
        ("moderation: none", "choice", "none"),
        ("quiet: night", "quiet", "night"),
        ("quiet: 22:00-25:00", "quiet", "22:00-25:00"),
        ("digest: 8h30", "clock", "8h30"),
        ("digest: 24:00", "clock", "24:00"),
        ("member_text: hidden", "choice", "hidden"),
        ("channels: ['#general']", "channel", "#general"),
        ("channels: [slack:C0A, slack:C0A]", "taken", "slack:C0A"),
        ("code: Forum Exemple", "code", "Forum Exemple"),
    ],
)  # fmt: skip
def test_it_refuses_a_value_of_a_community(lines, code, value):
    found = next(each for each in problems(f"{HEAD}    {lines}\n") if each.code == code)
    assert found.line == AFTER_HEAD
    assert found.params["value"].startswith(value)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{name: ''}", "empty"),
        ("{name: 12}", "not_text"),
        (f"{{name: {'x' * 81}}}", "too_long"),
        ("{name: Bob, email: bob}", "email"),
        ("{name: Bob, phone: 0612345678}", "phone"),
        ("{name: Bob, phone: +33612345678}", "phone"),  # YAML reads a number
        ("{name: Bob, slack: bob}", "slack"),
        ("{name: Bob, teams: bob}", "teams"),
        ("{name: Bob, country: UK}", "country"),
        ("{name: Bob, country: fr}", "country"),
        ("{name: Bob, external: maybe}", "not_yes_no"),
        ("Bob", "not_a_mapping"),
        ("{name: Bob, email: LEA@client.example}", "taken"),
    ],
)
def test_it_refuses_a_value_of_a_person(entry, code):
    found = problem(HEAD.replace("communities:", f"  bob: {entry}\ncommunities:"))
    assert (found.line, found.code) == (6, code)


@pytest.mark.parametrize(
    ("before", "after", "line", "code"),
    [
        ("roles:\n      moderator: [lea, noe]", "roles: {}", 11, "empty"),
        ("[lea, noe]", "lea", 12, "not_a_list"),
        ("[lea, noe]", "[]", 12, "empty"),
        ("[lea, noe]", "[lea, lea]", 12, "repeated"),
        ("moderator:", "modérateur:", 12, "choice"),
        ("  noe:\n", "  Noé:\n", 3, "key"),
        ("rooms: [web]", "rooms: web", 10, "not_a_list"),
        ("  forum:\n", "  forum: 3\n  club:\n", 7, "not_a_mapping"),
        ("people:", "version: 2\npeople:", 1, "choice"),
        ("people:", "timezone: Mars/Olympus\npeople:", 1, "timezone"),
    ],
)
def test_it_refuses_what_is_not_of_its_kind(before, after, line, code):
    found = [(each.line, each.code) for each in problems(HEAD.replace(before, after, 1))]
    assert (line, code) in found


def test_it_refuses_a_channel_and_a_code_that_two_communities_share():
    second = """\
    channels: [slack:C0FORUM]
  other:
    name: Other
    code: forum
    country: FR
    rooms: [web]
    channels: ["slack:C0FORUM"]
    roles: {moderator: [lea]}
"""
    found = [(each.line, each.code, each.params["other"]) for each in problems(HEAD + second)]
    assert found == [
        (AFTER_HEAD + 3, "taken", "communities.forum"),
        (AFTER_HEAD + 6, "taken", "communities.forum.channels"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("", 1, "not_a_mapping"),
        ("- a\n", 1, "not_a_mapping"),
        ("people: {}\nlocale: fr\nlocale: en\n", 3, "duplicate_key"),
        ("people:\n\tlea: {}\n", 2, "yaml"),
        ("people: {lea: [}\n", 1, "yaml"),
        ("people: \x07\n", 1, "yaml"),
        ("a: 1\n---\nb: 2\n", 2, "yaml"),
    ],
)
def test_it_names_the_line_where_yaml_breaks(text, line, code):
    found = problem(text)
    assert (found.line, found.code) == (line, code)


def test_it_says_which_key_stands_twice():
    assert problem("locale: fr\nlocale: en\n").params["key"] == "locale"


def test_it_says_when_a_file_cannot_be_read(tmp_path):
    with pytest.raises(PlanError) as caught:
        load_plan_file(tmp_path / "absent.yaml")
    assert caught.value.problems[0].code == "unreadable"
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("people: é".encode("latin-1"))
    with pytest.raises(PlanError) as caught:
        load_plan_file(latin)
    assert "UTF-8" in caught.value.sentences(translator("en"))[0]


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(allow_nan=False),
    st.dates(),
    st.text("abcé:-{}[]#\"'\n", max_size=8),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=3), inner, max_size=3),
    max_leaves=6,
)


def places(node, path=()):
    """Yield the path of every value in a file."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


SAMPLE_PLACES = list(places(YAML(typ="safe").load(SAMPLE_PLAN.read_text("utf-8"))))


def spoilt(path, value) -> str:
    """Return the sample plan with another value at one place."""
    yaml, out = YAML(typ="rt"), StringIO()
    whole = node = yaml.load(SAMPLE_PLAN.read_text("utf-8"))
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    yaml.dump(whole, out)
    return out.getvalue()


def refusal(text: str) -> PlanError | None:
    try:
        load_plan(text, source="plan.yaml")
    except PlanError as error:
        return error
    return None


@settings(max_examples=examples(40))
@given(st.sampled_from(SAMPLE_PLACES), ANYTHING)
def test_it_accepts_a_spoilt_plan_or_says_where_and_what_in_both_languages(path, value):
    text = spoilt(path, value)
    error = refusal(text)
    if error is not None:
        assert all(1 <= each.line <= text.count("\n") + 1 for each in error.problems)
        assert len(error.sentences(translator("en"))) == len(error.sentences(translator("fr"))) > 0


@pytest.mark.parametrize(
    ("named", "code"), [("slack: T0F0RUM!", "workspace"), ("teams: forum.example", "tenant")]
)
def test_it_says_where_a_workspace_is_wrong(named: str, code: str) -> None:
    assert in_community(f"workspaces: {{{named}}}").code == code
