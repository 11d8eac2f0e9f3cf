"""A community's own prepared replies: in the plan, or in a file beside it."""

from datetime import UTC, date, datetime

import pytest

from bot import data
from bot.commands.plan_review import plan_remarks
from bot.domain.hours import parse_week_hours
from bot.domain.ids import PersonId, Platform
from bot.domain.levels import Level
from bot.domain.states import Route
from bot.domain.templates import Agreement, Kind, Register
from bot.plan.loading import load_plan, load_plan_file
from bot.plan.model import ReplyTo
from bot.plan.problems import PlanError
from bot.texts import translator

PLAN = """\
people:
  lea: {name: Léa, email: lea@client.example}
communities:
  forum:
    name: Forum Exemple
    country: FR
    rooms: [web]
    roles: {moderator: [lea]}
"""
OWN = """\
templates:
  - id: our-holding
    kind: holding
    categories: [complaint, press]
    language: fr
    register: tu
    routes: [public_post]
    title: Notre message d'attente
    text: |
      Bonjour, prochain point {next_update}.
      {signature}
    agreed_by: lea
    agreed_on: 2026-01-15
    until: 2026-12-31
  - {id: ours, categories: [default], levels: [D1, D2], language: en, routes: [email], title: O, text: Hi}
"""
INLINE = PLAN + "    " + OWN.replace("\n", "\n    ").rstrip() + "\n"


def forum(text):
    return load_plan(text, source="plan.yaml").communities["forum"]


def beside(tmp_path, templates, plan=PLAN + "    templates: ours.yaml\n"):
    (tmp_path / "ours.yaml").write_text(templates, "utf-8")
    (tmp_path / "plan.yaml").write_text(plan, "utf-8")
    return tmp_path / "plan.yaml"


def test_it_reads_the_communitys_own_templates():
    holding, ours = forum(INLINE).templates
    assert (holding.id, holding.kind, holding.register) == ("our-holding", Kind.HOLDING, Register.TU)
    assert holding.text == "Bonjour, prochain point {next_update}.\n{signature}"
    assert holding.agreement == Agreement(PersonId("lea"), date(2026, 1, 15), date(2026, 12, 31))
    assert (ours.kind, ours.levels, ours.routes) == (Kind.REPLY, (Level.D1, Level.D2), (Route.EMAIL,))
    assert ours.agreement is None


def test_it_reads_them_from_a_file_beside_the_plan(tmp_path):
    assert load_plan_file(beside(tmp_path, OWN)).communities["forum"].templates == forum(INLINE).templates


def test_it_says_vous_and_has_no_address_unless_it_is_told():
    assert (forum(PLAN).register, forum(PLAN).reply_to, forum(PLAN).templates) == (Register.VOUS, None, ())


def test_it_reads_where_members_write_back():
    told = forum(
        PLAN
        + '    register: tu\n    reply_to: {address: Aide@client.example, hours: "mon-fri 09:00-18:00"}\n'
    )
    assert told.register is Register.TU
    assert told.reply_to == ReplyTo("aide@client.example", (parse_week_hours("mon-fri 09:00-18:00"),))


@pytest.mark.parametrize(
    ("written", "instead", "line", "code"),
    [
        ("kind: holding", "kind: hold", 3, "choice"),
        ("{next_update}", "{next_upd}", 9, "placeholder"),
        ("{next_update}", "{next_update", 9, "placeholder"),
        ("    agreed_on: 2026-01-15\n", "", 2, "agreement"),
        ("[complaint, press]", "[gossip]", 4, "unknown_category"),
        ("agreed_by: lea", "agreed_by: bob", 12, "unknown_person"),
        ("id: ours", "id: our-holding", 1, "repeated"),
        ("title: Notre", "titre: Notre", 8, "unknown_key"),
    ],
)
def test_it_names_the_line_in_the_file_beside_it(tmp_path, written, instead, line, code):
    assert written in OWN
    with pytest.raises(PlanError) as caught:
        load_plan_file(beside(tmp_path, OWN.replace(written, instead)))
    assert caught.value.source.endswith("ours.yaml")
    assert (line, code) in [(each.line, each.code) for each in caught.value.problems]
    assert caught.value.sentences(translator("fr"))


def test_it_names_the_file_that_cannot_be_read(tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN + "    templates: none.yaml\n", "utf-8")
    with pytest.raises(PlanError) as caught:
        load_plan_file(tmp_path / "plan.yaml")
    assert (caught.value.source.rpartition("/")[2], caught.value.codes) == ("none.yaml", ("1: unreadable",))


@pytest.mark.parametrize(("day", "told"), [(30, False), (31, True)])
def test_the_doctor_says_when_an_agreement_has_ended(day, told):
    now = datetime(2026, 12, day, 23, 30, tzinfo=UTC)  # in Paris already the next day
    plan = load_plan(INLINE, source="plan.yaml")
    found = plan_remarks(
        plan, categories=data.categories(), platforms=(Platform.WEB,), now=now, _=translator("en")
    )
    assert any("our-holding" in remark.said for remark in found) is told
