"""A reply is approved only by those who read exactly this text."""

import pytest

from bot.domain import course, emergency
from bot.domain.states import Route
from bot.domain.verbs import Verb
from bot.views.draft_forms import choose_route_form, draft_form, revise_form
from bot.views.drafts import decision_nudge_card, draft_card
from tests.rig import scenes as s
from tests.rig.plain import plain
from tests.rig.shown import buttons, filled, options, quotes, verbs


def card(stage, **more):
    crisis = stage()
    return draft_card(s.scene(crisis, "03:30", locale="en", **more), draft=crisis.draft(1))


@pytest.mark.parametrize("stage", [s.in_review, s.rejected, s.revised, s.approved, s.released, s.replied])
def test_it_always_shows_the_whole_text(stage):
    text = stage().draft(1).current.text
    assert quotes(card(stage)) == [text]


def test_it_binds_each_decision_to_the_revision_shown():
    shown = [b for b in buttons(card(s.revised)) if b.action.verb is not Verb.READ_MESSAGE]
    assert {(b.action.verb, b.action.subject, b.action.revision) for b in shown} == {
        (verb, "7c3e0000000014fe.d1", 2) for verb in (Verb.APPROVE, Verb.REJECT, Verb.REVISE)
    }


def test_it_offers_the_author_no_decision():
    assert verbs(card(s.in_review, reader=s.LEA)) == [Verb.REVISE, Verb.READ_MESSAGE]
    assert Verb.APPROVE in verbs(card(s.in_review, reader=s.NOE))


@pytest.mark.parametrize("stage", [s.rejected, s.approved, s.released, s.replied])
def test_it_offers_approval_only_while_a_decision_is_asked(stage):
    assert Verb.APPROVE not in verbs(card(stage))


def test_it_says_what_changed():
    assert "Changed since revision 1" in plain(card(s.revised))


def test_it_asks_once_more_before_sending_and_says_who_may():
    release = next(b for b in buttons(card(s.approved)) if b.action.verb is Verb.RELEASE)
    assert release.confirm is not None
    assert "Only Léa" in release.confirm.text


def test_it_keeps_one_button_for_each_way_that_waits():
    ways = [
        b.action.subject.rpartition(".")[2]
        for b in buttons(card(s.half_sent))
        if b.action.verb is Verb.DISPATCH
    ]
    assert ways == [Route.EMAIL]
    assert verbs(card(s.replied)) == []


def test_it_offers_nothing_after_closing():
    crisis = s.in_review()
    course.close(crisis, by=s.HELENE, reason="Fausse alerte", at=s.at("03:30"))
    assert verbs(draft_card(s.scene(crisis, "03:31"), draft=crisis.draft(1))) == []


def test_it_shouts_when_a_reply_is_decided_and_nobody_has_called():
    crisis = s.in_review()
    emergency.declare(crisis, by=s.LEA, at=s.at("03:27"))
    shown = plain(draft_card(s.scene(crisis, "03:30", locale="en"), draft=crisis.draft(1)))
    assert "!! Goes by: private message and e-mail. NO CALL RECORDED for 3 min." in shown


def test_it_thanks_instead_of_asking_once_settled():
    crisis = s.replied()
    nudge = decision_nudge_card(s.scene(crisis, "03:30", locale="en"), draft=crisis.draft(1), step=3)
    assert verbs(nudge) == []
    assert "nothing more is asked of you" in plain(nudge)


@pytest.mark.parametrize(
    ("stage", "chosen"), [(s.called, "private_message"), (s.angry_customer, "public_post")]
)
def test_it_proposes_the_usual_way(stage, chosen):
    form = draft_form(s.scene(stage(), "10:10"), asked=[], empty=[], routes=tuple(Route))
    assert filled(form)["routes"] == chosen


def test_it_puts_the_current_text_into_the_form():
    crisis = s.revised()
    form = revise_form(s.scene(crisis, "03:25"), crisis.draft(1))
    assert (form.action.revision, filled(form)["text"]) == (2, s.REVISED)


def test_it_lets_only_a_way_that_waits_be_excused():
    crisis = s.half_sent()
    form = choose_route_form(s.scene(crisis, "03:30"), crisis.draft(1))
    assert options(form, "route") == ["email"]
