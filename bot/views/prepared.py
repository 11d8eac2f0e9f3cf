"""What fills a prepared reply: the member's name, whom to call, who signs, when we write again.

All of it is said in the language of the reply and in the community's hours: the member reads it.
"""

from collections.abc import Callable, Collection, Mapping

from bot.domain import cell
from bot.domain.categories import FirstChoice
from bot.domain.roster import Role, role_name
from bot.domain.states import Route
from bot.domain.templates import HOLES, Template, fill
from bot.domain.wording import for_display
from bot.texts import N_, Translator, translator
from bot.views import said
from bot.views.given_lines import emergency_said, lines_said
from bot.views.lines import listed
from bot.views.scene import Scene

MAX_HANDLE = 80

FACING = (
    Role.MODERATOR,
    Role.SPOKESPERSON,
    Role.COMMUNICATION_LEAD,
    Role.CONSUMER_SERVICE,
    Role.DISTRESS_REFERENT,
)
"""Whose part a member can make sense of, in the order in which one signs with it."""

_WAYS = {
    Route.PRIVATE_MESSAGE: N_("here, in reply to this message"),
    Route.EMAIL: N_("in reply to this e-mail"),
}
"""How to answer on each; where a text goes by both, it calls itself neither."""


def filled(scene: Scene, template: Template, routes: Collection[Route]) -> str:
    """The text as far as the crisis fills it; each hole that is left is the writer's."""
    _ = translator(template.language)
    return fill(template.text, values(scene, template, routes), lambda name: hole(name, _))


def hole(name: str, _: Translator) -> str:
    """How a missing placeholder stands in the text: between braces, in words."""
    return f"{{{_(HOLES[name])}}}"


def all_holes() -> Mapping[str, str]:
    """Every hole as it may stand in a text, in both languages, with its placeholder."""
    return {hole(name, translator(language)): name for language in ("fr", "en") for name in HOLES}


def handle_of(scene: Scene) -> str:
    """The member's pseudonym on one line, as a text shows it."""
    member = scene.member
    return " ".join(for_display(member.handle).split())[:MAX_HANDLE] if member else ""


def values(scene: Scene, template: Template, routes: Collection[Route]) -> Mapping[str, str]:
    """What the crisis and the plan know; empty where they do not. The rest is a person's to write."""
    _ = translator(template.language)
    ways: Mapping[str, Callable[[], str]] = {
        "member": lambda: handle_of(scene),
        "community": lambda: scene.guide.community(scene.crisis).name,
        "lines": lambda: lines_said(scene, _, letter=Route.LETTER in routes),
        "emergency": lambda: emergency_said(scene, _),
        "signature": lambda: _signature(scene, _),
        "write_back": lambda: _write_back(scene, routes, _),
        "next_word": lambda: said.next_word(scene, _),
        "next_update": lambda: said.next_update(scene, _),
        "reply_by": lambda: said.reply_by(scene, _),
        "hidden_at": lambda: said.hidden_at(scene, _),
    }
    return {name: ways[name]() for name in template.placeholders if name in ways}


def _signature(scene: Scene, _: Translator) -> str:
    """First name, part, community: «Léa, modération, Forum Exemple»."""
    if scene.reader is None:
        return ""
    community = scene.guide.community(scene.crisis)
    held = {*cell.roles_of(scene.crisis, scene.reader), *community.roles_of(scene.reader)}
    part = next((role_name(role, _) for role in FACING if role in held), _("team"))
    return f"{scene.guide.name(scene.reader)}, {part}, {community.name}"


def _write_back(scene: Scene, routes: Collection[Route], _: Translator) -> str:
    """By an answer where the route takes one, and to the address that somebody reads; a letter needs one."""
    ways = [_(_WAYS[route]) for route in _WAYS if route in routes]
    if len(ways) > 1:
        ways = [_("in reply to this message")]
    if Route.PUBLIC_POST in routes:
        personal = scene.guide.category(scene.crisis).first_choice is FirstChoice.SOMEONE_IN_DANGER
        ways = [_("by private message") if personal else _("here")]
    reply_to = scene.guide.community(scene.crisis).reply_to
    if reply_to is not None:
        hours = f" ({said.hours(reply_to.hours, _)})" if reply_to.hours else ""
        ways.append(_("to {address}", address=reply_to.address) + hours)
    elif Route.LETTER in routes:
        return ""
    return listed(ways, _, last="or")
