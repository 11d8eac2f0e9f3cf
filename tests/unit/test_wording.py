import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Code, Refused
from bot.domain.wording import (
    ceiling,
    clean,
    cut,
    fingerprint,
    fit,
    for_display,
    parted,
    revision_text,
    storable,
)

HOSTILE = "<!channel> *gras* `code` <b>x</b> &amp; \u202eesrever"
ANY_TEXT = st.text(st.characters(exclude_categories=[]))
FAMILY = "👩\u200d👩\u200d👧"


def test_it_keeps_a_members_text_untouched():
    for text in (HOSTILE, "e\u0301\r\n", "  ", "\u200b\ufeff", FAMILY):
        assert storable(text) == text


def test_it_keeps_what_cannot_be_stored_as_a_visible_sign():
    assert storable("a\x00b\ud83dc") == "a\u2400b\ufffdc"


@given(ANY_TEXT)
def test_it_makes_any_text_storable(text):
    kept = storable(text)
    assert "\x00" not in kept
    assert kept.encode().decode() == kept
    assert len(kept) == len(text)


def test_it_gives_one_form_to_texts_that_read_the_same():
    assert clean(" e\u0301te\u0301\r\nfin\rdit \n") == "été\nfin\ndit"


@given(ANY_TEXT)
def test_it_cleans_once_and_for_all(text):
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


def test_it_takes_a_reply_of_three_thousand_characters():
    assert revision_text(" " + "é" * 3000 + "\r\n") == "é" * 3000
    assert revision_text("e\u0301" * 3000) == "é" * 3000


def test_it_refuses_a_reply_that_is_too_long_and_says_by_how_much():
    with pytest.raises(Refused) as refused:
        revision_text("a" * 3001)
    assert refused.value.code is Code.TEXT_TOO_LONG
    assert refused.value.params == {"length": 3001, "limit": 3000}
    assert refused.value.field == "text"


@pytest.mark.parametrize("nothing", ["", " \r\n\t", "\u200b\u200b", "\u202e \u2066", "\ufeff", "\u200d"])
def test_it_refuses_a_reply_in_which_nothing_can_be_seen(nothing):
    with pytest.raises(Refused) as refused:
        revision_text(nothing)
    assert refused.value.code is Code.TEXT_EMPTY


def test_it_fingerprints_the_text_by_its_sha_256():
    assert fingerprint("été") == hashlib.sha256(b"\xc3\xa9t\xc3\xa9").hexdigest()
    assert fingerprint(revision_text("e\u0301te\u0301\r\n")) == fingerprint("été")


def test_it_shows_hostile_text_as_text():
    assert for_display(HOSTILE) == "<!channel> *gras* `code` <b>x</b> &amp; esrever"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069ok\u200e\u200f", "ok"),
        ("a\u200bb\u2060c\ufeffd\u00ade", "abcde"),
        ("a\x00b\x1b[31mc\x85d", "ab[31mcd"),
        ("a\tb\r\nc\rd\n", "a\tb\nc\nd\n"),
        ("a\u200d\u200cb\u200d", "ab"),
        ("😀\u200d\u200da", "😀a"),
        ("x\U000e0041y", "xy"),
    ],
)
def test_it_takes_out_what_cannot_be_seen(text, shown):
    assert for_display(text) == shown


@pytest.mark.parametrize("text", [FAMILY, "❤️\u200d🔥", "می\u200cخواهم", "e\u0301", "🏳️\u200d🌈 fin"])
def test_it_leaves_whole_what_is_drawn_by_several_code_points(text):
    assert for_display(text) == text


@given(ANY_TEXT)
def test_it_shows_a_text_the_same_when_shown_again(text):
    shown = for_display(text)
    assert for_display(shown) == shown


def test_it_leaves_a_short_text_alone():
    assert cut("abc", 3) == ("abc", False)


def test_it_cuts_a_long_text_with_its_mark_inside_the_limit():
    assert cut("abcdef", 4) == ("abc…", True)


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("abe\u0301f", 4, "ab…"),
        (f"ab{FAMILY}c", 6, "ab…"),
        ("ab👍🏽cd", 4, "ab…"),
        ("ab❤️cd", 4, "ab…"),
        ("ab🇫🇷cd", 4, "ab…"),
        ("ab🇫🇷cd", 5, "ab🇫🇷…"),
        (f"{FAMILY}abc", 1, "…"),
        (f"{FAMILY}\u200d", 3, "…"),
    ],
)
def test_it_never_cuts_through_an_accent_or_an_emoji(text, limit, shown):
    assert cut(text, limit) == (shown, True)


def test_it_still_shows_something_of_a_text_made_of_marks():
    assert cut("\u0301" * 100, 60) == ("\u0301" * 59 + "…", True)


@given(ANY_TEXT, st.integers(min_value=1, max_value=40))
def test_it_cuts_any_text_to_the_limit(text, limit):
    shown, was_cut = cut(text, limit)
    assert len(shown) <= limit
    assert was_cut == (len(text) > limit)
    assert text.startswith(shown.removesuffix("…") if was_cut else text)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=20), st.integers(20, 2000))
def test_it_shortens_the_longest_texts_first(lengths, total):
    most = ceiling(lengths, total)
    assert sum(min(length, most) for length in lengths) <= total
    assert sum(lengths) > total or most >= max(lengths)


@given(st.text(max_size=200), st.integers(3, 300))
def test_it_fits_a_text_by_any_measure(text, limit):
    fitted = fit(text, limit, lambda words: len(words.encode("utf-8", "surrogatepass")))
    assert len(fitted.encode("utf-8", "surrogatepass")) <= limit
    assert fitted == text or fitted.endswith("…")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("appelez le 15.", ["15"]),
        ("15 · SAMU, 15 ans", ["15"]),  # once, where it first stands
        ("– 988 · texto au 988", ["988"]),
        ("avant 15:20, 2026-15, 1.15, +15, 115, a15, 15/2, https://15.fr", []),
        ("0800 111 0 111 · 111", ["0800 111 0 111", "111"]),
        ("", []),
    ],
)
def test_it_finds_a_number_only_where_it_stands_by_itself(text, found):
    pieces = parted(text, ["111", "15", "988", "0800 111 0 111"])
    assert pieces[1::2] == found
    assert "".join(pieces) == text
