"""Replies: from the form to the last way used."""

from datetime import date

from bot.domain import cell, drafts, holding
from bot.domain.roster import Role
from bot.domain.states import AskedAs, Route
from bot.domain.templates import Agreement
from bot.views import brief, draft_forms, prepared, said, start_from
from bot.views import drafts as views
from bot.views import holding as views_of_holding
from tests.golden.gallery import shown
from tests.rig import scenes as s


@shown
def draft_form(locale):
    scene = s.scene(s.called(), "03:18", locale=locale, reader=s.LEA)
    return draft_forms.draft_form(scene, asked=[s.NOE, s.SALOME, s.DENIS], empty=[], routes=tuple(Route))


@shown
def draft_form_of_a_complaint(locale):
    scene = s.scene(s.angry_customer(), "10:10", locale=locale, reader=s.INES)
    return draft_forms.draft_form(scene, asked=[s.NOE, s.DENIS], empty=[], routes=tuple(Route))


@shown
def draft_form_with_prepared_replies(locale):
    scene = s.scene(s.angry_customer(), "10:10", locale=locale, reader=s.INES)
    templates = start_from.offered(scene)
    return draft_forms.draft_form(scene, asked=[s.NOE], empty=[], routes=tuple(Route), templates=templates)


@shown
def draft_form_started(locale):
    scene = s.scene(s.called(), "03:18", locale=locale, reader=s.LEA)
    first, routes = start_from.offered(scene)[0], (Route.PRIVATE_MESSAGE, Route.EMAIL)
    return draft_forms.started_form(scene, first, routes, ways=tuple(Route))


def held(agreed=None):
    """Inès has the holding statement ready at 10:04."""
    crisis = s.angry_customer()
    scene = s.scene(crisis, "10:04", reader=s.INES)
    template = views_of_holding.holding_for(scene)
    assert template is not None
    holding.prepare(
        crisis,
        text=prepared.filled(scene, template, {Route.PUBLIC_POST}),
        by=s.INES,
        at=scene.now,
        promised_at=said.promised_update(scene.now),
        agreement=agreed,
    )
    return crisis


@shown
def holding_statement(locale):
    crisis = held()
    return views.draft_card(s.scene(crisis, "10:05", locale=locale), draft=crisis.draft(1))


@shown
def holding_statement_pre_approved(locale):
    crisis = held(Agreement(s.CLAIRE, date(2026, 1, 15), date(2027, 6, 30)))
    return views.draft_card(s.scene(crisis, "10:05", locale=locale), draft=crisis.draft(1))


@shown
def brief_with_a_holding_statement(locale):
    return brief.brief_card(s.scene(held(), "10:05", locale=locale))


@shown
def draft_in_the_room(locale):
    crisis = s.in_review()
    return views.draft_card(s.scene(crisis, "03:18", locale=locale), draft=crisis.draft(1))


@shown
def draft_to_somebody_asked(locale):
    crisis = s.in_review()
    scene = s.scene(crisis, "03:18", locale=locale, reader=s.NOE)
    return views.draft_card(scene, draft=crisis.draft(1))


@shown
def draft_to_its_author(locale):
    crisis = s.in_review()
    return views.draft_card(s.scene(crisis, "03:18", locale=locale, reader=s.LEA), draft=crisis.draft(1))


@shown
def draft_rejected(locale):
    crisis = s.rejected()
    return views.draft_card(s.scene(crisis, "03:20", locale=locale), draft=crisis.draft(1))


@shown
def draft_revised(locale):
    crisis = s.revised()
    return views.draft_card(s.scene(crisis, "03:22", locale=locale), draft=crisis.draft(1))


@shown
def draft_nobody_can_approve(locale):
    """A leak needs the lawyer and the data protection officer; the one officer has declined."""
    crisis = s.angry_customer()
    crisis.category = "leak"
    cell.ask(crisis, person=s.SALOME, role=Role.DPO, asked_as=AskedAs.HOLDER, at=s.at("10:03"))
    cell.decline(crisis, person=s.SALOME, at=s.at("10:05"))
    drafts.propose(
        crisis,
        text="Bonjour, nous retirons ces données.",
        routes=(Route.PUBLIC_POST,),
        by=s.INES,
        at=s.at("10:12"),
    )
    return views.draft_card(s.scene(crisis, "10:12", locale=locale), draft=crisis.draft(1))


@shown
def draft_approved(locale):
    crisis = s.approved()
    return views.draft_card(s.scene(crisis, "03:24", locale=locale), draft=crisis.draft(1))


@shown
def draft_released(locale):
    crisis = s.released()
    return views.draft_card(s.scene(crisis, "03:25", locale=locale), draft=crisis.draft(1))


@shown
def draft_half_sent(locale):
    crisis = s.half_sent()
    return views.draft_card(s.scene(crisis, "03:27", locale=locale), draft=crisis.draft(1))


@shown
def draft_gone(locale):
    crisis = s.replied()
    return views.draft_card(s.scene(crisis, "03:30", locale=locale), draft=crisis.draft(1))


@shown
def decision_nudge(locale):
    crisis = s.in_review()
    scene = s.scene(crisis, "03:38", locale=locale, reader=s.NOE)
    return views.decision_nudge_card(scene, draft=crisis.draft(1), step=2)


@shown
def sending_nudge(locale):
    crisis = s.released()
    scene = s.scene(crisis, "03:45", locale=locale, reader=s.LEA)
    return views.decision_nudge_card(scene, draft=crisis.draft(1), step=101)


@shown
def decision_nudge_settled(locale):
    crisis = s.replied()
    scene = s.scene(crisis, "03:45", locale=locale, reader=s.NOE)
    return views.decision_nudge_card(scene, draft=crisis.draft(1), step=1)


@shown
def revise_form(locale):
    crisis = s.rejected()
    return draft_forms.revise_form(s.scene(crisis, "03:21", locale=locale, reader=s.LEA), crisis.draft(1))


@shown
def reject_form(locale):
    crisis = s.in_review()
    return draft_forms.reject_form(s.scene(crisis, "03:19", locale=locale, reader=s.NOE), crisis.draft(1))


@shown
def route_form(locale):
    crisis = s.released()
    scene = s.scene(crisis, "03:26", locale=locale, reader=s.LEA)
    return draft_forms.route_form(scene, crisis.draft(1), Route.EMAIL)


@shown
def choose_route_form(locale):
    crisis = s.released()
    return draft_forms.choose_route_form(
        s.scene(crisis, "03:26", locale=locale, reader=s.LEA), crisis.draft(1)
    )


@shown
def choose_the_last_route_form(locale):
    crisis = s.half_sent()
    return draft_forms.choose_route_form(
        s.scene(crisis, "03:27", locale=locale, reader=s.LEA), crisis.draft(1)
    )
