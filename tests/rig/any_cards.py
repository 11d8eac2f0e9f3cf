"""Cards and fields of every shape, full of words that try to be markup."""

from hypothesis import strategies as st

from bot.cards import (
    Action,
    Actions,
    Button,
    Card,
    ChecksField,
    ChoiceField,
    Confirm,
    Divider,
    Fields,
    Mention,
    Quote,
    RoomLink,
    Style,
    Text,
    TextField,
    Tone,
)
from bot.domain.ids import PersonId, Platform, RoomRef
from bot.domain.verbs import Verb

HOSTILE = [
    "<!channel>",
    "<@U0BOT>",
    "@everyone",
    "*bold* _it_ ~no~ `code` ```block```",
    "<https://evil.example|safe>",
    "[safe](https://evil.example) ![x](https://evil.example/x.png)",
    "<at>Léa Martin</at>",
    "- one\n- two\n1. three\n# four\n===",
    "{{DATE(2026-11-24T03:00:00Z)}} {{{TIME(2026-11-24T03:00:00Z)}}} ${x}",
    "<script>alert(1)</script>",
    "&lt;!here&gt;",
    "\u202eesrever\u202c",
    "a\u200bb",
    "nul\x00here",
    "half \ud83d a pair",
    ":skull:",
    "> not a quote",
]
hostile = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()), max_size=60), st.just("😀" * 900)
)

actions = st.builds(Action, st.sampled_from(Verb), st.text(max_size=60), st.none() | st.integers(0, 10_000))


@st.composite
def cards(draw) -> Card:
    texts = st.builds(Text, hostile, st.sampled_from(Tone))
    quotes = st.builds(Quote, hostile, hostile)
    fields = st.builds(Fields, st.lists(st.tuples(hostile, hostile), max_size=12).map(tuple))
    mentions = st.builds(
        Mention, st.lists(st.sampled_from(["lea", "denis"]).map(PersonId), max_size=3).map(tuple), hostile
    )
    confirms = st.none() | st.builds(Confirm, hostile, hostile, hostile, hostile)
    one = st.builds(
        Button,
        hostile,
        st.builds(Action, st.sampled_from(Verb), st.just("c1.d2"), st.none() | st.integers(1, 99)),
        st.sampled_from(Style),
        confirms,
    )
    links = st.builds(RoomLink, hostile, st.just(Platform.SLACK), st.just(RoomRef("C1")))
    rows = st.builds(Actions, st.lists(one | links, max_size=3).map(tuple))
    said = st.lists(texts | quotes | fields | mentions | st.builds(Divider), max_size=6)
    blocks = [*draw(said), draw(rows), *draw(said), draw(rows)]
    return Card(draw(hostile), draw(hostile), tuple(blocks), draw(st.sampled_from(Tone)))


form_fields = st.one_of(
    st.builds(
        TextField,
        st.just("text"),
        hostile,
        hostile,
        hostile,
        st.booleans(),
        st.booleans(),
        st.integers(1, 9000),
    ),
    st.builds(
        ChoiceField,
        st.just("choice"),
        hostile,
        st.lists(st.tuples(st.integers().map(str), hostile), min_size=1, max_size=120).map(tuple),
        st.sampled_from(["", "1"]),
        hostile,
        st.booleans(),
        st.booleans(),
    ),
    st.builds(
        ChecksField,
        st.just("checks"),
        hostile,
        st.lists(st.tuples(st.integers().map(str), hostile), min_size=1, max_size=30).map(tuple),
        st.lists(st.integers().map(str), max_size=3).map(tuple),
    ),
)
