"""Forms about a reply."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.cards import Action, ChecksField, ChoiceField, Form, FormField, Quote, Text, TextField, Tone
from bot.domain import contacts
from bot.domain.categories import FirstChoice
from bot.domain.drafts import Draft
from bot.domain.ids import FIRST, PersonId
from bot.domain.roster import Role
from bot.domain.sending import SETTLED, may_write_privately
from bot.domain.states import Rejecting, Route
from bot.domain.subjects import draft_subject, member_subject, route_subject
from bot.domain.templates import Template
from bot.domain.verbs import Verb
from bot.domain.wording import REVISION_LIMIT
from bot.texts import N_
from bot.views.buttons import SENT_BY
from bot.views.draft_parts import quoted
from bot.views.lines import ROUTES, names, roles
from bot.views.members import whom_field
from bot.views.now import emergency_open
from bot.views.prepared import filled
from bot.views.scene import Scene
from bot.views.start_from import copied, start_field, taken_notes, to_copy

PROOFS = {
    Route.PRIVATE_MESSAGE: N_("For example: sent to the member's inbox at 03:20"),
    Route.EMAIL: N_("For example: sent from the crisis address at 03:20"),
    Route.PUBLIC_POST: N_("The link to what was published"),
}


def draft_form(
    scene: Scene,
    *,
    asked: Sequence[PersonId],
    empty: Sequence[Role],
    routes: Sequence[Route],
    templates: Sequence[Template] = (),
) -> Form:
    """A new reply.

    `asked` are those who will be asked to decide, `empty` the needed roles that nobody can fill, `routes`
    the ways that can be chosen, `templates` the prepared replies to start from.
    """
    start = (start_field(scene, templates),) if templates or to_copy(scene) else ()
    text = replace(_text(scene, ""), required=not start)
    return _writing(
        scene,
        intro=(*_who_is_asked(scene, asked, empty), *_advice(scene)),
        fields=(*start, text, routes_field(scene, routes)),
    )


def started_form(scene: Scene, template: Template, routes: Sequence[Route], *, ways: Sequence[Route]) -> Form:
    """The same with a prepared reply in it, filled for its `routes`; `ways` are all that can be chosen."""
    text = filled(scene, template, routes)
    chosen = replace(routes_field(scene, ways), values=tuple(route.value for route in routes))
    return _writing(
        scene,
        intro=(*taken_notes(scene, template, text), *_advice(scene)),
        fields=(_text(scene, text), chosen),
    )


def copied_form(scene: Scene, draft: Draft, *, ways: Sequence[Route]) -> Form:
    """The same with another member's reply in it, in this one's name."""
    routes = replace(routes_field(scene, ways), values=tuple(r.value for r in draft.routes if r in ways))
    told = scene._("Reply {n} once more: read it as if it were for this member alone.", n=draft.number)
    return _writing(
        scene, intro=(Text(told), *_advice(scene)), fields=(_text(scene, copied(scene, draft)), routes)
    )


def _writing(scene: Scene, *, intro: tuple[Text, ...], fields: tuple[FormField, ...]) -> Form:
    _ = scene._
    to_whom = whom_field(scene, _("For whom?"), everybody=True)
    return Form(
        action=Action(Verb.DRAFT, member_subject(scene.crisis, scene.who or FIRST)),
        title=_("Write a reply"),
        submit=_("Ask for approval"),
        cancel=_("Cancel"),
        intro=intro,
        fields=(*to_whom, *fields),
    )


def routes_field(scene: Scene, routes: Sequence[Route]) -> ChecksField:
    """The ways a text can go."""
    return ChecksField(
        "routes",
        scene._("How will it reach the member?"),
        tuple((route.value, scene._(ROUTES[route])) for route in routes),
        values=_usual(scene, routes),
        required=True,
    )


def revise_form(scene: Scene, draft: Draft) -> Form:
    """The text again, to correct it; every approval falls."""
    _ = scene._
    told = _(
        "A new revision is read anew: approvals given so far fall, and those who gave them see what changed."
    )
    return Form(
        action=Action(Verb.REVISE, draft_subject(scene.crisis, draft.number), draft.current.number),
        title=_("Revise the reply"),
        submit=_("Ask for approval"),
        cancel=_("Cancel"),
        intro=(Text(told),),
        fields=(_text(scene, draft.current.text),),
    )


def reject_form(scene: Scene, draft: Draft) -> Form:
    """Why the text is refused: its author must be able to mend it, or others agree not to answer."""
    _ = scene._
    agreeing = roles(scene.guide.agreeing(scene.crisis), _)
    told = _("Not to answer needs an agreement: {roles}. It is asked for at once.", roles=agreeing)
    return Form(
        action=Action(Verb.REJECT, draft_subject(scene.crisis, draft.number), draft.current.number),
        title=_("Reject the reply"),
        submit=_("Reject"),
        cancel=_("Cancel"),
        intro=(Text(told),),
        fields=(
            ChoiceField(
                "then",
                _("What then?"),
                (
                    (Rejecting.CORRECT.value, _("Correct the wording")),
                    (Rejecting.NO_ANSWER.value, _("Do not answer")),
                ),
                value=Rejecting.CORRECT.value,
                required=True,
                wide=True,
            ),
            TextField(
                "reason",
                _("Why? What must change?"),
                hint=_("Say what to write instead: the author reads this at once."),
                required=True,
                multiline=True,
            ),
            ChecksField(
                "private",
                _("Who reads this reason?"),
                (("yes", _("Only the author and the communication lead")),),
                hint=_(
                    "The whole cell, unless you tick. Whoever must agree not to answer reads it in any case."
                ),
            ),
        ),
    )


def route_form(scene: Scene, draft: Draft, route: Route) -> Form:
    """What proves that the text went this way."""
    _ = scene._
    note = TextField("note", _("What shows it?"), hint=_(PROOFS[route]), required=True, max_length=500)
    return Form(
        action=Action(Verb.DISPATCH, route_subject(scene.crisis, draft.number, route), draft.current.number),
        title=_(SENT_BY[route]),
        submit=_("Record"),
        cancel=_("Cancel"),
        intro=(Text(_("Way: {route}", route=_(ROUTES[route]))), *_to_copy(scene, draft, route)),
        fields=(note,),
    )


def _to_copy(scene: Scene, draft: Draft, route: Route) -> tuple[Quote, ...]:
    """The text, where it goes a way that its card does not show."""
    hidden = route is Route.PRIVATE_MESSAGE and may_write_privately(scene.crisis, draft.number)
    return (quoted(scene, draft),) if hidden else ()


def choose_route_form(scene: Scene, draft: Draft) -> Form:
    """Which of the ways that still wait is not used, and why."""
    _ = scene._
    waiting = [
        d.route for d in scene.crisis.dispatches if d.draft == draft.number and d.status not in SETTLED
    ]
    return Form(
        action=Action(Verb.EXCUSE_ROUTE, draft_subject(scene.crisis, draft.number), draft.current.number),
        title=_("A way not used"),
        submit=_("Record"),
        cancel=_("Cancel"),
        fields=(
            ChoiceField(
                "route",
                _("Which way?"),
                tuple((route.value, _(ROUTES[route])) for route in waiting),
                value=waiting[0].value if len(waiting) == 1 else "",
                required=True,
                wide=True,
            ),
            TextField("note", _("Why not this way?"), required=True, max_length=500),
        ),
    )


def _who_is_asked(scene: Scene, asked: Sequence[PersonId], empty: Sequence[Role]) -> Iterator[Text]:
    _ = scene._
    if empty:
        nobody = _("Nobody can approve as {roles} yet: a manager names somebody.", roles=roles(empty, _))
        yield Text(nobody, Tone.ALERT)
    if asked:
        yield Text(_("Will be asked to read and decide: {names}.", names=names(scene, asked)))


def _text(scene: Scene, value: str) -> TextField:
    _ = scene._
    return TextField(
        "text",
        _("What we write to the member"),
        value=value,
        required=True,
        multiline=True,
        max_length=REVISION_LIMIT,
    )


def _advice(scene: Scene) -> tuple[Text, ...]:
    """What helps in distress, in the words of those who know; and that writing is no call for help."""
    _ = scene._
    if not _in_danger(scene):
        return ()
    advice = _(
        "Thank them for writing, say that we worry, give one help line and the emergency number, say when we "
        "write again. No promise of secrecy, no blame, nothing about how."
    )
    return (Text(advice), *no_call(scene))


def no_call(scene: Scene) -> tuple[Text, ...]:
    """While a call for help is open: writing does not stand for it."""
    if not emergency_open(scene.crisis):
        return ()
    return (Text(scene._("A reply does not replace the call to the emergency services."), Tone.ALERT),)


def _in_danger(scene: Scene) -> bool:
    return scene.guide.category(scene.crisis).first_choice is FirstChoice.SOMEONE_IN_DANGER


def _usual(scene: Scene, routes: Sequence[Route]) -> tuple[str, ...]:
    """In distress one writes privately; elsewhere where everybody reads; always where a contact leads."""
    private = _in_danger(scene) and scene.member is not None
    usual = Route.PRIVATE_MESSAGE if private else Route.PUBLIC_POST
    chosen = {usual, *contacts.routes(scene.crisis, scene.who)}
    return tuple(route.value for route in routes if route in chosen)
