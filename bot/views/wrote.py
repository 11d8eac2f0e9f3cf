"""The member wrote back: said at once where the cell is."""

from bot.cards import Actions, Block, Card, Quote, Text, Tone
from bot.domain.events import MemberWrote
from bot.domain.verbs import Verb
from bot.views.buttons import button
from bot.views.lines import drill_notice, summary, title, when
from bot.views.scene import Scene


def wrote_card(scene: Scene, event: MemberWrote) -> Card:
    """Their words, or the button to read them where the plan wants it so."""
    _ = scene._
    told = _("The member wrote back by e-mail, {when}.", when=when(scene, event.at))
    then = _("Read it whole before you answer. The checks on them count anew from here.")
    return Card(
        summary=summary(scene, _("the member wrote back")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(told, Tone.STRONG),
            *_known(scene, event),
            *_words(scene, event.nth),
            Text(then),
        ),
        tone=Tone.ALERT,
    )


def _known(scene: Scene, event: MemberWrote) -> tuple[Text, ...]:
    if not event.by_address:
        return ()
    return (Text(scene._("It answers none of our e-mails: the address alone says that it is theirs.")),)


def _words(scene: Scene, nth: int) -> tuple[Block, ...]:
    _, messages = scene._, scene.crisis.messages
    if scene.guide.on_demand(scene.crisis):
        return (Actions((button(Verb.READ_MESSAGE, scene.crisis.id, _),)),)
    if nth > len(messages) or not messages[nth - 1].text:
        return (Text(_("It holds no text that can be read here: look into the mailbox."), Tone.MUTED),)
    return (Quote(messages[nth - 1].text, label=_("The member wrote")),)
