"""«Appel au secours de nuit»: what is written in it, and its hour."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.rig.good_reply import good_reply
from tests.rig.slack.service import MovedClock

WORDS = "je ne veux plus être là demain"
SECOND = good_reply("vous ne voulez plus être là demain")
FIRST = good_reply("vous ne voulez plus être là demain", question="Nous pensons à vous.")
THIRD = good_reply(
    "vous ne voulez plus être là demain", again="jeudi soir, et vous pouvez me répondre ici la nuit"
)


def at_three_in_the_morning() -> MovedClock:
    """Three in Paris of the night to come, by a clock that runs on."""
    return tomorrow_at(3, 10)


def tomorrow_at(hour: int, minute: int) -> MovedClock:
    """That hour in Paris, by a clock that runs on."""
    clock = MovedClock()
    local = datetime.now(UTC).astimezone(ZoneInfo("Europe/Paris"))
    then = (local + timedelta(days=1)).replace(hour=hour, minute=minute, second=0, microsecond=0)
    clock.ahead = then - local
    return clock
