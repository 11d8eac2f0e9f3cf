"""What can be asked for in a crisis: the most wanted on the brief card, the rest behind «More…»."""

from bot.cards import MAX_BUTTONS, Actions, Button, Card, Style
from bot.domain.cell import unanswered
from bot.domain.members import several
from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from bot.views.buttons import button, quoted
from bot.views.deadlines import owes_a_receipt
from bot.views.holding import holding_for, is_wanted_fast
from bot.views.lines import summary, title
from bot.views.message import on_demand, standing_verbs
from bot.views.now import emergency_open
from bot.views.scene import Scene

ROOM = MAX_BUTTONS - 1
"""Buttons beside «More…»."""

USUAL = (
    Verb.CONTACTS,
    Verb.ASK,
    Verb.TELEPHONES,
    Verb.NOTE,
    Verb.QUESTIONS,
    Verb.REMIND,
    Verb.ROLE,
    Verb.GUEST,
    Verb.HANDOVER,
    Verb.SEVERITY,
    Verb.WROTE_BACK,
    Verb.ADD,
    Verb.FOLLOW_UP_STOP,
    Verb.SERIOUS_NEWS,
    Verb.FALSE_ALARM,
    Verb.CLOSE,
)
"""What never hurries."""

STYLES = {Verb.LIFE_IN_DANGER: Style.DANGER, Verb.I_CALLED: Style.PRIMARY}


def brief_buttons(scene: Scene) -> tuple[Button, ...]:
    """The call for help first; what only an open crisis takes does not stand on a closed one."""
    crisis, _ = scene.crisis, scene._
    verbs = (*_at_hand(scene), Verb.MORE)
    if crisis.status is CrisisStatus.CLOSED:
        alarm = (Verb.I_CALLED, Verb.ON_THE_PHONE, Verb.CALL_NOT_NEEDED)
        calm = (Verb.LIFE_IN_DANGER, Verb.NOTE, Verb.LOG, *_read(scene))
        verbs = alarm if emergency_open(crisis) else calm
    return tuple(button(verb, crisis.id, _, style=STYLES.get(verb, Style.PLAIN)) for verb in verbs)


def where(scene: Scene, verb: Verb) -> str:
    """A button's label within a sentence of an open crisis's card, and that it stands behind «More…»."""
    button = quoted(verb, scene._)
    return button if verb in _at_hand(scene) else scene._("{button} (“More…”)", button=button)


def more_card(scene: Scene, *, page: int = 0) -> Card:
    """What the brief card has no room for while it asks who comes; shown to whoever asks.

    `page` counts from 0.
    """
    _, subject = scene._, scene.crisis.id
    acts = _acts(scene)
    may_hold = Verb.HOLDING not in acts and not scene.crisis.silenced_at and holding_for(scene)
    holding = (Verb.HOLDING,) if may_hold else ()
    list_ = (Verb.MEMBERS,) if several(scene.crisis) else ()
    verbs = (*acts[ROOM:], *standing_verbs(scene), *holding, *list_, *USUAL)
    page = page if page * ROOM < len(verbs) else 0
    left = verbs[page * ROOM :]
    buttons = [button(verb, subject, _) for verb in left[:MAX_BUTTONS]]
    if len(left) > MAX_BUTTONS:
        buttons[ROOM:] = [button(Verb.MORE, subject, _, revision=page + 1)]
    return Card(
        summary=summary(scene, _("more to do")), title=title(scene), blocks=(Actions(tuple(buttons)),)
    )


def _at_hand(scene: Scene) -> tuple[Verb, ...]:
    return tuple(verb for verb in _acts(scene) if verb is not Verb.TAKE_UP or _asked(scene))[:ROOM]


def _acts(scene: Scene) -> tuple[Verb, ...]:
    """What is most wanted in an open crisis, in order: what finds no room stands behind «More…»."""
    first = (Verb.FIRST_MESSAGE,) if scene.guide.may_send_first_message(scene.crisis, now=scene.now) else ()
    read, proposal = _read(scene), scene.guide.proposal(scene.crisis)
    receipt = (Verb.RECEIPT,) if owes_a_receipt(scene) else ()
    why = (Verb.TRIAGE,) if scene.crisis.proposal else ()
    holding = (Verb.HOLDING,) if is_wanted_fast(scene) else ()
    write = Verb.RESUME_MESSAGES if scene.crisis.silenced_at else Verb.DRAFT
    last = (write, *holding, *receipt, *why, Verb.COMPLETE)
    if emergency_open(scene.crisis):
        return (Verb.I_CALLED, *first, Verb.TAKE_UP, *read, Verb.ON_THE_PHONE, *last)
    if proposal and proposal.level.is_grave:
        return (Verb.LIFE_IN_DANGER, *why, *first, Verb.TAKE_UP, *read, write, *receipt, Verb.COMPLETE)
    return (Verb.LIFE_IN_DANGER, *first, Verb.TAKE_UP, *read, *last)


def _asked(scene: Scene) -> bool:
    """The room's card is the same for all: it asks who comes while an answer is missing."""
    waiting = unanswered(scene.crisis)
    return scene.reader in waiting if scene.reader else bool(waiting)


def _read(scene: Scene) -> tuple[Verb, ...]:
    """The way to words that the cards do not show."""
    return (Verb.READ_MESSAGE,) if on_demand(scene) else ()
