"""Crises that a process keeps."""

from bot.storage.cache import SIZE, Cache, Kept
from tests.rig.samples import opened_crisis


def kept(serial, *, version=1):
    return Kept(opened_crisis(serial, version=version), key=None)


def test_it_gives_a_crisis_of_exactly_the_version_asked():
    cache = Cache()
    cache.keep(kept(1, version=3))
    assert cache.get(opened_crisis(1).id, version=3) == kept(1, version=3)
    assert cache.get(opened_crisis(1).id, version=2) is None
    assert cache.get(opened_crisis(1).id, version=4) is None
    assert cache.get(opened_crisis(2).id, version=3) is None


def test_it_lets_go_of_the_crisis_used_longest_ago():
    cache = Cache()
    for serial in range(SIZE):
        cache.keep(kept(serial))
    assert cache.get(opened_crisis(0).id, version=1)
    cache.keep(kept(SIZE))
    assert cache.get(opened_crisis(0).id, version=1)
    assert cache.get(opened_crisis(1).id, version=1) is None
