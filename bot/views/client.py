"""What the client's contact is told: that a crisis is open, and nothing of what it is about."""

from bot.cards import Card, Text
from bot.domain.states import CrisisStatus
from bot.views.lines import summary, title, when, writer
from bot.views.scene import Scene


def client_card(scene: Scene, *, told_for: str) -> Card:
    """Open, closed, a false alarm; `told_for` is the community whose contact was told."""
    crisis, _ = scene.crisis, scene._
    if told_for != crisis.community:
        return _by_mistake(scene)
    if crisis.status is CrisisStatus.CLOSED:
        return _closed(scene)
    told = _(
        "A crisis of severity {severity} was opened {when} in your community {community}. {name} leads it.",
        severity=crisis.severity,
        when=when(scene, crisis.opened_at),
        community=scene.guide.community(crisis).name,
        name=scene.guide.name(writer(scene)),
    )
    return Card(
        summary=summary(scene, _("a crisis is open")),
        title=title(scene),
        blocks=(Text(told), Text(_("Nothing is asked of you now. You will hear more from the team."))),
    )


def _closed(scene: Scene) -> Card:
    crisis, _ = scene.crisis, scene._
    at = when(scene, crisis.closed_at or scene.now)
    if crisis.false_alarm:
        return Card(
            summary=summary(scene, _("false alarm")),
            title=title(scene),
            blocks=(
                Text(_("It was a false alarm: nothing had happened. The crisis was closed {when}.", when=at)),
            ),
        )
    return Card(
        summary=summary(scene, _("crisis closed")),
        title=title(scene),
        blocks=(Text(_("The crisis was closed {when}. The team tells you what is of use to you.", when=at)),),
    )


def _by_mistake(scene: Scene) -> Card:
    _ = scene._
    told = _(
        "You were told of a crisis by mistake: it does not concern your community. Nothing is asked of you."
    )
    return Card(
        summary=summary(scene, _("you are no longer concerned")),
        title=_("Crisis {number}", number=scene.crisis.number),
        blocks=(Text(told),),
    )
