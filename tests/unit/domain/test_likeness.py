import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.crisis import Member, MemberMessage
from bot.domain.likeness import likenesses, normal_link
from tests.rig.samples import NIGHT, opened_crisis

LINK = "https://forum.example/t/88?page=2#m412"


def about(link="", handle="", community="forum", text=""):
    message, member = MemberMessage("t1", text, link, NIGHT), Member("m1", handle)
    return likenesses(opened_crisis(community=community, messages=(message,), members=(member,)))


@pytest.mark.parametrize(
    "other",
    [
        "http://forum.example/t/88?page=2#m412",
        " https://www.Forum.Example/t/88/?page=2#m412 ",
        "forum.example/t/88?utm_source=mail&page=2&fbclid=x#m412",
    ],
)
def test_it_knows_a_link_however_it_was_copied(other):
    assert about(LINK) == about(other) != frozenset()


@pytest.mark.parametrize(
    "other",
    [
        "https://forum.example/t/88?page=2#m413",
        "https://forum.example/t/88?page=3#m412",
        "https://forum.example/t/89?page=2#m412",
        "https://forum.example/T/88?page=2#m412",
        "https://autre.example/t/88?page=2#m412",
    ],
)
def test_it_tells_links_to_other_messages_apart(other):
    assert not about(LINK) & about(other)


@pytest.mark.parametrize("typed", ["", " ", "?", "-", "voir le forum", "http://[", "https://"])
def test_it_takes_no_likeness_from_what_is_no_address(typed):
    assert about(typed) == frozenset()


@pytest.mark.parametrize(
    "text", [f"voir {LINK}.", f"({LINK}), il va mal", f"«{LINK}» et https://autre.example/x"]
)
def test_it_knows_a_link_inside_a_text(text):
    assert about(LINK) <= about(text=text)


@pytest.mark.parametrize("text", ["sur https://forum.example/", "https://www.forum.example !", "http://["])
def test_it_takes_no_likeness_from_a_text_that_names_no_page(text):
    assert about(text=text) == frozenset()


def test_it_knows_a_pseudonym_in_one_community_only():
    assert about(handle="@Marin ") == about(handle="marin") != frozenset()
    assert not about(handle="marin") & about(handle="marin", community="club")
    assert about(handle=" @ ") == frozenset()


@given(
    st.from_regex(r"(?!www\.)[a-z]{1,8}\.example(/[a-zA-Z0-9]{1,4}){0,3}(#[a-z0-9]{1,5})?", fullmatch=True)
)
def test_it_knows_any_address_with_and_without_its_scheme(address):
    assert normal_link(f"https://www.{address}") == normal_link(address) != ""
