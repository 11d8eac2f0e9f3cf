"""The help lines and the emergency number that a reply names: few, open, in its language."""

from collections.abc import Iterator

from bot.domain.helplines import Contact, ContactKind, HelpLine, Need, Openness
from bot.domain.hours import WeekHours
from bot.domain.states import Age
from bot.texts import Locale, Translator
from bot.views.lines import listed
from bot.views.places import country_name
from bot.views.said import hours
from bot.views.scene import Scene

_ALWAYS = WeekHours(days=frozenset(range(7)), start=0, end=24 * 60)
_EUROPEAN = "112"
_ARTICLE: dict[Locale, str] = {"fr": "le ", "en": ""}
_SPEAKABLE = (ContactKind.VOICE, ContactKind.SMS, ContactKind.WEB)
"""The ways to a line, the best first."""

Group = tuple[Need, ...]
_ANYBODY: Group = (Need.SUICIDE, Need.LISTENING)
_YOUNG: Group = (Need.YOUTH, Need.CHILD)
_BY_CATEGORY: dict[str, Group] = {
    "harassment": (Need.HARASSMENT, Need.VICTIMS),
    "minor_danger": (Need.CHILD, Need.YOUTH),
}


def lines_said(scene: Scene, _: Translator, *, letter: bool) -> str:
    """One line, or two for somebody young; where none answers in this language, the directory.

    A letter is read later: it names a line that answers day and night, else one with its hours. Where nobody
    knows the member's country: the line of the community's, and the directory for everywhere else.
    """
    named: dict[HelpLine, None] = {}
    for group in _groups(scene):
        line = next((each for each in _answering(scene, group, _, letter=letter) if each not in named), None)
        if line:
            named[line] = None
    if not named:
        named = dict.fromkeys(_answering(scene, _ANYBODY, _, letter=letter)[:1])
    directory = scene.guide.help_lines.directory
    lines = listed((_said(line, _, letter=letter) for line in named or {directory: None}), _, last="or")
    if _member_country(scene) or not named:
        return lines
    home = country_name(_country(scene), _)
    away = _said(directory, _, letter=letter)
    return _("{lines} ({country}); elsewhere: {directory}", lines=lines, country=home, directory=away)


def emergency_said(scene: Scene, _: Translator) -> str:
    """«le 15 ou le 112»: the first number of the member's country, and 112 where it works there.

    Where nobody knows their country 112 alone, if it works in the community's.
    """
    lines = scene.guide.help_lines.emergency_numbers(_country(scene))
    voices = [c.value for line in lines for c in line.contacts if c.kind is ContactKind.VOICE]
    european = [each for each in voices if each == _EUROPEAN]
    numbers = dict.fromkeys([*voices[:1], *european] if _member_country(scene) or not european else european)
    return listed((f"{_ARTICLE[_.locale]}{number}" for number in numbers), _, last="or")


def _member_country(scene: Scene) -> str:
    """Empty where nobody knows it."""
    return scene.member.country if scene.member else ""


def _country(scene: Scene) -> str:
    """The member's, else the community's, where most of its members live; the gate takes the same."""
    return _member_country(scene) or scene.guide.community(scene.crisis).country


def _groups(scene: Scene) -> tuple[Group, ...]:
    minor = scene.member is not None and scene.member.age in {Age.UNDER_15, Age.UNDER_18}
    first = _BY_CATEGORY.get(scene.crisis.category, _ANYBODY)
    return (_YOUNG, first) if minor and first is _ANYBODY else (first,)


def _answering(scene: Scene, group: Group, _: Translator, *, letter: bool) -> list[HelpLine]:
    """Those that speak the language and answer; for a letter those first that answer at any hour."""
    found = list(_open_lines(scene, group, _, letter=letter))
    return sorted(found, key=lambda line: not _is_always_open(line)) if letter else found


def _open_lines(scene: Scene, group: Group, _: Translator, *, letter: bool) -> Iterator[HelpLine]:
    for each in scene.guide.help_lines.member_lines(_country(scene), group, scene.now):
        line = each.line
        speaks = not line.languages or _.locale in line.languages
        open_then = line.hours is not None if letter else each.now is Openness.OPEN
        if speaks and open_then and Need.EMERGENCY not in line.needs:
            yield line


def _said(line: HelpLine, _: Translator, *, letter: bool) -> str:
    """«3114, numéro national de prévention du suicide, jour et nuit»."""
    name, contact = line.name.in_(_.locale), _way(line)
    parts = [name] if contact.value in name else [name, _contact(contact, _)]
    if _is_always_open(line):
        parts.append(_("day and night"))
    elif letter and line.hours:
        parts.append(hours(line.hours, _))
    return ", ".join(parts)


def _is_always_open(line: HelpLine) -> bool:
    return bool(line.hours and _ALWAYS in line.hours)


def _way(line: HelpLine) -> Contact:
    return min(line.contacts, key=lambda each: _SPEAKABLE.index(each.kind) if each.kind in _SPEAKABLE else 9)


def _contact(contact: Contact, _: Translator) -> str:
    match contact.kind:
        case ContactKind.VOICE:
            return contact.value
        case ContactKind.SMS if contact.keyword:
            return _("text message “{keyword}” to {number}", keyword=contact.keyword, number=contact.value)
        case ContactKind.SMS:
            return _("text message to {number}", number=contact.value)
        case ContactKind.WEB | ContactKind.EMAIL:
            return contact.value.removeprefix("https://")
