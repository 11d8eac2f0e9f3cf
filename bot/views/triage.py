"""What the triage aid proposes, the words that made it think so, and what people can make of it."""

from collections.abc import Iterator, Sequence

from bot import data
from bot.cards import (
    Action,
    Actions,
    Block,
    Button,
    Card,
    ChoiceField,
    Fields,
    Form,
    Quote,
    Style,
    Text,
    TextField,
    Tone,
)
from bot.domain.events import SeverityChanged
from bot.domain.proposal import Proposal, Reason
from bot.domain.states import CrisisStatus
from bot.domain.subjects import member_subject
from bot.domain.triage import lower_levels
from bot.domain.verbs import Verb
from bot.domain.wording import cut
from bot.texts import N_
from bot.views.acts import where
from bot.views.buttons import button, life_in_danger
from bot.views.lines import drill_notice, summary, title
from bot.views.now import emergency_open
from bot.views.scene import Scene
from bot.views.whence import from_elsewhere, whence

MAX_REASONS = 8
LONGEST_PASSAGE = 200

LANGUAGES = {"fr": N_("in French"), "en": N_("in English"), "fr+en": N_("in French and English")}


def proposal_line(scene: Scene) -> tuple[Text, ...]:
    """On the brief card, while it is graver than what people have set."""
    proposal = scene.guide.proposal(scene.crisis)
    if proposal is None:
        return _only_a_link(scene)
    told = scene._(
        "{proposed}: {button}", proposed=_proposed(scene, proposal), button=where(scene, Verb.TRIAGE)
    )
    line = Text(told, Tone.STRONG if proposal.level.is_grave else Tone.NORMAL)
    return (line, *from_elsewhere(scene, proposal.country))


def _only_a_link(scene: Scene) -> tuple[Text, ...]:
    """Silence must not be read as «no signal»: nothing was judged."""
    crisis, _ = scene.crisis, scene._
    settled = crisis.level is not None or crisis.status is CrisisStatus.CLOSED
    if settled or not crisis.messages or any(message.text for message in crisis.messages):
        return ()
    told = _(
        "Triage aid: nothing was judged, only a link is known. Copy the message: {button}",
        button=where(scene, Verb.COMPLETE),
    )
    return (Text(told),)


def triage_card(scene: Scene, proposal: Proposal) -> Card:
    """Each passage that counted, with why; then the whole message. The call for help stands first."""
    crisis, _ = scene.crisis, scene._
    text = proposal.words or (crisis.message.text if crisis.message else "")
    category = scene.guide.categories[proposal.category].label.in_(_.locale)
    kind = _("{category}, {language}.", category=category, language=_(LANGUAGES[proposal.language]))
    passages = tuple(_passages(scene, text, proposal.reasons))[:MAX_REASONS]
    label = _("What was judged; what counted stands in [ ]")
    if not proposal.words:
        label = _("The member wrote; what counted stands in [ ]")
    whole = Quote(_marked(text, proposal.reasons), label)
    reasons: tuple[Block, ...] = (Fields(passages),) if passages else ()
    return Card(
        summary=summary(scene, _("why the triage aid proposes a level")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(_proposed(scene, proposal), Tone.STRONG),
            Text(kind),
            *_axes(scene, proposal),
            *whence(scene, proposal.country),
            *reasons,
            whole,
            Text(_("It may be wrong, both ways. You decide."), Tone.MUTED),
            Actions(_decisions(scene)),
        ),
    )


def decline_form(scene: Scene, proposal: Proposal) -> Form:
    """Less grave: how grave, and why."""
    _ = scene._
    two = Text(_("Two people must ask to lower from {level}, each with a reason.", level=proposal.level))
    return Form(
        action=Action(Verb.TRIAGE_DECLINE, member_subject(scene.crisis, proposal.member)),
        title=_("Another level"),
        submit=_("Record"),
        cancel=_("Cancel"),
        intro=(two,) if proposal.level.is_grave else (),
        fields=(
            ChoiceField(
                "level",
                _("Level of distress"),
                tuple(
                    (level.value, f"{level} · {scene.guide.levels[level].label.in_(_.locale)}")
                    for level in lower_levels(scene.crisis, proposal)
                ),
                required=True,
                hint=_("A working mark, not a diagnosis. If you hesitate between two, take the graver."),
            ),
            TextField("reason", _("Why not {level}?", level=proposal.level), required=True, max_length=500),
        ),
    )


def raised_card(scene: Scene, event: SeverityChanged) -> Card | None:
    """Said to everybody when the aid itself has raised the severity; None when a person has."""
    proposal, _ = scene.crisis.proposal, scene._
    if event.by is not None or proposal is None:
        return None
    told = _(
        "The triage aid proposes {level}: the severity is {severity} now. Read the message, and decide.",
        level=proposal.level,
        severity=event.after,
    )
    subject = scene.crisis.id
    return Card(
        summary=summary(scene, _("severity {severity}", severity=event.after)),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(told, Tone.STRONG),
            Actions((life_in_danger(subject, _), button(Verb.TRIAGE, subject, _))),
        ),
        tone=Tone.ALERT,
    )


def _proposed(scene: Scene, proposal: Proposal) -> str:
    told = scene._(
        "Triage aid: {level}, {label}, proposed (a mark, not a diagnosis)",
        level=proposal.level,
        label=scene.guide.levels[proposal.level].label.in_(scene._.locale),
    )
    whom = scene.about(proposal.member).named
    return scene._("{told}, of {member}", told=told, member=whom) if whom else told


def _axes(scene: Scene, proposal: Proposal) -> Iterator[Text]:
    """What the level does not say."""
    _ = scene._
    for axis in proposal.axes:
        facts = data.axes()[axis]
        named, to_do = facts.label.in_(_.locale), facts.to_do.in_(_.locale)
        yield Text(_("Besides the level: {axis}. To do: {to_do}.", axis=named, to_do=to_do))


def _passages(scene: Scene, text: str, reasons: Sequence[Reason]) -> Iterator[tuple[str, str]]:
    """Each passage once, with everything that is said of it."""
    for start, end in dict.fromkeys((reason.start, reason.end) for reason in reasons):
        said = " · ".join(
            reason.why.in_(scene._.locale) for reason in reasons if (reason.start, reason.end) == (start, end)
        )
        yield scene._("“{passage}”", passage=cut(text[start:end], LONGEST_PASSAGE)[0]), said


def _marked(text: str, reasons: Sequence[Reason]) -> str:
    """The whole text; of passages that lie in one another the first is marked."""
    chosen: list[Reason] = []
    for reason in reasons:
        if all(reason.end <= other.start or other.end <= reason.start for other in chosen):
            chosen.append(reason)
    for reason in sorted(chosen, key=lambda reason: -reason.start):
        text = f"{text[: reason.start]}[{text[reason.start : reason.end]}]{text[reason.end :]}"
    return text


def _decisions(scene: Scene) -> tuple[Button, ...]:
    crisis, _ = scene.crisis, scene._
    call = life_in_danger(crisis.id, _)
    if emergency_open(crisis):
        call = button(Verb.I_CALLED, crisis.id, _, style=Style.PRIMARY)
    proposal = scene.guide.proposal(crisis)
    if proposal is None:
        return (call,)
    subject = member_subject(crisis, proposal.member)
    action = Action(Verb.TRIAGE_KEEP, subject, int(proposal.level[1]))
    keep = Button(_("Set {level}", level=proposal.level), action, Style.PRIMARY)
    return (call, keep, button(Verb.TRIAGE_DECLINE, subject, _))
