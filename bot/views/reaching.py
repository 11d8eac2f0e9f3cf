"""No known way to the member: what the crisis's card and the morning page say of it."""

from bot.domain import reaching
from bot.domain.crisis import Crisis
from bot.domain.reaching import Taken
from bot.domain.states import CrisisStatus, DraftStatus, Recourse
from bot.texts import N_
from bot.views.lines import when, writer
from bot.views.scene import Scene

RECOURSES = {
    Recourse.PLATFORM: N_("reported to the platform"),
    Recourse.PHAROS: N_("reported to PHAROS"),
    Recourse.NOTHING: N_("nothing possible"),
}

BEING_WRITTEN = frozenset({DraftStatus.IN_REVIEW, DraftStatus.APPROVED, DraftStatus.NO_ANSWER_ASKED})


def reaching_lines(scene: Scene) -> tuple[str, ...]:
    """Since when no way is known, and what was done: none of it is an answer."""
    _, state = scene._, scene.crisis.reaching
    since = state.no_way_since
    stands = (_("no known way to the member ({when})", when=when(scene, since)),) if since else ()
    return (*stands, *(taken_line(scene, each) for each in state.taken))


def taken_line(scene: Scene, taken: Taken) -> str:
    _ = scene._
    name, at = scene.guide.name(taken.by), when(scene, taken.done_at)
    return _("{what} ({name}, {when})", what=_(RECOURSES[taken.recourse]), name=name, when=at)


def no_way_stands(scene: Scene) -> bool:
    """Whether it is still to be chosen what is done."""
    crisis = scene.crisis
    return crisis.reaching.stands and crisis.status is not CrisisStatus.CLOSED


def nothing_possible(crisis: Crisis) -> bool:
    """Whether somebody noted that nothing is left to do while no way is known."""
    return any(each.recourse is Recourse.NOTHING for each in reaching.taken_now(crisis))


def no_way_now(scene: Scene) -> str:
    """What is to be done where no way is known; empty while another text is being decided on."""
    _, crisis = scene._, scene.crisis
    if not no_way_stands(scene) or any(draft.status in BEING_WRITTEN for draft in crisis.drafts):
        return ""
    name = scene.guide.name(writer(scene))
    if nothing_possible(crisis):
        return _("{name} looks whether the member writes again: no way to them is known.", name=name)
    return _("{name} chooses what is done: no way to the member is known (see the card about it).", name=name)
