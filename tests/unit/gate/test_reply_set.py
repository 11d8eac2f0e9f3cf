"""What the gate reaches on replies that others wrote (benchmarks/README.md)."""

from functools import cache

import pytest

from tests.rig import reply_set

MEASURED = cache(reply_set.measured)


@pytest.mark.parametrize(("half", "share"), [("seen", 0.98), ("unseen", 0.9), ("dev", 0.98)])
def test_it_finds_no_fewer_defects_than_it_did(half, share):
    assert MEASURED()[half].found_share >= share


@pytest.mark.parametrize(("half", "share"), [("seen", 0.02), ("unseen", 0.05), ("dev", 0.02)])
def test_it_stops_no_more_good_replies_than_it_did(half, share):
    assert MEASURED()[half].blocked_share <= share
