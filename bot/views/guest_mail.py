"""What a guest is written: who asks for them, their link, their code; no word of the case."""

from bot.domain.guests import Guest
from bot.domain.ids import PersonId
from bot.domain.roster import role_name
from bot.guide import Guide
from bot.views.lines import drill_notice, summary, when
from bot.views.scene import Scene


def can_be_mailed(guide: Guide, person: PersonId) -> bool:
    """Whether Cellule sends e-mails and knows an address. The guide knows the guests of the crisis."""
    known = guide.plan.people.get(person)
    return guide.mail and known is not None and bool(known.email)


def link_mail(scene: Scene, guest: Guest, *, address: str) -> tuple[str, str]:
    """Subject and text."""
    _ = scene._
    asks = _(
        "{name} asks for you: a crisis of {community} waits for your opinion as {role}.",
        name=_full_name(scene, guest.made_by),
        community=scene.guide.community(scene.crisis).name,
        role=role_name(guest.role, _),
    )
    holds = _(
        "This link opens that crisis alone, and stops {when}. It is yours alone: nobody else should use it.",
        when=when(scene, guest.expires_at),
    )
    code = _("The page then sends a code to this address: type it there.")
    doubt = _("In doubt, call {name}. Do not answer this e-mail.", name=_full_name(scene, guest.made_by))
    told = [*(block.text for block in drill_notice(scene)), asks, address, holds, code, doubt]
    return summary(scene, _("your opinion is asked")), _paragraphs(told)


def code_mail(scene: Scene, guest: Guest, *, code: str) -> tuple[str, str]:
    """Subject and text; the subject, which a locked telephone shows, holds no code."""
    _ = scene._
    told = [
        _("Your code: {code}", code=code),
        _("It holds for ten minutes, on the page where you asked for it. Tell it to nobody."),
        _(
            "If you did not ask for it, somebody else has your link: call {name}.",
            name=_full_name(scene, guest.made_by),
        ),
    ]
    return summary(scene, _("your code")), _paragraphs(told)


def _full_name(scene: Scene, person: PersonId) -> str:
    known = scene.guide.plan.people.get(person)
    return known.name if known else scene.guide.name(person)


def _paragraphs(told: list[str]) -> str:
    return "\n\n".join(told) + "\n"
