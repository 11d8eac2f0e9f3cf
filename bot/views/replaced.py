"""An older revision in somebody's own channel: nothing is decided there any more."""

from bot.cards import Card, Text
from bot.domain.drafts import Draft
from bot.views.lines import summary, title
from bot.views.scene import Scene


def replaced_card(scene: Scene, *, draft: Draft, revision: int) -> Card:
    """Point to the newer text, which stands further down."""
    _ = scene._
    told = _(
        "Revision {old} is replaced by revision {new}: see the newer message.",
        old=revision,
        new=draft.current.number,
    )
    return Card(
        summary=summary(scene, _("a newer text replaces this one")), title=title(scene), blocks=(Text(told),)
    )
