"""Keys, and what they seal."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.seal import Key, Keyring, Purpose, WrongKey


@given(value=st.binary())
def test_it_opens_what_it_sealed(value):
    key = Key.new()
    sealed = key.seal(value, bound_to="c:messages.text")
    assert key.open(sealed, bound_to="c:messages.text") == value


@pytest.mark.parametrize("position", [0, 12, -1])
def test_it_opens_nothing_that_was_changed(position):
    key = Key.new()
    sealed = bytearray(key.seal(b"bergamote", bound_to="c"))
    sealed[position] ^= 1
    with pytest.raises(InvalidTag):
        key.open(bytes(sealed), bound_to="c")


def test_it_opens_nothing_in_another_place():
    key = Key.new()
    with pytest.raises(InvalidTag):
        key.open(key.seal(b"bergamote", bound_to="c:rooms.name"), bound_to="c:members.handle")


def test_it_never_makes_the_same_key_twice():
    assert Key.new() != Key.new()


def test_it_seals_the_same_value_differently_each_time():
    key = Key.new()
    assert key.seal(b"bergamote", bound_to="c") != key.seal(b"bergamote", bound_to="c")


def test_it_makes_a_key_for_each_purpose():
    keyring = Keyring(["first"])
    sealed = keyring.seal(Purpose.OUTSIDE_A_CRISIS, b"bergamote", bound_to="x")
    with pytest.raises(WrongKey):
        keyring.open(Purpose.CRISIS_DATA_KEY, sealed, bound_to="x")


def test_it_makes_the_same_keys_of_the_same_secret():
    sealed = Keyring(["first"]).seal(Purpose.OUTSIDE_A_CRISIS, b"bergamote", bound_to="x")
    opened = Keyring(["first"]).open(Purpose.OUTSIDE_A_CRISIS, sealed, bound_to="x")
    assert opened == b"bergamote"


def test_it_wraps_the_key_of_a_crisis_for_this_crisis_alone():
    keyring, key = Keyring(["first"]), Key.new()
    wrapped = keyring.wrap(key, crisis="c1")
    assert keyring.unwrap(wrapped, crisis="c1") == key
    assert key.raw not in wrapped
    with pytest.raises(WrongKey):
        keyring.unwrap(wrapped, crisis="c2")


@pytest.mark.parametrize("secrets", [[], [""], ["first", ""]])
def test_it_refuses_an_empty_secret(secrets):
    with pytest.raises(ValueError, match="a secret is missing"):
        Keyring(secrets)


def test_it_shows_no_key_when_printed():
    key = Key.new()
    assert repr(key.raw) not in repr(key)
