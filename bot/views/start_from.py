"""Which prepared replies are offered to whoever writes, and what they must know of the one they took."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from bot import data
from bot.cards import ChoiceField, Quote, Text, Tone
from bot.domain.categories import FirstChoice
from bot.domain.drafts import Draft
from bot.domain.ids import EVERYBODY
from bot.domain.levels import Level
from bot.domain.members import DEAD, number, several, some_reply_sent
from bot.domain.register import register_of
from bot.domain.states import Route
from bot.domain.templates import Kind, Register, Template, fitting, holes_left
from bot.texts import N_, Locale
from bot.views import dates
from bot.views.now import level_in_force
from bot.views.prepared import all_holes, filled, handle_of
from bot.views.scene import Scene

_USUAL = (Kind.REPLY, Kind.RECEIPT, Kind.HOLDING, Kind.REASONS, Kind.FOLLOW_UP)
_AFTERWARDS = (Kind.FOLLOW_UP, Kind.REPLY, Kind.REASONS, Kind.HOLDING, Kind.RECEIPT)

COPY = "copy-"
"""Before the number of the reply to start from, among the names of prepared ones."""

MOST_COPIES = 10

_NEED_NO_APPROVAL = {Kind.HOLDING, Kind.RECEIPT}
"""What leaves as the client has agreed to it; a reply to one person is approved all the same."""

MENDS: Mapping[str, str] = MappingProxyType(
    {
        "member": N_("note their pseudonym (“Complete…”), or write the name they signed with"),
        "write_back": N_("an address that somebody reads; the plan's “reply_to” gives one"),
        "next_word": N_("when you write again; a follow-up or a reminder keeps the promise"),
        "reply_by": N_("by when you answer: the plan sets no hour that is still to come"),
        "hidden_at": N_("when the message was hidden (“Hidden now” notes it)"),
        "said": N_("a few of their own words, without names or numbers; never where others read"),
        "feeling": N_("what you hear in their message, in your words"),
        "about": N_("the subject in your words, without quoting"),
        "answer": N_("your answer, in a sentence or two"),
        "facts": N_("only what is established and may be said"),
        "solution": N_("what you can really offer"),
        "source": N_("where it can be checked"),
        "done": N_("what has been done so far"),
        "noticed": N_("whether the team saw it or somebody reported it, without a name"),
        "rule": N_("the clause of your rules, in plain words"),
    }
)
"""How each hole is filled that a person may meet."""

_ELSE = N_("write it here")


def offered(scene: Scene) -> tuple[Template, ...]:
    """Those that fit this crisis, the likeliest first; the client's own stand before Cellule's."""
    own = scene.guide.community(scene.crisis).templates
    named = {template.id for template in own}
    starter = [each for each in data.starter_templates() if each.id not in named]
    language = _language(scene)
    fit = fitting(
        [*own, *starter],
        category=scene.crisis.category,
        level=level_in_force(scene),
        language=language,
        register=register(scene),
    )
    kinds = _AFTERWARDS if some_reply_sent(scene.crisis) else _USUAL
    usual, days = _usual_route(scene), _days_since_first_word(scene)

    def unlikely(each: Template) -> tuple[object, ...]:
        when = (each.from_day > days, -each.from_day)
        return (
            each.language != language,
            kinds.index(each.kind),
            each not in own,
            usual not in each.routes,
            when,
        )

    return tuple(sorted(fit, key=unlikely))


def note_to_start_from(scene: Scene) -> Quote | None:
    """A note for whoever looks after the member, where no form offers one."""
    note = next((each for each in offered(scene) if each.kind is Kind.FOLLOW_UP), None)
    if note is None:
        return None
    label = scene._("A note to start from; write what stands in braces yourself")
    return Quote(filled(scene, note, note.routes[:1]), label=label)


def register(scene: Scene) -> Register:
    """The community's rule; from D1 on the member's own way, where they show one."""
    level, message = level_in_force(scene), scene.message
    theirs = register_of(message.text) if message and level and level >= Level.D1 else None
    return theirs or scene.guide.community(scene.crisis).register


def to_copy(scene: Scene) -> Sequence[Draft]:
    """Replies to members of this crisis that another may get in their own name, the newest first."""
    if not several(scene.crisis):
        return ()
    theirs = (d for d in reversed(scene.crisis.drafts) if d.member != EVERYBODY and d.status not in DEAD)
    return [draft for draft in theirs if not draft.is_first_message][:MOST_COPIES]


def copied(scene: Scene, draft: Draft) -> str:
    """Its text, under the pseudonym of the member whom the scene is about."""
    before = scene.about(draft.member)
    old, new = handle_of(before), handle_of(scene)
    return draft.current.text.replace(old, new) if old and new else draft.current.text


def start_field(scene: Scene, templates: Sequence[Template]) -> ChoiceField:
    _ = scene._
    options = [(each.id, _label(scene, each)) for each in templates]
    for draft in to_copy(scene):
        label = _("as reply {n}, to member {member}", n=draft.number, member=number(draft.member))
        options.append((f"{COPY}{draft.number}", label))
    return ChoiceField(
        "start",
        _("Start from"),
        tuple(options),
        value=options[0][0],
        fills=True,
        hint=_(
            "Leave the text empty to start from this one: you read and complete it before anybody is asked."
        ),
    )


def taken_notes(scene: Scene, template: Template, text: str) -> tuple[Text, ...]:
    """Who at the client agreed to the text, and each thing that is still to be written."""
    _, holes = scene._, all_holes()
    left = holes_left(text, holes, handle_of(scene))
    mends = [_("{hole}: {how}", hole=hole, how=_(MENDS.get(holes[hole], _ELSE))) for hole in left]
    todo = (Text("\n".join([_("Still to be written:"), *mends]), Tone.STRONG),) if mends else ()
    return (Text(_agreed(scene, template), Tone.MUTED), *todo)


def _agreed(scene: Scene, template: Template) -> str:
    _, agreement = scene._, template.agreement
    if agreement is None:
        return _("A text to start from: nobody at the client has agreed to it.")
    told = (
        N_("{name} agreed to this text for {community} on {day}, until {until}.")
        if template.agreed(today(scene))
        else N_(
            "{name} agreed to this text for {community} on {day}. "
            "That ended on {until}: it is a draft like any other."
        )
    )
    return _(
        told,
        name=scene.guide.name(agreement.by),
        community=scene.guide.community(scene.crisis).name,
        day=dates.date_of(agreement.on, _),
        until=dates.date_of(agreement.until, _),
    )


def _label(scene: Scene, template: Template) -> str:
    _ = scene._
    where = _("in public") if Route.PUBLIC_POST in template.routes else _("in private")
    alone = template.kind in _NEED_NO_APPROVAL
    agreed = [_("pre-approved") if alone else _("agreed to")] if template.agreed(today(scene)) else []
    return " · ".join([*agreed, template.title, where])


def today(scene: Scene) -> date:
    """The community's."""
    return scene.now.astimezone(scene.guide.community(scene.crisis).timezone).date()


def _language(scene: Scene) -> Locale:
    """The member's, where the triage aid has read it; else the community's."""
    read = scene.crisis.proposal.language if scene.crisis.proposal else ""
    known: Mapping[str, Locale] = {"fr": "fr", "en": "en"}
    return known.get(read) or scene.guide.community(scene.crisis).locale


def _days_since_first_word(scene: Scene) -> int:
    return (scene.now - (scene.anchored_at or scene.now)).days


def _usual_route(scene: Scene) -> Route:
    personal = scene.guide.category(scene.crisis).first_choice is FirstChoice.SOMEONE_IN_DANGER
    return Route.PRIVATE_MESSAGE if personal else Route.PUBLIC_POST
