"""Somebody whom the plan does not name asks for a crisis: what they read, and what the moderators read."""

from datetime import datetime

from bot.cards import Action, Actions, Block, Card, Form, Quote, Style, Text, TextField, Tone
from bot.domain.alerts import MAILTO, WITHHELD, Alert
from bot.domain.ids import PersonId
from bot.domain.verbs import Verb
from bot.guide import Guide
from bot.texts import Translator
from bot.views import dates
from bot.views.buttons import button


def raised_card(_: Translator) -> Card:
    """To the one who raised it."""
    return Card(
        summary=_("Cellule: the moderators are told"),
        title=_("The moderators on duty are told"),
        blocks=(
            Text(_("They read your words and decide. You need do nothing more here.")),
            Text(_("A life in danger? Do not wait for them: call 112 now."), Tone.STRONG),
        ),
    )


def alert_card(alert: Alert, *, guide: Guide, reader: PersonId, now: datetime, step: int = 0) -> Card:
    """To a moderator on duty; once somebody has decided, what they decided. `step`: of the silence."""
    _, zone = guide.translator_for(reader), guide.zone_for(reader)
    community = guide.plan.communities.get(alert.community)
    whose = community.name.upper() if community else _("COMMUNITY NOT KNOWN")
    hour = dates.short(alert.raised_at, now=now, zone=zone, _=_)
    return Card(
        summary=_("Cellule: somebody asks to open a crisis"),
        title=_("{community} · alert", community=whose),
        blocks=(
            Text(_told(alert, hour, _), Tone.STRONG),
            *(_decided(alert, guide, _) or _to_decide(alert, step, _)),
        ),
        tone=Tone.NORMAL if alert.decided_by else Tone.ALERT,
    )


def _told(alert: Alert, hour: str, _: Translator) -> str:
    if alert.account == WITHHELD:
        return _(
            "The mail server refuses to give out one e-mail ({hour}). Look into the mailbox: it may be a "
            "member's answer.",
            hour=hour,
        )
    if alert.account == MAILTO:
        return _("An e-mail came in that fits no crisis ({hour}).", hour=hour)
    if alert.account.startswith(MAILTO):
        return _(
            "An e-mail from {name} came in and belongs to no crisis ({hour}).",
            name=alert.raised_by,
            hour=hour,
        )
    return _(
        "{name}, who is not in the crisis plan, asks to open a crisis ({hour}).",
        name=alert.raised_by or _("Somebody of the workspace"),
        hour=hour,
    )


def dismiss_form(alert: Alert, _: Translator) -> Form:
    """Why it is no crisis."""
    return Form(
        action=Action(Verb.ALERT_DISMISS, alert.id),
        title=_("Not a crisis"),
        submit=_("Record"),
        cancel=_("Cancel"),
        intro=(Text(_("Nothing is opened, and the text of the alert is deleted.")),),
        fields=(TextField("reason", _("Why not?"), required=True, multiline=True, max_length=500),),
    )


def _to_decide(alert: Alert, step: int, _: Translator) -> tuple[Block, ...]:
    late = (Text(_("Nobody has decided yet.")),) if step else ()
    link = (Text(_("Where to read it: {link}", link=alert.link), Tone.MUTED),) if alert.link else ()
    words = (Quote(alert.text, label=_("The alert")),) if alert.text else ()
    buttons = (
        button(Verb.ALERT_OPEN, alert.id, _, style=Style.PRIMARY),
        button(Verb.ALERT_DISMISS, alert.id, _),
    )
    return (*late, *link, *words, Actions(buttons))


def _decided(alert: Alert, guide: Guide, _: Translator) -> tuple[Block, ...]:
    if alert.decided_by is None:
        return ()
    name = guide.name(alert.decided_by)
    if alert.opened:
        return (Text(_("{name} opened crisis {number}.", name=name, number=alert.opened)),)
    return (Text(_("Not a crisis, says {name}: {reason}", name=name, reason=alert.reason)),)
