"""The member's message: their words, and where they stand."""

from collections.abc import Mapping
from datetime import timedelta

from bot.cards import Block, Card, Quote, Text, Tone
from bot.domain.categories import KeepOnline
from bot.domain.crisis import MemberMessage
from bot.domain.members import messages_of
from bot.domain.message import LOOK_AGAIN, waits_for_a_word
from bot.domain.states import CrisisStatus, Standing
from bot.domain.verbs import Verb
from bot.plan.model import Moderation
from bot.texts import N_
from bot.views import dates
from bot.views.lines import since, summary, title, when
from bot.views.scene import Scene

STANDINGS = {
    Standing.UNKNOWN: N_("online or hidden: not noted"),
    Standing.ONLINE: N_("online"),
    Standing.HIDDEN: N_("hidden"),
    Standing.HELD: N_("held before publication"),
}


KEPT: Mapping[KeepOnline, Mapping[Moderation, str]] = {
    KeepOnline.YES: {
        Moderation.A_POSTERIORI: N_("leave the message online"),
        Moderation.A_PRIORI: N_("the message may be published"),
    },
    KeepOnline.NO: {
        Moderation.A_POSTERIORI: N_("hide the message"),
        Moderation.A_PRIORI: N_("do not publish the message"),
    },
    KeepOnline.BY_LAWYER: {
        Moderation.A_POSTERIORI: N_("the lawyer says whether the message stays online"),
        Moderation.A_PRIORI: N_("the lawyer says whether the message may be published"),
    },
}
"""What becomes of the message, where messages are moderated after or before they are published."""


def message_line(scene: Scene) -> str:
    """When it was written and seen, where it stands, and whether its member has had a word."""
    message, _ = scene.message, scene._
    if message is None:
        return ""
    standing = _(STANDINGS[message.standing])
    if message.standing_since and message.standing is not Standing.UNKNOWN:
        standing = _("{standing} {when}", standing=standing, when=when(scene, message.standing_since))
    heard = _("The member has had no word from us yet.")
    if scene.crisis.status is CrisisStatus.CLOSED:
        heard = _("The member had no word from us.")
    if scene.anchored_at:
        heard = _("First word to the member {when}.", when=when(scene, scene.anchored_at))
    placed = f"{', '.join([*_hours(scene, message), standing])}."
    return f"{placed} {heard}" if message.member else placed


def _hours(scene: Scene, message: MemberMessage) -> tuple[str, ...]:
    """Its age is how long it stood before anybody saw it: from there the clocks run."""
    _, seen = scene._, scene._("seen {when}", when=when(scene, message.seen_at))
    if message.written_at is None:
        return (seen,)
    age = dates.duration(max(message.seen_at - message.written_at, timedelta()), _)
    written = _("written {when}", when=when(scene, message.written_at))
    return written, _("{seen} ({age} later)", seen=seen, age=age)


def handling(scene: Scene) -> str:
    """What is usual for this kind of crisis, while it is open and to be done still."""
    crisis, _ = scene.crisis, scene._
    if crisis.status is not CrisisStatus.OPEN:
        return ""
    guide, category = scene.guide, scene.guide.category(crisis)
    done = category.keep_online is KeepOnline.NO and not guide.to_hide(crisis)
    kept = (
        ""
        if done or not crisis.message
        else _(KEPT[category.keep_online][guide.community(crisis).moderation])
    )
    action = category.first_action.in_(_.locale)
    first = "" if crisis.level else _("first: {action}", action=action)
    return " · ".join(part for part in (kept, first) if part)


def words(scene: Scene) -> tuple[Block, ...]:
    """What the member wrote, and where; the words stand behind a button where the plan says so."""
    _ = scene._
    if not on_demand(scene):
        return _whole(scene)
    told = _("The member's words stand behind “Read the message”: each reading is noted in the log.")
    return (*_link(scene), Text(told, Tone.MUTED))


def on_demand(scene: Scene) -> bool:
    """Whether there are words, and whoever wants to read them asks for them."""
    return any(message.text for message in scene.crisis.messages) and scene.guide.on_demand(scene.crisis)


def message_card(scene: Scene) -> Card:
    """The member's words, to the one who asked for them."""
    return Card(
        summary=summary(scene, scene._("the message")), title=title(scene, scene.named), blocks=_whole(scene)
    )


def standing_verbs(scene: Scene) -> tuple[Verb, ...]:
    """What can be noted of where the message stands; one that waits for publication is neither."""
    message = scene.message
    if message is None or message.standing is Standing.HELD:
        return ()
    return (Verb.MESSAGE_ONLINE if message.standing is Standing.HIDDEN else Verb.MESSAGE_HIDDEN,)


def standing_alert(scene: Scene, *, button: str) -> tuple[Text, ...]:
    """A message that should be hidden by now; or hidden, and its member without a word.

    `button`: the one that notes that it is hidden, as a sentence names it.
    """
    crisis, message, _ = scene.crisis, scene.message, scene._
    if message is None or crisis.status is CrisisStatus.CLOSED:
        return ()
    from_then = message.standing_since or message.seen_at
    if scene.guide.to_hide(crisis) and scene.now >= from_then + LOOK_AGAIN and not scene.for_guest:
        return (Text(to_hide(scene, button), Tone.ALERT),)
    if not waits_for_a_word(crisis):
        return ()
    duration, receipt = since(scene, from_then), scene.guide.terms(crisis).receipt
    if receipt is not None and scene.now > crisis.seen_at + receipt:
        return (
            Text(_("LATE: hidden for {duration}, no word to the member.", duration=duration), Tone.ALERT),
        )
    return (Text(_("Hidden for {duration}, no word to the member.", duration=duration)),)


def to_hide(scene: Scene, button: str) -> str:
    """What is asked of the moderators."""
    return scene._(
        "This message should be hidden, and nobody has noted that it is. Hide it, then press {button}.",
        button=button,
    )


def _whole(scene: Scene) -> tuple[Block, ...]:
    message = scene.message
    if message is None or not message.text:
        return (*_link(scene), *_since(scene))
    label = scene._("The member wrote") if message.member else scene._("What was written")
    return (*_link(scene), Quote(message.text, label=label), *_since(scene))


def _since(scene: Scene) -> tuple[Quote, ...]:
    """What they wrote afterwards."""
    _ = scene._
    return tuple(
        Quote(message.text, label=_("The member wrote back, {when}", when=when(scene, message.seen_at)))
        for message in messages_of(scene.crisis, scene.who)
        if message.text and message is not scene.message
    )


def _link(scene: Scene) -> tuple[Text, ...]:
    message, _ = scene.message, scene._
    if message is None or not message.link:
        return ()
    return (Text(_("Where to read it: {link}", link=message.link), Tone.MUTED),)
