"""What is read out on the phone, in the order in which an operator asks; for whoever calls alone.

Where, who, what, since when, whom to call back. What is not known is named, so that nobody searches for it
while they speak.
"""

from collections.abc import Iterable

from bot.cards import Fields
from bot.domain.crisis import Member
from bot.domain.states import Age, Means
from bot.domain.verbs import Verb
from bot.views.buttons import quoted
from bot.views.contacts import MEANS, to_read_out
from bot.views.lines import listed, when
from bot.views.places import country_name
from bot.views.scene import Scene


def call_sheet(scene: Scene) -> Fields:
    """The facts of the case, the caller's own number included. `scene.reader` calls."""
    _ = scene._
    reached = _reached(scene)
    return Fields(
        (
            (_("Where"), _where(scene)),
            (_("Who"), _who(scene)),
            *([(_("How to reach them"), reached)] if reached else []),
            (_("What"), _what(scene)),
            (_("Since when"), _since_when(scene)),
            (_("Call me back on"), _call_back(scene)),
        )
    )


def _where(scene: Scene) -> str:
    """The town stands in their postal address: it is read with the contacts, and the log says by whom."""
    member, _ = scene.member, scene._
    told, unknown = [], []
    if member and member.country:
        told.append(_("{country}.", country=country_name(member.country, _)))
    else:
        unknown.append(_("country"))
    if any(contact.means is Means.ADDRESS for contact in to_read_out(scene)):
        told.append(_("Town and address known ({button}).", button=quoted(Verb.CONTACT_SHOW, _)))
    else:
        unknown.append(_("town"))
    return _told([*told, *([_unknown(scene, *unknown)] if unknown else [])])


def _who(scene: Scene) -> str:
    member, message, _ = scene.member or Member(id=""), scene.message, scene._
    ages = {Age.UNDER_15: _("Under 15."), Age.UNDER_18: _("Under 18."), Age.ADULT: _("Adult.")}
    link = message.link if message else ""
    known = {
        _("pseudonym"): _("Pseudonym: {handle}.", handle=member.handle) if member.handle else "",
        _("site"): _("Writes on: {platform}.", platform=member.platform) if member.platform else "",
        _("link"): _("Message: {link}", link=link) if link else "",
        _("age"): ages.get(member.age, ""),
    }
    missing = [name for name, told in known.items() if not told]
    return _told([*known.values(), _unknown(scene, _("name"), *missing)])


def _reached(scene: Scene) -> str:
    """By which means: a masked value is not for the phone. Empty while nothing is known."""
    _, found = scene._, to_read_out(scene)
    if not found:
        return ""
    means = listed(dict.fromkeys(_(MEANS[contact.means]) for contact in found), _)
    return _("{means}: press {button} to read them.", means=means, button=quoted(Verb.CONTACT_SHOW, _))


def _what(scene: Scene) -> str:
    community = scene.guide.community(scene.crisis).name
    return scene._(
        "“I work for {community}, an online community. A member seems to be in danger of death.”",
        community=community,
    )


def _since_when(scene: Scene) -> str:
    message, _ = scene.message, scene._
    if message is None:
        return _unknown(scene, _("hour of writing"))
    seen = _("We saw their message {when}.", when=when(scene, message.seen_at))
    if message.written_at is None:
        return _told([seen, _unknown(scene, _("hour of writing"))])
    return _told([_("Their message was written {when}.", when=when(scene, message.written_at)), seen])


def _call_back(scene: Scene) -> str:
    """The plan's number of whoever calls."""
    caller = scene.guide.plan.people.get(scene.reader) if scene.reader else None
    if caller is None or not caller.phone:
        return scene._("Give the number of the phone in your hand: the plan knows none of yours.")
    return scene._("{phone} ({name})", phone=caller.phone, name=caller.name)


def _unknown(scene: Scene, *names: str) -> str:
    return scene._("Not known: {things}.", things=listed(names, scene._))


def _told(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)
