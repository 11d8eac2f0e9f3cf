"""What somebody reads who asks: where we stand, what waits for them, what can be typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.cards import Action, Actions, Button, Card, Fields, RoomLink, Text, Tone
from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from bot.texts import N_, Translator
from bot.views.brief import STATUSES, do_now, facts
from bot.views.buttons import button, life_in_danger, quoted
from bot.views.duty import quiet
from bot.views.lines import drill_notice, room_link, summary, title
from bot.views.now import what_to_do
from bot.views.scene import Scene

MAX_LISTED = 15
MAX_LINKS = 4

COMMANDS = (
    (N_("/crisis open [text]"), N_("opens a crisis; a short form asks the rest")),
    (N_("/crisis urgent TEXT"), N_("opens it at once, without a form")),
    (N_("/crisis emergency"), N_("a life is in danger: whom to call, what to say")),
    (N_("/crisis draft"), N_("writes a reply to have approved")),
    (N_("/crisis ask ROLE QUESTION"), N_("asks an expert before a reply is written")),
    (N_("/crisis status"), N_("where the crisis stands")),
    (N_("/crisis list"), N_("your open crises, what waits for you first")),
    (N_("/crisis add [text]"), N_("another message or member in the same crisis")),
    (N_("/crisis merge NUMBER"), N_("this crisis goes on in another one about the same")),
    (N_("/crisis note TEXT"), N_("a line for the log; “note ? TEXT” keeps a question of the public")),
    (N_("/crisis remind WHEN TEXT"), N_("a reminder: in 2h, tomorrow 9am…")),
    (N_("/crisis role ROLE @person"), N_("names somebody, who is called at once")),
    (N_("/crisis guest ROLE NAME EMAIL"), N_("a link for somebody without a seat here")),
    (N_("/crisis severity 1-4"), N_("how grave it is, 4 the gravest")),
    (N_("/crisis handover @person"), N_("asks somebody to take your crises over")),
    (N_("/crisis away until WHEN"), N_("others are called before you until then")),
    (N_("/crisis log"), N_("the last 20 lines of the log")),
    (N_("/crisis cancel"), N_("a false alarm: everybody may go back to sleep")),
    (N_("/crisis close"), N_("ends the crisis; follow-ups go on")),
    (N_("/crisis help"), N_("this page")),
)


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One crisis of a list. `waits` says whether something there waits for the reader."""

    scene: Scene
    waits: bool


def status_card(scene: Scene) -> Card:
    """The brief card without the member's words, for whoever asks anywhere: it offers what it names."""
    crisis, _ = scene.crisis, scene._
    return Card(
        summary=summary(scene, _(STATUSES[crisis.status], severity=crisis.severity)),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            do_now(scene),
            *quiet(scene),
            facts(scene, complete=quoted(Verb.COMPLETE, _) if _completes(scene) else ""),
            Actions((life_in_danger(crisis.id, _), *_named(scene), *_way_in(scene))),
        ),
    )


def list_card(entries: Sequence[ListEntry], _: Translator) -> Card:
    """Open crises, those that wait for the reader first, then the gravest, then the oldest."""
    rank = sorted(entries, key=lambda e: (not e.waits, -e.scene.crisis.severity, e.scene.crisis.opened_at))
    if not rank:
        nothing = Text(_("Nothing is open. To open a crisis: /crisis open"))
        return Card(summary=_("Cellule: your crises"), title=_("Your crises"), blocks=(nothing,))
    shown = rank[:MAX_LISTED]
    blocks = [Text(_entry(entry), Tone.STRONG if entry.waits else Tone.NORMAL) for entry in shown]
    if more := len(rank) - len(shown):
        blocks.append(Text(_.n("and {n} more", "and {n} more", more), Tone.MUTED))
    links = tuple(link for entry in shown[:MAX_LINKS] for link in numbered_link(entry.scene))
    return Card(
        summary=_("Cellule: your crises"),
        title=_("Your crises"),
        blocks=(*blocks, Actions((*links, button(Verb.HANDOVER, "", _)))),
    )


def help_card(_: Translator) -> Card:
    """What can be typed."""
    return Card(
        summary=_("Cellule: help"),
        title=_("What you can type"),
        blocks=(
            Fields(tuple((_(command), _(meaning)) for command, meaning in COMMANDS)),
            Text(_("The buttons do the same. English and French words both work everywhere."), Tone.MUTED),
        ),
    )


def done_card(sentence: str, _: Translator) -> Card:
    """A short answer to whoever asked."""
    return Card(summary=_("Cellule: done"), title=_("Noted"), blocks=(Text(sentence),))


def second_person_card(_: Translator) -> Card:
    """To the first of two who must ask for the same."""
    return done_card(_("It is noted. A second person must ask for it too: the room is told."), _)


def _entry(entry: ListEntry) -> str:
    scene, _ = entry.scene, entry.scene._
    line = _("{title}: {what}", title=title(scene), what=what_to_do(scene))
    return _("FOR YOU · {line}", line=line) if entry.waits else line


def numbered_link(scene: Scene) -> tuple[RoomLink | Button, ...]:
    """The way into a room, named by its crisis: several stand side by side. Else where it stands."""
    label = scene._("Open {number}", number=scene.crisis.number)
    inside = tuple(RoomLink(label, link.platform, link.room) for link in _way_in(scene))
    return inside or (Button(label, Action(Verb.STATUS, scene.crisis.id)),)


def _completes(scene: Scene) -> bool:
    """Whether the reader may write down who the member is."""
    return scene.reader in scene.crisis.people and not scene.for_guest


def _named(scene: Scene) -> Iterator[Button]:
    """The buttons that the sentences of an open crisis name."""
    crisis, _ = scene.crisis, scene._
    if crisis.status is CrisisStatus.CLOSED or scene.for_guest:
        return
    if _completes(scene) and not (crisis.member and crisis.member.is_known):
        yield button(Verb.COMPLETE, crisis.id, _)
    yield button(Verb.MORE, crisis.id, _)


def _way_in(scene: Scene) -> tuple[RoomLink, ...]:
    """To a manager without a part in the crisis its room does not exist."""
    outside = scene.reader is not None and scene.reader not in scene.crisis.people
    return () if outside else room_link(scene)
