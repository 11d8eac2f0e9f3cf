"""«No known way to the member»: what is proposed, each with its proof, and nothing of it by a machine."""

from collections.abc import Iterator
from dataclasses import replace

from bot import data
from bot.cards import Action, Actions, Block, Button, Card, Fields, Form, Style, Text, TextField, Tone
from bot.domain import contacts, reaching, sending
from bot.domain.events import NoWayKnown
from bot.domain.helplines import HelpLine
from bot.domain.reports import Report
from bot.domain.states import Confidence, Recourse, Route
from bot.domain.subjects import recourse_subject, route_subject
from bot.domain.verbs import Verb
from bot.domain.watch import needs_two_to_close
from bot.texts import N_
from bot.views import dates
from bot.views.buttons import button, quoted
from bot.views.contacts import MEANS
from bot.views.lines import drill_notice, listed, summary, title, when, writer
from bot.views.now import dialled, level_in_force, numbers
from bot.views.reaching import BEING_WRITTEN, RECOURSES, no_way_stands
from bot.views.scene import Scene

ASKED = {
    Recourse.PLATFORM: N_("Report to the platform…"),
    Recourse.PHAROS: N_("Report to PHAROS…"),
    Recourse.NOTHING: N_("Nothing possible…"),
}
TITLES = {
    Recourse.PLATFORM: N_("Report to the platform"),
    Recourse.PHAROS: N_("Report to PHAROS"),
    Recourse.NOTHING: N_("Nothing possible"),
}


def no_way_card(scene: Scene, event: NoWayKnown) -> Card:
    """What can be done all the same; once a way is known, or asked for no more, what was done."""
    _ = scene._
    stands = no_way_stands(scene) and scene.crisis.reaching.said_at == event.at
    told = _(
        "No known way to the member. {name} chooses what is done now, then notes it with its proof.",
        name=scene.guide.name(writer(scene)),
    )
    if not stands:
        told = _(
            "There is nothing left to choose here: the card of the crisis says how the member is reached."
        )
    buttons = _buttons(scene) if stands else ()
    return Card(
        summary=summary(scene, _("no known way to the member") if stands else _("about reaching the member")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(told, Tone.STRONG),
            *(_advice(scene) if stands else ()),
            *_done(scene),
            *([Actions(buttons)] if buttons else []),
        ),
        tone=Tone.ALERT if stands else Tone.NORMAL,
    )


def recourse_form(scene: Scene, recourse: Recourse) -> Form:
    """What shows that it was done, and when; or why nothing can be."""
    _ = scene._
    asked = _("What shows it?")
    if recourse is Recourse.NOTHING:
        asked = _("Why is nothing possible?")
    proof = TextField("note", asked, hint=_(HINTS[recourse]), required=True, multiline=True, max_length=500)
    done_at = TextField(
        "done_at",
        _("At what time?"),
        value=dates.hour(scene.now, scene.zone),
        hint=_("Hour and minutes, for example 03:14"),
        required=True,
        max_length=40,
    )
    return Form(
        action=Action(Verb.RECOURSE, recourse_subject(scene.crisis, recourse)),
        title=_(TITLES[recourse]),
        submit=_("Record"),
        cancel=_("Cancel"),
        intro=(*drill_notice(scene), *_how(scene, recourse)),
        fields=(proof,) if recourse is Recourse.NOTHING else (proof, done_at),
    )


HINTS = {
    Recourse.PLATFORM: N_("A link, or the number of the report. Without the member's name or words"),
    Recourse.PHAROS: N_("The number of the report. Without the member's name or words"),
    Recourse.NOTHING: N_("What was tried, and why nothing else is left. Without the member's name or words"),
}


def public_word_form(scene: Scene, form: Form) -> Form:
    """The form of a reply, for the one way that everybody reads."""
    _ = scene._
    told = _(
        "Everybody reads it: quote nothing, name nobody, say nothing of what was written. "
        "Say where help is, and where the member can write to you."
    )
    public = (Route.PUBLIC_POST.value,)
    fields = tuple(
        replace(each, values=public) if each.kind == "checks_field" and each.name == "routes" else each
        for each in form.fields
    )
    return replace(form, intro=(Text(told, Tone.STRONG), *form.intro), fields=fields)


