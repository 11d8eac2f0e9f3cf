"""What the cards of a reply are made of."""

from bot.cards import Button, Fields, Quote, Style, Text, Tone
from bot.domain import review
from bot.domain.cell import holders
from bot.domain.drafts import Decision, Draft
from bot.domain.review import Seat
from bot.domain.roster import Role, role_name
from bot.domain.sending import Dispatch
from bot.domain.states import DraftStatus, Verdict
from bot.domain.subjects import draft_subject
from bot.domain.verbs import Verb
from bot.texts import Translator
from bot.views.brief import call_line
from bot.views.buttons import button
from bot.views.lines import routes, when
from bot.views.now import emergency_open
from bot.views.scene import Scene


def goes_by(scene: Scene, draft: Draft) -> Text:
    """The ways the reply takes; and the call for help, which no reply replaces."""
    way = scene._("Goes by: {routes}.", routes=routes(draft.routes, scene._))
    told = " ".join(part for part in (way, call_line(scene)) if part)
    return Text(told, Tone.ALERT if emergency_open(scene.crisis) else Tone.NORMAL)


def quoted(scene: Scene, draft: Draft) -> Quote:
    return Quote(
        draft.current.text, label=scene._("Text of revision {revision}", revision=draft.current.number)
    )


def decisions(scene: Scene, draft: Draft) -> tuple[Fields, ...]:
    """Who decided what; while the text is in review also who is awaited."""
    seats = review.seats(scene.crisis, draft, scene.rule)
    told = [s for s in seats if s.decision or draft.status is DraftStatus.IN_REVIEW]
    if not told:
        return ()
    return (Fields(tuple((role_name(seat.role, scene._), _seat(scene, seat)) for seat in told)),)


def _seat(scene: Scene, seat: Seat) -> str:
    _, name = scene._, scene.guide.name(seat.person)
    if seat.decision is None:
        return _("{name}: awaited", name=name)
    said_at = when(scene, seat.decision.at)
    match seat.decision.verdict:
        case Verdict.APPROVED:
            return _("{name}: approved {when}", name=name, when=said_at)
        case Verdict.REJECTED:
            return _("{name}: rejected {when}", name=name, when=said_at)
        case Verdict.REREAD:
            return _("{name}: re-read {when}", name=name, when=said_at)
        case Verdict.NO_ANSWER:
            return _("{name}: wants no answer, {when}", name=name, when=said_at)


def reason_of(scene: Scene, draft: Draft, decision: Decision) -> str:
    """Why a text was rejected, or shall not be answered, to those who may read it."""
    wish = decision.verdict is Verdict.NO_ANSWER
    those = (Role.COMMUNICATION_LEAD, *(scene.guide.agreeing(scene.crisis) if wish else ()))
    readers = {a.person for role in those for a in holders(scene.crisis, role)}
    if decision.private and scene.reader not in {draft.author, decision.person, *readers}:
        return kept_reason(scene._, wish=wish)
    return decision.reason


def kept_reason(_: Translator, *, wish: bool) -> str:
    """What stands for a private reason; `wish`: of a wish not to answer."""
    if wish:
        return _("the reason is for the author, the communication lead and those who must agree.")
    return _("the reason is for the author and the communication lead alone.")


def dispatches(scene: Scene, draft: Draft) -> tuple[Dispatch, ...]:
    return tuple(d for d in scene.crisis.dispatches if d.draft == draft.number)


def withdraw_button(scene: Scene, draft: Draft) -> tuple[Button, ...]:
    """In a room for whoever approved; to one person only if they did."""
    approved = {d.person for d in draft.verdicts if d.verdict is Verdict.APPROVED}
    if not approved or (scene.reader and scene.reader not in approved):
        return ()
    subject = draft_subject(scene.crisis, draft.number)
    return (button(Verb.WITHDRAW, subject, scene._, revision=draft.current.number),)


def revise_button(scene: Scene, draft: Draft, style: Style = Style.PLAIN) -> Button:
    revision = draft.current.number
    return button(
        Verb.REVISE, draft_subject(scene.crisis, draft.number), scene._, style=style, revision=revision
    )
