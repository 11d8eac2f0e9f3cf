from hypothesis import given
from hypothesis import strategies as st

from bot.texts import translator
from bot.views.changes import Change, changed, changes_line

FR, EN = translator("fr"), translator("en")
OLD = "Bonjour, appelez le 39 19. Nous vous répondrons demain."
NEW = "Bonjour, appelez le 31 14. Nous vous répondrons demain à 9 h."


def test_it_names_what_was_removed_and_added_in_the_order_of_the_text():
    assert changed(OLD, NEW) == (
        Change("39 19.", added=False),
        Change("31 14.", added=True),
        Change("demain.", added=False),
        Change("demain à 9 h.", added=True),
    )


def test_it_finds_no_change_in_the_same_words():
    assert changed("un  deux\ntrois", "un deux trois") == ()


def test_it_cuts_a_long_fragment():
    (change,) = changed("fin", "mot " * 50 + "fin")
    assert change.added
    assert len(change.text) == 80
    assert change.text.endswith("…")


def test_it_shows_no_hidden_characters():
    assert changed("a", "a\u200b \u202eb\u200bc \u200b") == (Change("bc", added=True),)


def test_it_says_the_changes_in_one_line():
    assert changes_line("un deux", "un trois", old_revision=2, _=EN) == (
        "Changed since revision 2: removed “deux”, added “trois”."
    )
    assert changes_line("un deux", "un trois", old_revision=2, _=FR) == (
        "Changé depuis la version 2\u00a0: retiré «\u00a0deux\u00a0», ajouté «\u00a0trois\u00a0»."
    )


def test_it_says_when_only_blanks_changed():
    assert changes_line("un deux", "un\n\ndeux", old_revision=1, _=EN) == (
        "Changed since revision 1: only spaces and line breaks."
    )


def test_it_counts_the_changes_that_it_does_not_show():
    old = "a 1 b 2 c 3 d"
    line = changes_line(old, "a x b y c z d", old_revision=1, _=EN)
    assert line.endswith("removed “1”, added “x”, removed “2”, added “y”, removed “3”, and 1 other change.")
    assert "et 3 autres changements." in changes_line(old + " 4 e", "a x b y c z d v e", old_revision=1, _=FR)


def test_it_keeps_braces_of_the_text_as_they_are():
    assert "“{revision}”" in changes_line("a", "a {revision}", old_revision=1, _=EN)


def test_it_is_quick_with_a_text_of_one_repeated_word():
    assert changed("a " * 1500, "b a " * 750)


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_it_names_a_change_exactly_when_the_words_differ(old, new):
    assert bool(changed(" ".join(old), " ".join(new))) == (old != new)