def _advice(scene: Scene) -> Iterator[Text]:
    """Whom to call first, who still looks, what else is known, and what closing asks."""
    _, crisis = scene._, scene.crisis
    if pharos := _pharos(scene):
        report, line = pharos
        told = f"{report.told.in_(_.locale)} {line.contacts[0].value}"
        yield Text(told, numbers=() if crisis.drill else report.call_first)
    elif scene.guide.is_distress(crisis) and not crisis.drill:
        country = scene.guide.community(crisis).country
        lines = scene.guide.help_lines.emergency_numbers(country)
        told = _("A life in danger? Call {numbers} first.", numbers=numbers(scene, country))
        yield Text(told, numbers=dialled(scene, lines))
    if contacts.under_way(crisis):
        yield Text(_("The search for contacts goes on: what is found opens a way."))
    others = {
        c.means
        for c in contacts.usable(crisis)
        if c.means not in contacts.ROUTES and c.confidence is not Confidence.DOUBTFUL
    }
    if others:
        means = listed((_(MEANS[each]) for each in MEANS if each in others), _)
        button = quoted(Verb.CONTACTS, _)
        yield Text(_("Known, for a person to use: {means} ({button}).", means=means, button=button))
    if needs_two_to_close(crisis, level_in_force(scene)):
        yield Text(_("None of this is an answer to the member. To close, two people must ask for it."))


def _done(scene: Scene) -> tuple[Block, ...]:
    _, taken = scene._, scene.crisis.reaching.taken
    pairs = tuple(
        (
            _(RECOURSES[each.recourse]),
            _(
                "{name}, {when}: {note}",
                name=scene.guide.name(each.by),
                when=when(scene, each.done_at),
                note=each.note,
            ),
        )
        for each in taken
    )
    return (Fields(pairs),) if pairs else ()


def _buttons(scene: Scene) -> tuple[Button, ...]:
    """A private message, reports, a public word; last that nothing is possible."""
    _, crisis = scene._, scene.crisis
    if scene.for_guest:
        return ()
    taken = {each.recourse for each in reaching.taken_now(crisis)}
    reports = (
        *([Recourse.PLATFORM] if scene.guide.is_distress(crisis) else []),
        *([Recourse.PHAROS] if _pharos(scene) else []),
    )
    return (
        *_privately(scene),
        *(_recourse(scene, each) for each in reports if each not in taken),
        button(Verb.PUBLIC_WORD, crisis.id, _),
        *(_recourse(scene, each) for each in (Recourse.NOTHING,) if each not in taken),
    )


def _privately(scene: Scene) -> tuple[Button, ...]:
    """The text that was released goes there, too; without one, a reply is written."""
    crisis, label, draft = scene.crisis, scene._("Private message…"), reaching.to_send(scene.crisis)
    if draft is not None and sending.may_write_privately(crisis, draft.number):
        subject = route_subject(crisis, draft.number, Route.PRIVATE_MESSAGE)
        return (Button(label, Action(Verb.DISPATCH, subject, draft.current.number), Style.PRIMARY),)
    if draft is not None or any(each.status in BEING_WRITTEN for each in crisis.drafts):
        return ()
    return (Button(label, Action(Verb.DRAFT, crisis.id), Style.PRIMARY),)


def _recourse(scene: Scene, recourse: Recourse) -> Button:
    return Button(scene._(ASKED[recourse]), Action(Verb.RECOURSE, recourse_subject(scene.crisis, recourse)))


def _pharos(scene: Scene) -> tuple[Report, HelpLine] | None:
    """Where the kind of crisis and the country call for it, and its line needs no review."""
    crisis = scene.crisis
    theirs = crisis.member.country if crisis.member else ""
    country, level = theirs or scene.guide.community(crisis).country, level_in_force(scene)
    for report in data.reports():
        lines = [line for line in scene.guide.help_lines.lines if line.id == report.line]
        called_for = report.is_called_for(country=country, category=crisis.category, level=level)
        if called_for and lines and lines[0].review_due > scene.now.date():
            return report, lines[0]
    return None


def _how(scene: Scene, recourse: Recourse) -> Iterator[Text | Fields]:
    """How it is done, and what there is to give."""
    _ = scene._
    match recourse:
        case Recourse.PLATFORM:
            told = _(
                "Report it where the message stands, by the platform's own way for somebody who may harm "
                "themselves. It is no answer to the member."
            )
            yield Text(told)
        case Recourse.PHAROS:
            for report, line in filter(None, [_pharos(scene)]):
                told = f"{report.told.in_(_.locale)} {line.contacts[0].value}"
                yield Text(told, Tone.STRONG, numbers=() if scene.crisis.drill else report.call_first)
        case Recourse.NOTHING:
            yield Text(_("The follow-ups of the member go on. The search for contacts can begin anew."))
            return
    yield from _to_give(scene)


def _to_give(scene: Scene) -> Iterator[Fields]:
    """Where the message stands, who wrote it and when."""
    _, message, member = scene._, scene.crisis.message, scene.crisis.member
    written = message and message.written_at
    pairs = (
        (_("Link"), message.link if message else ""),
        (_("Pseudonym"), member.handle if member else ""),
        (_("Written"), dates.full(written, scene.zone, _) if written else ""),
        (_("Seen"), dates.full(message.seen_at, scene.zone, _) if message else ""),
    )
    if known := tuple(pair for pair in pairs if pair[1]):
        yield Fields(known)
