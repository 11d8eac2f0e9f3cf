import json
import socket
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zipfile import is_zipfile

import pytest
from sqlalchemy import text

from bot.data import SAMPLE_PLAN
from bot.domain.events import NoteAdded
from bot.domain.ids import PersonId
from bot.storage import schema
from bot.storage.engine import open_database
from bot.storage.seal import Keyring, check_key
from bot.storage.serving import is_served, serving
from bot.storage.sql import SqlStore
from tests.rig.samples import LEA, NIGHT, opened_crisis
from tests.rig.terminal import Terminal

KEY = "a key of these tests and of nothing else"
MEMBERS_WORDS = "mots du membre"
YEAR_AHEAD = (datetime.now(UTC) + timedelta(days=365)).isoformat()


@pytest.fixture
def terminal(capsys, tmp_path, monkeypatch):
    """Somebody at a French terminal, in a folder with nothing in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("CELLULE_SECRET_KEY", KEY)
    return Terminal(capsys)


@pytest.fixture
def in_english(terminal, monkeypatch):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return terminal


@pytest.fixture
def database(tmp_path):
    """Give the database of that folder, with its schema and key."""
    url = f"sqlite:///{tmp_path}/var/cellule.db"
    database = open_database(url)
    schema.ensure(database)
    with database.write() as connection:
        check_key(connection, Keyring([KEY]))
        connection.commit()
    yield database
    database.close()


@pytest.fixture
def store(database):
    return SqlStore(database, Keyring([KEY]))


@pytest.fixture
def crisis(store):
    """Give a crisis with three lines in its journal."""
    crisis = opened_crisis(14)
    with store.write() as uow:
        uow.crises.add(crisis)
        notes = [NoteAdded(at=NIGHT, by=LEA, text=f"note {n}") for n in (1, 2, 3)]
        uow.journal.append(crisis.id, notes, recorded_at=NIGHT)
        uow.commit()
    return crisis


# What stops a command


@pytest.mark.parametrize("command", [("serve",), ("db", "upgrade"), ("link", "lea"), ("plan", "check")])
def test_it_says_which_setting_is_wrong(terminal, monkeypatch, command):
    monkeypatch.setenv("PORT", "soon")
    assert terminal.types(*command) == 1
    assert terminal.err == "La valeur de PORT ne convient pas. Valeurs attendues\xa0: 1-65535.\n"


def test_it_says_it_in_the_language_of_the_terminal(in_english, monkeypatch):
    monkeypatch.setenv("PORT", "soon")
    assert in_english.types("serve") == 1
    assert in_english.err == "PORT has a value that cannot be used. Expected: 1-65535.\n"


def test_it_serves_no_plan_with_an_error(terminal, monkeypatch, tmp_path):
    (tmp_path / "plan.yaml").write_text(SAMPLE_PLAN.read_text("utf-8").replace("[lea, ines]", "[lea, inez]"))
    monkeypatch.setenv("CELLULE_PLAN", "plan.yaml")
    monkeypatch.setenv("PORT", str(free_port()))
    assert terminal.types("serve") == 1
    line = 1 + SAMPLE_PLAN.read_text("utf-8").splitlines().index("      moderator: [lea, ines]")
    assert terminal.err.startswith(f"plan.yaml, ligne {line}\xa0: «\xa0inez\xa0»")


def test_it_lists_what_can_be_typed(terminal):
    assert terminal.types("--help") == 0
    assert "doctor" in terminal.out


def test_it_names_the_command_that_was_meant(terminal):
    assert terminal.types("plan", "chek") == 2
    assert "check" in terminal.err


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("command", [("serve",), ("link", "lea"), ("tick", "--now", YEAR_AHEAD)])
def test_it_refuses_a_database_of_another_key(terminal, monkeypatch, command):
    monkeypatch.setenv("CELLULE_SECRET_KEY", "another key that never opened this database")
    monkeypatch.setenv("PORT", str(free_port()))
    assert terminal.types(*command) == 1
    assert "n'ouvre pas cette base" in terminal.err
    assert "Traceback" not in terminal.err


def test_it_says_that_the_port_is_taken_before_it_touches_anything(terminal, monkeypatch, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert terminal.types("serve") == 1
    assert terminal.err.startswith(f"Cellule ne peut pas s'ouvrir sur 127.0.0.1, port {port}\xa0: ")
    assert list(tmp_path.iterdir()) == []


def test_it_says_that_e_mails_cannot_be_signed(terminal, monkeypatch):
    monkeypatch.setenv("SMTP_URL", "smtps://mail.exemple.fr")
    monkeypatch.setenv("MAIL_FROM", "aide@exemple.fr")
    monkeypatch.setenv("DKIM_KEY", "nowhere.pem")
    monkeypatch.setenv("DKIM_SELECTOR", "cellule")
    monkeypatch.setenv("PORT", str(free_port()))
    assert terminal.types("serve") == 1
    assert terminal.err.startswith("La clé de DKIM_KEY ne peut pas être lue (nowhere.pem)\xa0: ")


def test_it_says_that_the_database_does_not_answer(terminal, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me:sesame@127.0.0.1:{free_port()}/cellule")
    assert terminal.types("db", "upgrade") == 1
    assert "Vérifiez DATABASE_URL" in terminal.err
    assert "sesame" not in terminal.err


def test_it_says_that_the_database_has_no_room(terminal, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/file/cellule.db")
    assert terminal.types("db", "upgrade") == 1
    assert terminal.err.startswith(f"{tmp_path}/file ne peut pas servir")


# The plan


def test_it_finds_nothing_wrong_in_the_sample_plan(terminal):
    assert terminal.types("plan", "check", str(SAMPLE_PLAN)) == 0
    assert terminal.out == f"{SAMPLE_PLAN}\xa0: 2 communautés, 8 personnes. Rien à corriger.\n"


def test_it_checks_the_plan_of_the_settings(terminal, monkeypatch, tmp_path):
    (tmp_path / "mine.yaml").write_text("version: 2\n")
    monkeypatch.setenv("CELLULE_PLAN", "mine.yaml")
    assert terminal.types("plan", "check") == 1
    assert "mine.yaml, ligne 1\xa0: «\xa02\xa0» n'est pas possible" in terminal.err


def test_it_prints_a_page_for_each_community(terminal):
    assert terminal.types("plan", "print") == 0
    assert "# Forum Exemple" in terminal.out
    assert "# Club Marin" in terminal.out
    assert terminal.types("plan", "print", "club") == 0
    assert "# Forum Exemple" not in terminal.out


def test_it_prints_no_page_of_a_community_that_the_plan_does_not_name(terminal):
    assert terminal.types("plan", "print", "autre") == 1
    assert terminal.err.startswith("Le plan ne connaît pas la communauté «\xa0autre\xa0».")


# Personal links


def test_it_makes_a_link_that_works_once(terminal, store):
    assert terminal.types("link", "lea") == 0
    address, _, token = terminal.out.strip().rpartition("/r/")
    assert address == "http://127.0.0.1:8080"
    burnt = [burn(store, token), burn(store, token)]
    assert burnt == [PersonId("lea"), None]


def burn(store, token):
    with store.write() as uow:
        person = uow.links.burn(sha256(token.encode()).digest(), now=datetime.now(UTC))
        uow.commit()
    return person


def test_it_makes_no_link_for_somebody_unknown(terminal):
    assert terminal.types("link", "tom") == 1
    assert terminal.err.startswith("Le plan ne connaît pas «\xa0tom\xa0». Il connaît\xa0: lea, ines")


# The journal


@pytest.mark.parametrize("name", ["2026-014", f"{14:016x}"])
def test_it_finds_a_journal_whole(terminal, store, crisis, name):
    with store.read() as uow:
        seal = uow.journal.of(crisis.id)[-1].hash.hex()[:12]
    assert terminal.types("journal", "verify", name) == 0
    whole = f"Le journal de la crise 2026-014 est intact. Il finit par la ligne 3, sceau {seal}.\n"
    assert terminal.out == whole


@pytest.mark.usefixtures("crisis")
def test_it_says_which_line_of_a_journal_was_changed(terminal, database):
    with database.write() as connection:
        connection.execute(text("UPDATE journal SET by = 'ines' WHERE seq = 2"))
        connection.commit()
    assert terminal.types("journal", "verify", "2026-014") == 1
    assert "la ligne 2 n'est plus celle qui a été écrite" in terminal.err


@pytest.mark.usefixtures("crisis")
def test_it_exports_a_journal(terminal):
    assert terminal.types("journal", "export", "2026-014") == 0
    lines = terminal.out.splitlines()
    assert [line.split("\t")[0] for line in lines[-3:]] == ["1", "2", "3"]
    assert "note 3" in lines[-1]


@pytest.mark.usefixtures("crisis")
@pytest.mark.parametrize("command", ["verify", "export"])
def test_it_knows_no_such_crisis(terminal, command):
    assert terminal.types("journal", command, "2026-999") == 1
    assert terminal.err.startswith("Il n'y a pas de crise «\xa02026-999\xa0».")


@pytest.mark.usefixtures("crisis")
def test_it_exports_no_journal_of_a_community_that_left_the_plan(terminal, monkeypatch, tmp_path):
    (tmp_path / "plan.yaml").write_text(SAMPLE_PLAN.read_text("utf-8").replace("\n  forum:", "\n  autre:"))
    monkeypatch.setenv("CELLULE_PLAN", "plan.yaml")
    assert terminal.types("journal", "export", "2026-014") == 1
    assert "ne connaît plus la communauté «\xa0forum\xa0»" in terminal.err


# Ticking


@pytest.mark.parametrize("when", ["demain", "2026-11-24T09:00", "2026-13-01T00:00Z"])
def test_it_wants_a_whole_time(terminal, when):
    assert terminal.types("tick", "--now", when) == 1
    assert terminal.err.startswith(f"«\xa0{when}\xa0» n'est pas un moment.")


def test_it_does_what_is_due_and_then_has_nothing_left(terminal):
    assert terminal.types("tick", "--now", YEAR_AHEAD) == 0
    assert not terminal.out.startswith("0 ")
    assert terminal.types("tick", "--now", YEAR_AHEAD) == 0
    assert terminal.out == "0 rappel était à faire.\n"


def test_it_does_not_run_ahead_of_a_service(terminal, database):
    with serving(database):
        assert terminal.types("tick", "--now", YEAR_AHEAD) == 1
        assert "Arrêtez-le d'abord" in terminal.err
    assert terminal.types("tick", "--now", YEAR_AHEAD) == 0


def test_it_runs_beside_a_service_up_to_now(terminal, database):
    with serving(database):
        assert terminal.types("tick", "--now", "2026-01-01T00:00Z") == 0


def test_it_runs_ahead_of_a_service_in_demonstration(terminal, database, monkeypatch):
    monkeypatch.setenv("CELLULE_DEMO", "1")
    with serving(database):
        assert terminal.types("tick", "--now", YEAR_AHEAD) == 0


def test_it_knows_who_serves(database):
    assert not is_served(database)
    with serving(database), serving(database):
        assert is_served(database)
    assert not is_served(database)


# Slack


def test_it_prints_a_manifest_that_people_can_read(terminal):
    assert terminal.types("manifest", "slack", "--base-url", "https://cellule.client.example") == 0
    assert "La salle de coordination de la cellule de crise" in terminal.out
    assert "\\u" not in terminal.out
    urls = json.loads(terminal.out)["settings"]["interactivity"]
    assert urls["request_url"] == "https://cellule.client.example/slack/events"


def test_it_prints_a_manifest_for_socket_mode_without_an_address(terminal):
    assert terminal.types("manifest", "slack", "--socket") == 0
    assert json.loads(terminal.out)["settings"]["socket_mode_enabled"]
    assert "http://" not in terminal.out


# Teams


@pytest.fixture
def registered(monkeypatch):
    """Register the app with Microsoft."""
    for name in ("MICROSOFT_APP_ID", "MICROSOFT_APP_TENANT_ID", "MICROSOFT_APP_PASSWORD"):
        monkeypatch.setenv(name, "5f3c0000-0000-4000-8000-00000000c311")


@pytest.mark.usefixtures("registered")
def test_it_writes_a_package_for_teams(terminal, tmp_path):
    file = tmp_path / "cellule-teams.zip"
    assert terminal.types("manifest", "teams", "--to", str(file), "--base-url", "https://c.example") == 0
    assert "cellule-teams.zip" in terminal.out
    assert is_zipfile(file)


def test_it_says_that_a_package_for_teams_needs_a_registered_app(terminal):
    assert terminal.types("manifest", "teams") == 1
    assert "MICROSOFT_APP_ID" in terminal.err


@pytest.mark.usefixtures("registered")
def test_it_says_that_a_package_for_teams_needs_an_address(terminal):
    assert terminal.types("manifest", "teams") == 1
    assert "CELLULE_BASE_URL" in terminal.err


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
