"""The log of a crisis, on a card and as a file."""

from collections.abc import Sequence

from bot.cards import Card, Text, Tone
from bot.store import JournalEntry
from bot.views import dates
from bot.views.journal import line
from bot.views.lines import summary, title
from bot.views.scene import Scene

LAST = 20


def log_card(scene: Scene, *, entries: Sequence[JournalEntry]) -> Card:
    """The last lines, oldest first."""
    _ = scene._
    shown = entries[-LAST:]
    told = "\n".join(f"{_hour(scene, entry)} · {_line(scene, entry)}" for entry in shown)
    heading = _("Last lines ({n})", n=len(shown))
    return Card(
        summary=summary(scene, _("the log")),
        title=title(scene, _("log")),
        blocks=(Text(heading, Tone.MUTED), Text(told or _("Nothing is written yet."))),
    )


def log_text(scene: Scene, *, entries: Sequence[JournalEntry]) -> str:
    """The whole log as a file: the cell's acts and words, nothing that the member wrote."""
    _ = scene._
    head = (
        _("{title} · log, {zone} time", title=title(scene), zone=str(scene.zone)),
        _("Without the member's words. Line, date, what happened, and the start of the line's seal."),
    )
    lines = (
        f"{entry.seq}\t{entry.occurred_at.astimezone(scene.zone):%Y-%m-%d %H:%M:%S}\t"
        f"{_one_line(_line(scene, entry))}\t{entry.hash.hex()[:12]}"
        for entry in entries
    )
    return "\n".join((*head, "", *lines)) + "\n"


def _line(scene: Scene, entry: JournalEntry) -> str:
    return line(entry.event, guide=scene.guide, zone=scene.zone, _=scene._)


def _hour(scene: Scene, entry: JournalEntry) -> str:
    return dates.short(entry.occurred_at, now=scene.now, zone=scene.zone, _=scene._)


def _one_line(text: str) -> str:
    return " ".join(text.split())
