"""The tests' own ground: where the database comes from, and what becomes of a skip."""

import os
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.rig.postgres import postgres_server
from tests.rig.skips import fail_when_skipped, not_tested


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


def skipped_report() -> pytest.TestReport:
    why = ("test_x.py", 1, "Skipped: no browser")
    return pytest.TestReport("test_x", ("test_x.py", 1, "test_x"), {}, "skipped", why, "call")


@pytest.mark.parametrize("occasion", ["first", "second"])
def test_it_gives_each_test_an_empty_database(postgres_url, occasion):
    with connect(postgres_url) as connection:
        connection.execute("CREATE TABLE left_behind (occasion text)")
        connection.execute("INSERT INTO left_behind VALUES (%s)", [occasion])
        assert connection.execute("SELECT count(*) FROM left_behind").fetchall() == [(1,)]


def test_it_names_the_database_as_one_of_tests(postgres_url):
    assert str(make_url(postgres_url).database).endswith("_test")


def test_it_refuses_a_database_that_is_not_for_tests(monkeypatch):
    monkeypatch.setenv("CELLULE_TEST_DATABASE_URL", "postgresql://somebody@127.0.0.1/cellule")
    with pytest.raises(ValueError, match="_test"), postgres_server():
        pass


def test_it_takes_the_server_named_in_the_environment(monkeypatch, postgres_url):
    monkeypatch.setenv("CELLULE_TEST_DATABASE_URL", postgres_url)
    with postgres_server() as server, server.fresh_database() as url, connect(url) as connection:
        assert make_url(url).query == make_url(postgres_url).query
        assert connection.info.dbname == make_url(url).database != make_url(postgres_url).database


def test_it_hides_the_settings_of_the_machine():
    assert not [name for name in os.environ if name.startswith(("SLACK_", "DATABASE_URL"))]
    assert not Path("pyproject.toml").exists()


def test_it_fails_a_skip_where_everything_must_run(monkeypatch):
    monkeypatch.setenv("CELLULE_TEST_FULL", "1")
    report = skipped_report()
    fail_when_skipped(report)
    assert report.failed
    assert "no browser" in str(report.longrepr)


def test_it_lets_a_skip_pass_elsewhere(monkeypatch):
    monkeypatch.delenv("CELLULE_TEST_FULL", raising=False)
    report = skipped_report()
    fail_when_skipped(report)
    assert report.skipped


def test_it_says_once_what_was_not_tested():
    assert not_tested([skipped_report(), skipped_report()]) == ["NOT TESTED (2): no browser"]


def test_it_leaves_an_expected_failure_alone(monkeypatch):
    monkeypatch.setenv("CELLULE_TEST_FULL", "1")
    report = skipped_report()
    report.wasxfail = "known"
    fail_when_skipped(report)
    assert report.skipped
