"""The holding statement: where one fits, and what its promise asks for."""

from bot.domain.categories import FirstChoice
from bot.domain.states import CrisisStatus
from bot.domain.templates import Agreement, Kind, Template
from bot.views.scene import Scene
from bot.views.start_from import offered, today

_IN_VIEW = {FirstChoice.ANGER_OR_IMAGE, FirstChoice.LEAK_OR_THREAT}


def holding_for(scene: Scene) -> Template | None:
    """The likeliest that fits this crisis, the client's own first; None where there is none."""
    return next((each for each in offered(scene) if each.kind is Kind.HOLDING), None)


def is_wanted_fast(scene: Scene) -> bool:
    """Whether the public waits and nothing has been written yet: the button stands on the first card then."""
    crisis = scene.crisis
    in_view = scene.guide.category(crisis).first_choice in _IN_VIEW
    waits = (
        crisis.status is CrisisStatus.OPEN
        and not crisis.silenced_at
        and scene.guide.terms(crisis).reply is not None
    )
    return in_view and waits and not crisis.drafts and holding_for(scene) is not None


def agreement_to(scene: Scene, template: Template) -> Agreement | None:
    """What makes it pre-approved today."""
    return template.agreement if template.agreed(today(scene)) else None


def what_was_promised(scene: Scene) -> str:
    """What its author is reminded of at that hour."""
    return scene._(
        "The holding statement promised the next public word for now: "
        "write it, or say that you are still looking."
    )
