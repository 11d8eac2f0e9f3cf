"""Cards on Slack: within its limits, and every word shown as it is."""

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.buttons import encode, parse_action
from adapters.slack.render import Look, message
from adapters.slack.texts import escape, fit, shown, units
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
from bot.domain.verbs import Verb
from bot.texts import translator
from tests.rig.any_cards import cards
from tests.rig.examples import examples
from tests.rig.slack.lint import check_blocks
from tests.rig.slack.reading import buttons, called, seen
from tests.rig.slack.world import World

WORLD = World(team_id="T0", team_domain="exemple", scopes=set())
SOME = settings(max_examples=examples(25))


def look(locale: str = "fr") -> Look:
    def mention(person: PersonId):
        if person == "lea":
            return {"type": "user", "user_id": "U0BOT"}
        return {"type": "text", "text": "Denis"}

    return Look(translator(locale), mention, lambda link: f"https://slack.com/{link.room}")


def button(label: str = "Go", **more) -> Button:
    return Button(label, Action(Verb.TAKE_UP, "c1"), **more)


def read(card: Card, locale: str = "fr") -> str:
    content = message(card, look(locale), nonce="n")
    check_blocks(content["blocks"])
    return seen(content["blocks"], content["text"], WORLD)


@SOME
@given(cards())
def test_it_fits_every_limit(card):
    content = message(card, look(), nonce="n")
    check_blocks(content["blocks"])
    assert content["text"]


@SOME
@given(cards())
def test_it_calls_nobody_but_by_a_mention(card):
    content = message(card, look(), nonce="n")
    asked = {person for block in card.blocks if isinstance(block, Mention) for person in block.people}
    assert called(content["blocks"], content["text"]) <= ({"U0BOT"} if "lea" in asked else set())
    assert called([], content["text"]) == set()


@SOME
@given(cards(), cards())
def test_it_replaces_any_card_by_any_other(old, new):
    """Slack refuses to put another kind of block where rich text stood."""
    kinds = [[block["type"] for block in message(card, look(), nonce="n")["blocks"]] for card in (old, new)]
    assert all(after == "rich_text" for before, after in zip(*kinds, strict=False) if before == "rich_text")
    assert kinds[1][0] == "header"
    assert "rich_text" in kinds[1]


@given(st.sampled_from(Verb), st.text(max_size=60), st.none() | st.integers(0, 10_000))
def test_it_brings_back_by_a_press_what_the_button_carried(verb, subject, revision):
    action = Action(verb, subject, revision)
    content = message(Card("s", "t", (Actions((Button("Go", action),)),)), look(), nonce="n")
    (shown_button,) = buttons(content["blocks"])
    assert parse_action(shown_button["value"]) == action
    assert parse_action(encode(action)) == action


def test_it_refuses_an_unknown_button():
    for value in ("", "null", "[]", '["nothing","c1",null]', '["approve",1,null]', '{"a":1}', "x" * 50):
        try:
            parse_action(value)
        except ValueError:
            continue
        raise AssertionError(value)


def test_it_shows_hostile_words_as_they_are():
    words = "<!channel> *bold* <@U0BOT> <b> &amp; `x`"
    content = message(Card("s", "t", (Quote(words),)), look(), nonce="n")
    assert f"> {words}" in seen(content["blocks"], "", WORLD)


def test_it_takes_out_what_deceives():
    assert "esrever" in read(Card("s", "t", (Quote("\u202eesrever\u202c\x00"),)))
    assert not {"\u202e", "\u202c", "\x00"} & set(read(Card("s", "t", (Quote("\u202eesrever\u202c\x00"),))))


def test_it_shows_the_title_and_the_summary_in_notifications():
    card = Card("Cellule 2026-014", "FORUM · crise", (Quote("their words"),))
    content = message(card, look(), nonce="n")
    assert content["text"] == "Cellule 2026-014"
    assert seen(content["blocks"][:1], "", WORLD) == "FORUM · crise"


def test_it_takes_no_markup_from_a_summary():
    assert message(Card("<!here> & co", "t"), look(), nonce="n")["text"] == "&lt;!here&gt; &amp; co"


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
            Actions((button("J'arrive"), RoomLink("Ouvrir", Platform.SLACK, RoomRef("C1")))),
            Divider(),
            Text("après", Tone.MUTED),
        ),
    )
    assert read(card) == (
        "FORUM\nÀ faire\n:warning: Attention\nDanger\u00a0: D4\nAppel\u00a0: —\n"
        "Message\n> une ligne\n> une autre\n"
        "@cellule Denis on a besoin de vous\n[J'arrive] [Ouvrir]\n\naprès"
    )


def test_it_cuts_a_long_text_and_says_so():
    said = read(Card("s", "t", (Quote("x" * 20_000, label="Message"), Text("suite"))))
    assert "Coupé ici\u00a0: le texte entier compte 20000 caractères" in said
    assert "suite" in said
    assert units(said) < 10_000


def test_it_says_a_cut_in_the_readers_language():
    said = read(Card("s", "t", (Text("x" * 20_000),)), locale="en")
    assert "[Cut: the whole text has 20000 characters.]" in said


def test_it_never_cuts_a_reply_of_full_length_beside_a_longer_message():
    """Approve stands only where the whole text is shown."""
    reply = "r" * 3000
    said = read(Card("s", "t", (Quote("m" * 30_000), Quote(reply))))
    assert reply in said


def test_it_says_that_a_card_is_too_long_for_fifty_blocks():
    blocks = [block for n in range(60) for block in (Text(f"part {n}"), Actions((button(),)))]
    content = message(Card("s", "t", tuple(blocks)), look(), nonce="n")
    check_blocks(content["blocks"])
    assert "Il y a plus" in seen(content["blocks"], "", WORLD)


def test_it_says_the_summary_of_a_card_without_text():
    assert read(Card("Quelle crise ?", "Choisir", (Actions((button(),)),))) == "Choisir\nQuelle crise ?\n[Go]"


def test_it_gives_an_update_fresh_block_ids():
    card = Card("s", "t", (Text("x"),))
    first, second = (message(card, look(), nonce=nonce)["blocks"] for nonce in ("a", "b"))
    assert not {block["block_id"] for block in first} & {block["block_id"] for block in second}


def test_it_asks_for_a_confirmation():
    pressed = button(style=Style.DANGER, confirm=Confirm("Sûr ?", "Vraiment", "Oui", "Non"))
    (element,) = buttons(message(Card("s", "t", (Actions((pressed,)),)), look(), nonce="n")["blocks"])
    assert element["style"] == "danger"
    assert [element["confirm"][key]["text"] for key in ("title", "text", "confirm", "deny")] == [
        "Sûr ?",
        "Vraiment",
        "Oui",
        "Non",
    ]


@given(st.text(max_size=200), st.integers(1, 100))
def test_it_fits_a_text_within_the_limit(text, limit):
    clean = shown(text)
    assert units(fit(clean, limit)) <= limit
    assert fit(clean, 400) == clean


@given(st.text())
def test_it_escapes_all_markup(text):
    assert "<" not in escape(text)
    assert ">" not in escape(text)
