import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.data import SAMPLE_PLAN
from bot.settings import Settings, SettingsError, is_loopback, load_settings
from bot.texts import translator

KEY = "k" * 32
BOT = "xoxb-invented"
APP = {"MICROSOFT_APP_ID": "a", "MICROSOFT_APP_PASSWORD": "p", "MICROSOFT_APP_TENANT_ID": "t"}


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Read settings from these variables alone."""

    def load(**variables: str) -> Settings:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return load_settings(env_file=None, var=tmp_path / "var")

    return load


def refusal(load, **variables: str) -> tuple[str, str]:
    """Return the code of the only problem, and its English sentence."""
    with pytest.raises(SettingsError) as caught:
        load(**variables)
    (problem,) = caught.value.problems
    (sentence,) = caught.value.sentences(translator("en"))
    (french,) = caught.value.sentences(translator("fr"))
    assert french != sentence
    return problem[0], sentence


def test_it_has_a_default_for_everything(load):
    settings = load()
    assert settings.database_url == "sqlite:///var/cellule.db"
    assert settings.plan == SAMPLE_PLAN
    assert (settings.host, settings.port, settings.demo) == ("127.0.0.1", 8080, False)
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert not settings.slack_enabled


def test_it_reads_each_variable(load):
    settings = load(
        DATABASE_URL="postgresql://db/cellule",
        CELLULE_PLAN="plan.yaml",
        CELLULE_SECRET_KEY=f"{KEY}, {'o' * 40}",
        CELLULE_BASE_URL="https://cellule.client.example/",
        HOST="0.0.0.0",
        PORT="9000",
        SLACK_BOT_TOKEN=BOT,
        SLACK_SIGNING_SECRET="s",
        SLACK_API_URL="http://127.0.0.1:5000/api",
    )
    assert settings.database_url == "postgresql://db/cellule"
    assert settings.plan == Path("plan.yaml")
    assert settings.secret_keys == (KEY, "o" * 40)
    assert settings.public_url == "https://cellule.client.example"
    assert (settings.host, settings.port) == ("0.0.0.0", 9000)
    assert settings.slack_enabled
    assert settings.slack_api_url == "http://127.0.0.1:5000/api/"


def test_it_takes_an_empty_variable_as_absent(load):
    settings = load(SLACK_BOT_TOKEN="", PORT="", CELLULE_PLAN="", CELLULE_SECRET_KEY="", CELLULE_DEMO="")
    assert not settings.slack_enabled
    assert (settings.port, settings.plan) == (8080, SAMPLE_PLAN)


def test_it_reads_the_env_file_under_the_environment(tmp_path, monkeypatch):
    env = tmp_path / ".env"
    env.write_text(
        f"PORT=9001\nHOST=localhost\nCELLULE_SECRET_KEY={KEY}\nIMAP_FOLDER=nothing of ours\n", "utf-8"
    )
    monkeypatch.setenv("PORT", "9002")
    settings = load_settings(env_file=env, var=tmp_path)
    assert (settings.port, settings.host) == (9002, "localhost")


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("PORT", "web", "1-65535"),
        ("PORT", "0", "1-65535"),
        ("CELLULE_DEMO", "perhaps", "0, 1"),
        ("DATABASE_URL", "postgres://db/cellule", "postgresql://"),
        ("DATABASE_URL", "mysql://db/cellule", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///", "sqlite:///"),
        ("DATABASE_URL", "postgresql://db:soon/cellule", "postgresql://"),
        ("CELLULE_BASE_URL", "cellule.client.example", "https://"),
        ("SLACK_API_URL", "ftp://slack", "https://"),
    ],
)
def test_it_says_which_value_is_wrong_and_what_is_expected(load, variable, value, expected):
    code, sentence = refusal(load, **{variable: value})
    assert code == "bad_value"
    assert variable in sentence
    assert expected in sentence


def test_it_says_everything_that_is_wrong_at_once(load):
    with pytest.raises(SettingsError) as caught:
        load(PORT="web", CELLULE_DEMO="perhaps")
    assert len(caught.value.sentences(translator("fr"))) == 2


def test_it_makes_a_key_that_only_the_owner_reads_and_keeps_it(load, tmp_path):
    first = load().secret_keys
    path = tmp_path / "var" / "secret.key"
    assert len(first[0]) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load().secret_keys == first
    assert [each.name for each in path.parent.iterdir()] == ["secret.key"]


def test_it_makes_one_key_when_several_processes_start_at_once(tmp_path):
    for attempt in range(20):
        var = tmp_path / str(attempt)
        with ThreadPoolExecutor(4) as pool:
            keys = {
                s.secret_keys
                for s in pool.map(lambda _, v=var: load_settings(env_file=None, var=v), range(4))
            }
        assert len(keys) == 1


def test_it_makes_no_key_when_one_is_given(load, tmp_path):
    assert load(CELLULE_SECRET_KEY=KEY).secret_keys == (KEY,)
    assert not (tmp_path / "var").exists()


def test_it_replaces_no_key_file_that_is_spoilt(load, tmp_path):
    path = tmp_path / "var" / "secret.key"
    path.parent.mkdir()
    path.write_text("", "ascii")
    assert refusal(load)[0] == "key_file_spoilt"
    assert path.read_text("ascii") == ""


def test_it_says_when_the_key_cannot_be_kept(load, tmp_path):
    (tmp_path / "var").write_text("a file where the folder should be", "ascii")
    code, sentence = refusal(load)
    assert code == "key_file"
    assert "secret.key" in sentence


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "cellule.client.example"])
def test_it_wants_a_key_as_soon_as_others_may_connect(load, host):
    code, sentence = refusal(load, HOST=host)
    assert code == "key_missing"
    assert host in sentence
    assert load(CELLULE_SECRET_KEY=KEY).host == host


@pytest.mark.parametrize("keys", ["short", f"{KEY},short", f"{KEY},"])
def test_it_refuses_a_short_key_without_repeating_it(load, keys):
    code, sentence = refusal(load, CELLULE_SECRET_KEY=keys)
    assert code == "key_short"
    assert "short" not in sentence


def test_it_wants_the_signing_secret_with_the_bot_token(load):
    code, sentence = refusal(load, SLACK_BOT_TOKEN=BOT)
    assert code == "slack_secret"
    assert "SLACK_SIGNING_SECRET" in sentence
    assert BOT not in sentence


@pytest.mark.parametrize("variable", ["SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"])
def test_it_wants_the_bot_token_with_the_rest_of_slack(load, variable):
    code, sentence = refusal(load, **{variable: "invented"})
    assert code == "slack_token"
    assert variable in sentence


def test_it_needs_no_signing_secret_in_socket_mode(load):
    assert load(SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN="xapp-invented").slack_enabled


def test_it_keeps_secrets_out_of_what_is_printed(load):
    settings = load(
        CELLULE_SECRET_KEY=KEY,
        SLACK_BOT_TOKEN=BOT,
        SLACK_SIGNING_SECRET="sesame",
        DATABASE_URL="postgresql://me:sesame@db/cellule",
    )
    assert not {KEY, BOT, "sesame"} & set(repr(settings).replace("'", " ").split())
    assert "sesame" not in repr(settings)


def test_it_keeps_secrets_out_of_what_is_raised(load):
    with pytest.raises(SettingsError) as caught:
        load(SLACK_BOT_TOKEN=BOT, CELLULE_SECRET_KEY=KEY)
    assert caught.value.__suppress_context__
    assert BOT not in str(caught.value)


@pytest.mark.parametrize(
    ("variables", "allowed"),
    [
        ({"CELLULE_DEMO": "1"}, True),
        ({"CELLULE_DEMO": "1", "HOST": "localhost"}, True),
        ({"CELLULE_DEMO": "1", "HOST": "::1"}, True),
        ({}, False),
        ({"CELLULE_DEMO": "0"}, False),
        ({"CELLULE_DEMO": "1", "HOST": "0.0.0.0", "CELLULE_SECRET_KEY": KEY}, False),
        ({"CELLULE_DEMO": "1", "CELLULE_BASE_URL": "https://cellule.client.example"}, False),
        ({"CELLULE_DEMO": "1", "SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": "s"}, False),
        ({"CELLULE_DEMO": "1", **APP}, False),
    ],
)
def test_it_lets_people_choose_who_they_are_only_in_a_demo_on_this_machine(load, variables, allowed):
    assert load(**variables).demo_allowed is allowed


@pytest.mark.parametrize(
    ("host", "url"),
    [("0.0.0.0", "http://localhost:8080"), ("::", "http://localhost:8080"), ("::1", "http://[::1]:8080")],
)
def test_it_gives_browsers_an_address_they_can_open(load, host, url):
    assert load(HOST=host, CELLULE_SECRET_KEY=KEY).public_url == url


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True), ("127.8.0.1", True), ("[::1]", True), ("localhost", True),
        ("localhost.client.example", False), ("127.0.0.1.client.example", False),
        ("10.0.0.1", False), ("", False),
    ],
)  # fmt: skip
def test_it_knows_this_machine_alone(host, alone):
    assert is_loopback(host) is alone


def test_it_turns_teams_on_by_three_settings(load):
    settings = load(**APP)
    assert settings.teams_enabled
    assert settings.teams_room_kind == "group_chat"
    assert "smba.trafficmanager.net" in settings.teams_service_url_hosts
    assert not settings.demo_allowed


@pytest.mark.parametrize("missing", APP)
def test_it_names_what_teams_still_lacks(load, missing):
    code, sentence = refusal(load, **{name: value for name, value in APP.items() if name != missing})
    assert code == "teams_half"
    assert sentence.startswith(f"{missing} missing")


def test_it_leaves_teams_off_for_an_empty_app_id(load):
    assert not load(MICROSOFT_APP_ID="").teams_enabled
    assert refusal(load, **APP | {"MICROSOFT_APP_ID": ""})[0] == "teams_half"


@pytest.mark.parametrize(("kind", "name"), [("channel", "TEAMS_TEAM_ID"), ("thread", "TEAMS_CHANNEL_ID")])
def test_it_asks_where_rooms_are_made(load, kind, name):
    code, sentence = refusal(load, **APP, TEAMS_ROOM_KIND=kind)
    assert code == "teams_place"
    assert name in sentence
    assert load(**APP, TEAMS_ROOM_KIND=kind, **{name: "19:somewhere"}).teams_room_kind == kind


def test_it_names_the_kinds_of_rooms(load):
    assert "group_chat, channel, thread" in refusal(load, **APP, TEAMS_ROOM_KIND="private")[1]


SIGNED = {
    "SMTP_URL": "smtps://mail.exemple.fr",
    "MAIL_FROM": "aide@exemple.fr",
    "DKIM_KEY": "dkim.pem",
    "DKIM_SELECTOR": "cellule",
}


def test_it_signs_for_the_domain_that_mail_comes_from(load):
    assert load(**SIGNED).dkim == (Path("dkim.pem"), "cellule", "exemple.fr")


@pytest.mark.parametrize("missing", SIGNED)
def test_it_names_what_e_mails_still_lack_to_be_signed(load, missing):
    code, sentence = refusal(load, **{name: value for name, value in SIGNED.items() if name != missing})
    assert code == "mail_half"
    assert missing in sentence


def test_it_takes_no_selector_that_the_dns_does_not_know(load):
    code, sentence = refusal(load, **SIGNED | {"DKIM_SELECTOR": "a selector"})
    assert code == "bad_value"
    assert "DKIM_SELECTOR" in sentence
