"""Numbers as they are read aloud or handed over."""

from babel.dates import format_date

from bot.cards import Text, Tone
from bot.domain.helplines import Contact, ContactKind, HelpLine, Need, Openness, Suggestion
from bot.domain.levels import Level
from bot.domain.states import Age
from bot.texts import N_, Translator
from bot.views.lines import BABEL_LOCALES
from bot.views.now import dialled, level_in_force
from bot.views.places import country_name
from bot.views.scene import Scene

GIVEN = 3
"""A frightened person reads three numbers, not twelve; the directory follows them."""

GIVEN_TO_US = 2

PROFESSIONALS_TOO = "fr-3114"
"""The national prevention line of France also advises those who help (3114.fr)."""

OPENNESS = {
    Openness.OPEN: N_("open now"),
    Openness.UNKNOWN: N_("hours not known"),
    Openness.CLOSED: N_("closed now"),
}

Given = tuple[Suggestion, ...]


def read_aloud(line: HelpLine, _: Translator) -> str:
    """Number, name, whom it is for; a name that begins with its number says it once."""
    name = line.name.in_(_.locale)
    contacts = [_contact(each, _) for each in line.contacts if not name.startswith(each.value)]
    audience = [line.audience.in_(_.locale)] if line.audience else []
    return " · ".join([*contacts, name, *audience])


def caller_lines(scene: Scene, country: str) -> Text:
    """Whom one of us calls from a country."""
    lines = scene.guide.help_lines.emergency_numbers(country)
    heading = scene._("You call from: {country}", country=country_name(country, scene._))
    told = _listed(heading, *(read_aloud(line, scene._) for line in lines))
    return Text(told, numbers=dialled(scene, lines))


def member_lines(scene: Scene) -> tuple[Text, ...]:
    """What the member is given, and whether somebody answers there now.

    Where nobody knows their country: what helps anywhere, then the lines of the community's own.
    """
    _ = scene._
    theirs = scene.member.country if scene.member else ""
    ours = scene.guide.community(scene.crisis).country
    given = _given(scene, theirs or None)
    where = country_name(theirs, _) if theirs else _("country unknown")
    texts = [_text(scene, _("To give to the member ({country}):", country=where), given)]
    if not theirs:
        local = _given(scene, ours)
        only_there = tuple(each for each in local if each not in given)
        there = _("If they live in {country}:", country=country_name(ours, _))
        texts.append(_text(scene, there, only_there))
        given += local
    return (*texts, _review(given, _))


def advice(scene: Scene, country: str) -> tuple[Text, ...]:
    """Whom one of us may ask in doubt, from D3 on."""
    level = level_in_force(scene)
    known = [line for line in scene.guide.help_lines.lines if line.id == PROFESSIONALS_TOO]
    if level is None or level < Level.D3 or country != "FR" or not known:
        return ()
    told = scene._("In doubt, the 3114 also advises you: moderators may call it, day and night.")
    return (Text(told, numbers=dialled(scene, known)),)


def caller_country(scene: Scene) -> str:
    """Where the one who calls is: the reader's country, the community's in a room."""
    known = scene.guide.plan.people.get(scene.reader) if scene.reader else None
    return (known.country if known else None) or scene.guide.community(scene.crisis).country


def for_ourselves(scene: Scene) -> tuple[Text, ...]:
    """Who listens to one of us, where they are."""
    country, _ = caller_country(scene), scene._
    found = scene.guide.help_lines.member_lines(country, (Need.SUICIDE, Need.LISTENING), scene.now)
    given = tuple(dict.fromkeys((*found[:GIVEN_TO_US], found[-1])))
    return (_text(scene, _("For you, too ({country}):", country=country_name(country, _)), given),)


def _given(scene: Scene, country: str | None) -> Given:
    """The first lines and the directory, which comes last."""
    found = scene.guide.help_lines.member_lines(country, _needs(scene), scene.now)
    return tuple(dict.fromkeys((*found[:GIVEN], found[-1])))


def _needs(scene: Scene) -> tuple[Need, ...]:
    member = scene.member
    minor = member is not None and member.age in {Age.UNDER_15, Age.UNDER_18}
    young = (Need.CHILD, Need.YOUTH) if minor else ()
    return (*young, Need.SUICIDE, Need.LISTENING)


def _text(scene: Scene, heading: str, given: Given) -> Text:
    told = _listed(heading, *(_suggested(each, scene._) for each in given))
    return Text(told, numbers=dialled(scene, (each.line for each in given)))


def _review(given: Given, _: Translator) -> Text:
    due = format_date(min(each.line.review_due for each in given), "d MMMM y", locale=BABEL_LOCALES[_.locale])
    told = _("Numbers from Cellule's help line file, to be checked again before {date}.", date=due)
    return Text(told, Tone.MUTED)


def _listed(heading: str, *lines: str) -> str:
    return "\n".join([heading, *(f"– {line}" for line in lines)])


def _suggested(suggestion: Suggestion, _: Translator) -> str:
    """A line and whether it answers now; an address answers at any hour."""
    if all(each.kind is ContactKind.WEB for each in suggestion.line.contacts):
        return read_aloud(suggestion.line, _)
    return f"{read_aloud(suggestion.line, _)} · {_(OPENNESS[suggestion.now])}"


def _contact(found: Contact, _: Translator) -> str:
    """How to reach a line: the number, and whether to write instead of speaking."""
    match found.kind:
        case ContactKind.VOICE | ContactKind.WEB:
            return found.value
        case ContactKind.SMS if found.keyword:
            return _("text message “{keyword}” to {number}", keyword=found.keyword, number=found.value)
        case ContactKind.SMS:
            return _("text message to {number}", number=found.value)
        case ContactKind.EMAIL:
            return _("e-mail to {address}", address=found.value)
