"""The one-time code of a guest's link: six digits, ten minutes, five tries, three in an hour."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import guest_codes, guests
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.events import GuestCodeSpent
from bot.domain.guest_codes import AT_MOST, LASTS, TRIES, WITHIN, GuestCode, Typed
from bot.domain.guests import Guest
from bot.domain.roster import Role
from tests.rig.samples import LEA, NIGHT, YVES, opened_crisis

TOKEN = "a-secret-of-this-test"
RIGHT = "042137"
digits = st.from_regex(r"[0-9]{6}", fullmatch=True)
minutes = st.integers(0, 200).map(lambda n: timedelta(minutes=n))


def guest() -> Guest:
    return Guest(YVES, Role.LAWYER, LEA, NIGHT + guests.LASTS, guests.hash_of(TOKEN), with_code=True)


def sent(*codes: str) -> Crisis:
    """The codes were sent one after the other, at once."""
    crisis = opened_crisis()
    for code in codes:
        send(crisis, code)
    return crisis


def send(crisis: Crisis, code: str, *, after: timedelta = timedelta()) -> None:
    hashed = guest_codes.hash_of(code, TOKEN)
    guest_codes.add(crisis, guest(), GuestCode(guests.hash_of(TOKEN), hashed, NIGHT + after, "mail"))


def tried(
    crisis: Crisis, typed: str, *, after: timedelta = timedelta(minutes=1), token: str = TOKEN
) -> Typed:
    return guest_codes.try_code(crisis, guest(), typed, token, at=NIGHT + after)


@given(drawn=st.integers(0, 10**6 - 1))
def test_it_always_has_six_digits(drawn: int) -> None:
    code = guest_codes.code_of(lambda below: drawn % below)
    assert len(code) == guest_codes.DIGITS
    assert int(code) == drawn


@given(code=digits)
def test_it_lets_in_once(code: str) -> None:
    crisis = sent(code)
    assert [tried(crisis, code), tried(crisis, code)] == [Typed.RIGHT, Typed.SPENT]


@given(code=digits, typed=digits)
def test_it_lets_nothing_else_in(code: str, typed: str) -> None:
    assert tried(sent(code), typed) is (Typed.RIGHT if typed == code else Typed.WRONG)


@given(wrong=st.lists(digits.filter(lambda code: code != RIGHT), max_size=9))
def test_it_takes_five_tries_and_tells_once(wrong: list[str]) -> None:
    crisis = sent(RIGHT)
    said = [tried(crisis, code) for code in wrong]
    assert said == [Typed.WRONG if n < TRIES else Typed.SPENT for n in range(1, len(wrong) + 1)]
    assert tried(crisis, RIGHT) is (Typed.RIGHT if len(wrong) < TRIES else Typed.SPENT)
    assert sum(isinstance(event, GuestCodeSpent) for event in crisis.events) == (len(wrong) >= TRIES)


@given(seconds=st.integers(0, 1200))
def test_it_lasts_ten_minutes(seconds: int) -> None:
    after = timedelta(seconds=seconds)
    assert tried(sent(RIGHT), RIGHT, after=after) is (Typed.RIGHT if after < LASTS else Typed.SPENT)


def test_it_counts_no_more_once_another_was_sent() -> None:
    crisis = sent("111111", "222222")
    assert [tried(crisis, "111111"), tried(crisis, "222222")] == [Typed.WRONG, Typed.RIGHT]


@given(hours=st.lists(minutes, max_size=12).map(sorted))
def test_it_is_sent_three_times_within_any_hour_at_most(hours: list[timedelta]) -> None:
    crisis = opened_crisis()
    taken: list[timedelta] = []
    for after in hours:
        recent = [at for at in taken if at > after - WITHIN]
        if len(recent) < AT_MOST:
            send(crisis, RIGHT, after=after)
            taken.append(after)
        else:
            with pytest.raises(Refused, match=Code.TOO_MANY_CODES):
                send(crisis, RIGHT, after=after)


def test_it_is_counted_for_each_link() -> None:
    crisis = sent(RIGHT, RIGHT, RIGHT)
    other = GuestCode(guests.hash_of("another"), "hash", NIGHT, "mail")
    guest_codes.add(crisis, guest(), other)
    assert guest_codes.newest(crisis, guests.hash_of("another")) == other


def test_it_is_worth_nothing_without_the_secret_of_its_link() -> None:
    assert tried(sent(RIGHT), RIGHT, token="another") is Typed.WRONG


@pytest.mark.parametrize("kept", [TOKEN, RIGHT])
def test_it_keeps_neither_the_code_nor_the_secret(kept: str) -> None:
    assert kept not in repr(sent(RIGHT))
