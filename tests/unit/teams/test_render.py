"""Cards on Teams: within its limits, and every word shown as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.buttons import parse_action
from adapters.teams.render import Look, message
from adapters.teams.texts import escape, fit, literal, shown, size
from bot.cards import (
    Action,
    Actions,
    Button,
    Card,
    Confirm,
    Divider,
    Fields,
    Mention,
    Quote,
    RoomLink,
    Style,
    Text,
    Tone,
)
from bot.domain.ids import PersonId, Platform, RoomRef
from bot.domain.verbs import ASKS, TELLS, Verb
from bot.texts import translator
from tests.rig.any_cards import HOSTILE, cards
from tests.rig.examples import examples
from tests.rig.teams_cards import MAX_MESSAGE, actions, check_card, lines, walk, weight

SOME = settings(max_examples=examples(25))
LEA = "5f3c0000-0000-0000-0000-000000000001"


def look(locale: str = "fr") -> Look:
    def mention(person: PersonId) -> tuple[str | None, str]:
        return (LEA, "Léa Martin") if person == "lea" else (None, "Denis *Roy*")

    return Look(translator(locale), mention, lambda link: f"https://teams.example/{link.room}")


def rendered(card: Card, locale: str = "fr"):
    sent = message(card, look(locale))
    assert sent["summary"].strip()
    (attachment,) = sent["attachments"]
    check_card(attachment["content"])
    assert weight(attachment["content"]) <= MAX_MESSAGE
    return attachment["content"]


def button(label: str = "Go", verb: Verb = Verb.TAKE_UP, **more) -> Button:
    return Button(label, Action(verb, "c1"), **more)


def shows(*blocks, locale: str = "fr") -> list[str]:
    return lines(rendered(Card("s", "t", blocks), locale))[1:]


@SOME
@given(cards())
def test_it_fits_every_limit(card):
    rendered(card)


@SOME
@given(cards())
def test_it_calls_nobody_but_by_a_mention(card):
    content = rendered(card)
    asked = {person for block in card.blocks if isinstance(block, Mention) for person in block.people}
    called = {entity["mentioned"]["id"] for entity in content["msteams"].get("entities", ())}
    assert called == ({LEA} if "lea" in asked else set())
    for run in walk(content):
        if run.get("type") == "TextRun":
            assert "<at" not in run["text"].lower()
            assert "{{" not in run["text"]


def test_it_shows_hostile_words_as_they_are():
    for words in HOSTILE:
        (said,) = shows(Text(words))
        assert said.replace("\u2060", "") == shown(words)


def test_it_takes_out_what_deceives():
    assert shows(Quote("\u202eesrever\u202c\x00")) == ["> esrever␀"]


def test_it_names_its_commands_as_they_are_typed_here_and_leaves_peoples_words_alone():
    help_page = Fields((("/crisis open [text]", "opens a crisis"),))
    assert shows(Text("Type /crisis help."), help_page) == [
        "Type @Cellule crisis help.",
        "@Cellule crisis open [text]\xa0: opens a crisis",
    ]
    assert shows(Quote("/crisis help")) == ["> /crisis help"]


def test_it_reads_like_the_card():
    card = Card(
        "s",
        "FORUM",
        (
            Text("À faire", Tone.STRONG),
            Text("Attention", Tone.ALERT),
            Fields((("Danger", "D4"), ("Appel", ""))),
            Quote("une ligne\nune autre", label="Message"),
            Mention((PersonId("lea"), PersonId("denis")), "on a besoin de vous"),
            Actions((button("J'arrive"), RoomLink("Ouvrir", Platform.TEAMS, RoomRef("C1")))),
            Divider(),
            Text("après", Tone.MUTED),
        ),
    )
    assert lines(rendered(card)) == [
        "FORUM",
        "À faire",
        "⚠️ Attention",
        "Danger\u00a0: D4",
        "Appel\u00a0: —",
        "Message",
        "> une ligne\nune autre",
        "<at>Léa Martin</at> **Denis \\*Roy\\*** on a besoin de vous",
        "[J'arrive] [Ouvrir]",
        "après",
    ]
    assert rendered(card)["body"][-1]["separator"] is True


def test_it_cuts_a_long_text_and_says_so():
    said = "\n".join(shows(Quote("x" * 60_000, label="Message"), Text("suite")))
    assert "Coupé ici\u00a0: le texte entier compte 60000 caractères" in said
    assert said.endswith("suite")


def test_it_says_a_cut_in_the_readers_language():
    assert shows(Text("x" * 60_000), locale="en")[0].endswith("[Cut: the whole text has 60000 characters.]")


@pytest.mark.parametrize("sign", ["r", "é", "語", "😀", "\n", '"'])
def test_it_never_cuts_a_reply_of_full_length_beside_a_longer_message(sign):
    """Approve stands only where the whole text is shown."""
    reply = f"a{sign * 2998}b"
    assert f"> {reply}" in shows(Quote("m" * 60_000), Quote(reply))


def test_it_says_that_a_card_has_too_many_parts():
    blocks = [block for n in range(200) for block in (Text(f"part {n}"), Actions((button(),)))]
    assert shows(*blocks)[-1] == "Il y a plus que ce que Teams peut afficher."


def test_it_keeps_to_its_size_whatever_its_buttons_ask():
    asked = button("é" * 200, confirm=Confirm("é" * 900, "é" * 900, "é" * 200, "Non"))
    said = shows(Quote("m" * 60_000), *[Actions((asked,) * 5)] * 20)
    assert said[-1] == "Il y a plus que ce que Teams peut afficher."


def test_it_lets_no_button_run_out_of_a_telephones_screen():
    labels = ["J'ai appelé", "Envoyer le premier message", "J'arrive", "Lire le message", "Plus…", "a", "b"]
    assert shows(Actions(tuple(map(button, labels)))) == [
        "[J'ai appelé]",
        "[Envoyer le premier message]",
        "[J'arrive] [Lire le message]",
        "[Plus…] [a] [b]",
    ]


def test_it_shows_the_summary_in_notifications_and_old_clients():
    sent = message(Card("Cellule 2026-014", "FORUM", (Quote("their words"),)), look())
    assert sent["summary"] == "Cellule 2026-014"
    assert sent["attachments"][0]["content"]["fallbackText"] == "Cellule 2026-014"
    assert "text" not in sent


def test_it_takes_the_whole_width():
    assert rendered(Card("s", "t"))["msteams"]["width"] == "Full"


def test_it_asks_for_a_confirmation_by_a_second_press():
    asked = button(style=Style.DANGER, confirm=Confirm("Sûr ?", "Vraiment", "Oui", "Non"))
    body = rendered(Card("s", "t", (Actions((asked,)),)))["body"]
    (first,) = body[-1]["actions"]
    assert (first["type"], first["title"], first["style"]) == ("Action.ShowCard", "Go", "destructive")
    (yes,) = first["card"]["actions"]
    assert (yes["type"], yes["title"]) == ("Action.Execute", "Oui")
    assert parse_action(yes["data"]) == asked.action
    said = [run["text"] for part in first["card"]["body"] for run in part["inlines"]]
    assert said == ["Sûr ?", "Vraiment"]


@pytest.mark.parametrize("verb", Verb)
def test_it_opens_a_dialog_for_what_answers_with_a_form_or_a_card(verb):
    (pressed,) = actions(rendered(Card("s", "t", (Actions((button(verb=verb),)),))))
    in_dialog = pressed["type"] == "Action.Submit" and pressed["data"]["msteams"] == {"type": "task/fetch"}
    assert in_dialog is (verb in ASKS | TELLS)
    if not in_dialog:
        assert (pressed["type"], pressed["verb"]) == ("Action.Execute", verb)
        assert pressed["fallback"]["data"] == pressed["data"]


@pytest.mark.parametrize(
    "carried",
    [
        None,
        {},
        [],
        "x",
        {"v": "approve", "s": "c1"},
        {"cellule": None},
        {"cellule": {"v": "approve"}},
        {"cellule": {"v": "nothing", "s": "c1"}},
        {"cellule": {"v": "approve", "s": 1}},
        {"cellule": {"v": "approve", "s": "c1", "r": "1"}},
        {"cellule": {"v": "approve", "s": "c1", "r": True}},
        {"cellule": {"v": "approve", "s": "c1", "r": 1.0}},
        {"cellule": {"v": "approve", "s": "c1", "r": -1}},
        {"cellule": {"v": "approve", "s": "c1", "r": 10**9}},
    ],
)
def test_it_refuses_what_no_button_of_ours_carried(carried):
    with pytest.raises(ValueError, match=r"not a|valid Verb"):
        parse_action(carried)


@given(st.text(max_size=200), st.integers(3, 100))
def test_it_fits_a_text_within_the_limit(text, limit):
    clean = shown(text)
    assert size(fit(clean, limit)) <= limit
    assert fit(clean, 4000) == clean


@given(st.text())
def test_it_leaves_no_function_and_no_call(text):
    assert "{{" not in literal(text)
    assert "<at" not in literal(text).lower()


def test_it_escapes_all_markdown():
    assert escape("*a* _b_ [c](d) <at>e</at> &amp; `f` ~g~ \\") == (
        "\\*a\\* \\_b\\_ \\[c\\](d) \\<\u2060at\\>e\\<\u2060/at\\> \\&amp; \\`f\\` \\~g\\~ \\\\"
    )
    assert escape("- a\n1. b\n2) c\n# d\n===\n+ e\n2026-014") == (
        "\\- a\n\n1\\. b\n\n2\\) c\n\n\\# d\n\n\\===\n\n\\+ e\n\n2026-014"
    )
