"""The country a member perhaps writes from: a hint, until somebody has noted which it is."""

from bot.cards import Text, Tone
from bot.domain.proposal import CountryHint
from bot.domain.verbs import Verb
from bot.texts import Translator
from bot.views.acts import where
from bot.views.places import country_name
from bot.views.scene import Scene


def from_elsewhere(scene: Scene, hint: CountryHint | None) -> tuple[Text, ...]:
    """On the brief card, without the member's words: the help lines it shows would be the wrong ones."""
    home, _ = scene.guide.community(scene.crisis).country, scene._
    if hint is None or _noted(scene) or _whole(home) in map(_whole, hint.countries):
        return ()
    told = _(
        "Perhaps writes from: {country}. If you know, note it: {button}",
        country=_names(hint, _),
        button=where(scene, Verb.COMPLETE),
    )
    return (Text(told),)


def whence(scene: Scene, hint: CountryHint | None) -> tuple[Text, ...]:
    """With what made us think so."""
    _ = scene._
    if _noted(scene):
        return ()
    if hint is None:
        home = country_name(scene.guide.community(scene.crisis).country, _)
        told = _("Nothing hints at a country; the community's is {country}.", country=home)
        return (Text(told, Tone.MUTED),)
    why = hint.why.in_(_.locale)
    return (Text(_("Perhaps writes from: {country} ({why}).", country=_names(hint, _), why=why)),)


def _noted(scene: Scene) -> bool:
    member = scene.member
    return member is not None and bool(member.country)


def _names(hint: CountryHint, _: Translator) -> str:
    one, *others = dict.fromkeys(country_name(country, _) for country in hint.countries)
    return _("{one} or {other}", one=one, other=others[0]) if others else one


def _whole(country: str) -> str:
    """Without its region."""
    return country.partition("-")[0]
