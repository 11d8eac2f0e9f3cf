"""What changed between two revisions of a reply, in a few words, for those who had approved the older one."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.domain.wording import cut, for_display
from bot.texts import Translator

SHOWN = 5
FRAGMENT_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Change:
    """Words that stand in one revision only: `added` in the newer one, or gone from it."""

    text: str
    added: bool


def changed(old: str, new: str) -> tuple[Change, ...]:
    """Every fragment removed or added, in the order of the text, cut at 80 characters.

    Words are compared as they are shown: texts that differ in blanks or hidden signs give nothing.
    """
    return tuple(_changes(for_display(old).split(), for_display(new).split()))


def changes_line(old: str, new: str, *, old_revision: int, _: Translator) -> str:
    """One line of at most five fragments and the number of others."""
    changes = changed(old, new)
    fragments = ", ".join(_fragment(change, _) for change in changes[:SHOWN])
    others = len(changes) - SHOWN
    if not changes:
        return _("Changed since revision {revision}: only spaces and line breaks.", revision=old_revision)
    if others <= 0:
        return _("Changed since revision {revision}: {changes}.", revision=old_revision, changes=fragments)
    return _.n(
        "Changed since revision {revision}: {changes}, and {n} other change.",
        "Changed since revision {revision}: {changes}, and {n} other changes.",
        others,
        revision=old_revision,
        changes=fragments,
    )


def _fragment(change: Change, _: Translator) -> str:
    return _("added “{text}”", text=change.text) if change.added else _("removed “{text}”", text=change.text)


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    # `autojunk` stays on: without it a text that repeats one word takes half a minute.
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            continue
        for words, added in ((old[old_start:old_end], False), (new[new_start:new_end], True)):
            if words:
                yield Change(text=cut(" ".join(words), FRAGMENT_LIMIT)[0], added=added)
