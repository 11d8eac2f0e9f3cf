"""Numbers as they are read aloud or handed over."""

from babel.dates import format_date

from bot.cards import Block, Text, Tone
from bot.domain.helplines import Contact, ContactKind, HelpLine, Need, Openness, Suggestion
from bot.domain.levels import Level
from bot.domain.states import Age
from bot.texts import N_, Translator
from bot.views.lines import BABEL_LOCALES
from bot.views.now import level_in_force
from bot.views.places import country_name
from bot.views.scene import Scene

GIVEN = 4
"""A frightened person reads three numbers and an address, not twelve."""

PROFESSIONALS_TOO = "fr-3114"
"""The national prevention line of France also advises those who help (3114.fr)."""

OPENNESS = {
    Openness.OPEN: N_("open now"),
    Openness.UNKNOWN: N_("hours not known"),
    Openness.CLOSED: N_("closed now"),
}


def caller_lines(scene: Scene, country: str) -> tuple[str, ...]:
    """Whom one of us calls from a country, a line each."""
    return tuple(_line(line, scene._) for line in scene.guide.help_lines.emergency_numbers(country))


def give_to_member(scene: Scene, country: str) -> tuple[Block, ...]:
    """What the member is given, from their country, and whether somebody answers there now."""
    _ = scene._
    theirs = scene.crisis.member.country if scene.crisis.member else ""
    found = scene.guide.help_lines.member_lines(theirs or None, _needs(scene), scene.now)
    shown = (*found[: GIVEN - 1], found[-1])
    where = country_name(theirs, _) if theirs else _("country unknown")
    heading = _("To give to the member ({country}):", country=where)
    blocks = [Text("\n".join([heading, *(_suggested(each, _) for each in dict.fromkeys(shown))]))]
    level = level_in_force(scene)
    ours = next((l for l in scene.guide.help_lines.lines if l.id == PROFESSIONALS_TOO), None)
    if level is not None and level >= Level.D3 and country == "FR" and ours:
        blocks.append(Text(_("In doubt, the 3114 also advises you: moderators may call it, day and night.")))
    review = min(each.line.review_due for each in shown)
    blocks.append(
        Text(
            _(
                "Numbers from Cellule's help line file, to be checked again before {date}.",
                date=format_date(review, "d MMMM y", locale=BABEL_LOCALES[_.locale]),
            ),
            Tone.MUTED,
        )
    )
    return tuple(blocks)


def _needs(scene: Scene) -> tuple[Need, ...]:
    member = scene.crisis.member
    minor = member is not None and member.age in {Age.UNDER_15, Age.UNDER_18}
    young = (Need.CHILD, Need.YOUTH) if minor else ()
    return (*young, Need.SUICIDE, Need.LISTENING)


def _suggested(suggestion: Suggestion, _: Translator) -> str:
    return _("{line}, {openness}", line=_line(suggestion.line, _), openness=_(OPENNESS[suggestion.now]))


def _line(line: HelpLine, _: Translator) -> str:
    name, how = line.name.in_(_.locale), " · ".join(contact(each, _) for each in line.contacts)
    audience = f" ({line.audience.in_(_.locale)})" if line.audience else ""
    return f"– {how}: {name}{audience}" if _.locale == "en" else f"– {how} : {name}{audience}"


def contact(found: Contact, _: Translator) -> str:
    """How to reach a line: the number, and whether to write instead of speaking."""
    match found.kind:
        case ContactKind.VOICE | ContactKind.WEB:
            return found.value
        case ContactKind.SMS if found.keyword:
            return _("text «{keyword}» to {number}", keyword=found.keyword, number=found.value)
        case ContactKind.SMS:
            return _("text message to {number}", number=found.value)
        case ContactKind.EMAIL:
            return _("e-mail to {address}", address=found.value)
