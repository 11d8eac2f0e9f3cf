"""The page of paper for the day on which nothing works: telephones, first acts, emergency numbers."""

from collections.abc import Iterator
from datetime import datetime

from babel.dates import format_date

from bot.domain.helplines import HelpLines, Need
from bot.domain.hours import DAYS, WeekHours
from bot.domain.ids import PersonId
from bot.domain.roster import Role, role_name
from bot.plan.model import Community, Plan
from bot.texts import N_, Translator, translator
from bot.views.help_lines import read_aloud
from bot.views.lines import BABEL_LOCALES
from bot.views.places import country_name

FIRST_ACTS = (
    N_("Life in danger: call now, nobody has to agree. Say where the member is, what they wrote, when."),
    N_("Copy the message, its address and its hour. Then hide it; do not delete it."),
    N_("Call the people below, from the top of each line, until one answers."),
    N_("Write to the member in private: that they were read, and whom they can call. Alone if need be."),
    N_("Write down what is done, by whom, at what hour; Cellule takes it over afterwards."),
)


def page(plan: Plan, community: Community, *, help_lines: HelpLines, now: datetime) -> str:
    """A page in Markdown, in the community's language, to be printed and kept where no screen is needed."""
    _ = translator(community.locale)
    today = format_date(now.astimezone(community.timezone).date(), "d MMMM y", locale=BABEL_LOCALES[_.locale])
    return "\n".join(
        (
            "# " + _("{community}: when nothing works", community=community.name),
            "",
            _("Printed on {date}. Print it anew after each change of the plan.", date=today),
            "",
            "## " + _("First"),
            *(f"{n}. {_(act)}" for n, act in enumerate(FIRST_ACTS, start=1)),
            "",
            "## " + _("Numbers ({country})", country=country_name(community.country, _)),
            *(f"- {line}" for line in _numbers(community, help_lines, now, _)),
            "",
            "## " + _("The cell"),
            *_telephones(plan, community, _),
            *_first_message(community, now, _),
        )
    )


def _numbers(community: Community, lines: HelpLines, now: datetime, _: Translator) -> Iterator[str]:
    for line in lines.emergency_numbers(community.country):
        yield f"**{read_aloud(line, _)}**"
    for suggestion in lines.member_lines(community.country, (Need.SUICIDE, Need.LISTENING), now):
        if Need.EMERGENCY not in suggestion.line.needs:
            yield read_aloud(suggestion.line, _)


def _telephones(plan: Plan, community: Community, _: Translator) -> Iterator[str]:
    yield _row(_("Role"), _("Whom to call, in this order"))
    yield "|---|---|"
    for role, people in community.roles.items():
        reached = (_reached(plan, community, role, person, _) for person in people)
        yield _row(role_name(role, _), "<br>".join(reached))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _reached(plan: Plan, community: Community, role: Role, person: PersonId, _: Translator) -> str:
    known = plan.person(person)
    spans = community.duty.hours.get((role, person), ())
    hours = [_span(span, _) for span in spans]
    return " · ".join([known.name, known.phone or _("no telephone in the plan"), *hours])


def _span(span: WeekHours, _: Translator) -> str:
    """«lun, mar 09:00-19:00»."""
    names = [_(DAY_NAMES[day]) for day in sorted(span.days)]
    days = _("every day") if len(names) == len(DAYS) else ", ".join(names)
    return f"{days} {_clock(span.start)}-{_clock(span.end)}"


DAY_NAMES = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _first_message(community: Community, now: datetime, _: Translator) -> Iterator[str]:
    message = community.first_message
    if message is None or message.until < now.astimezone(community.timezone).date():
        return
    yield ""
    yield "## " + _("A first word that the client has agreed to")
    for text in message.texts.values():
        yield f"> {text}"
        yield ""
