"""The gate in the rooms: what it finds is shown, what it stops is not approved, people may override it."""

from collections.abc import Awaitable, Sequence
from pathlib import Path

import pytest

from bot.cards import Action, Answer, Card
from bot.domain.errors import Code
from bot.domain.events import CheckOverridden
from bot.domain.ids import CrisisId
from bot.domain.states import DraftStatus
from bot.domain.verbs import Verb
from tests.rig.acts import act
from tests.rig.core import GOOD, Core
from tests.rig.either import AROUND, EITHER, rig_at
from tests.rig.good_reply import good_reply
from tests.rig.plain import plain as drawn
from tests.rig.reading import plain as spaced
from tests.rig.refused import the_crisis, told
from tests.rig.shown import verbs

UNFILLED = f"[à relire] {GOOD}"
SECRET = GOOD.replace("Vous pouvez", "Cela restera entre nous. Vous pouvez")
BARE = "Bonjour."
WHY = "le client l'a relu"
STOPPED = "La vérification bloque ce texte. « [à relire] » : Complétez ceci"
MEND = "Complétez ceci, ou retirez-le."


@pytest.mark.parametrize("where", EITHER)
async def test_it_stops_a_promise_of_secrecy_until_one_person_overrides_at_night(
    tmp_path: Path, where: str
) -> None:
    """Nobody has assessed the distress: it counts as D4."""
    async with rig_at(where, tmp_path) as rig:
        lea, noe = EITHER[where](rig, "lea"), AROUND[where](rig, "noe")
        await lea.types("urgence aidez-moi, je n'en peux plus")
        await lea.asks_in_room("Écrire une réponse")
        told = await lea.submits({"text": SECRET, "routes": ["private_message"]})
        assert "BLOQUE · « restera entre nous » : Ne promettez pas le secret" in told
        assert "BLOQUE" in await lea.reads_room()
        card = await noe.finds_directly("restera entre nous")
        assert "Ne promettez pas le secret" in card
        assert "[Approuver la version 1]" not in card
        await noe.asks("Passer outre…")
        await noe.sends({"reason": WHY})
        await rig.settle()
        assert (
            f"Noé a passé outre la vérification de la réponse 1, version 1 : {WHY}" in await lea.reads_room()
        )
        assert "[Approuver la version 1]" in await noe.finds_directly("restera entre nous")
        await noe.does("Approuver la version 1")
        assert "Accord obtenu, version 1." in await lea.reads_room()


@pytest.mark.parametrize("where", EITHER)
async def test_it_takes_two_to_override_by_day_and_forgets_it_with_a_new_text(
    tmp_path: Path, where: str
) -> None:
    async with rig_at(where, tmp_path) as rig:
        ines, noe, denis = AROUND[where](rig, "ines"), AROUND[where](rig, "noe"), EITHER[where](rig, "denis")
        await ines.form("ouvrir Trois semaines sans réponse !")
        await ines.submits({"first_choice": "anger_or_image", "community": "forum"})
        await ines.asks_in_room("Écrire une réponse")
        await ines.fills({"text": UNFILLED, "routes": ["email"]})
        draft = f"{the_crisis(rig).id}.d1"

        def approves_revision(number: int) -> Awaitable[str]:
            return told(rig, "noe", lambda: act(rig, "noe", Action(Verb.APPROVE, draft, number)))

        assert STOPPED in await approves_revision(1)
        await denis.asks_in_room("Passer outre…")
        await denis.fills({"reason": WHY})
        assert STOPPED in await approves_revision(1)
        assert f"réponse 1, version 1 : {WHY}" in await noe.finds_directly("Une deuxième personne")
        await noe.asks("Passer outre…")
        await noe.fills({"reason": WHY})
        assert "on passe outre : Denis et Noé." in await noe.finds_directly(GOOD)
        await ines.asks_in_room("Modifier…")
        await ines.fills({"text": f"{UNFILLED} [à dater]"})
        assert STOPPED in await approves_revision(2)


@pytest.mark.parametrize("where", EITHER)
async def test_it_approves_a_mended_text(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        lea, noe = EITHER[where](rig, "lea"), AROUND[where](rig, "noe")
        await lea.types("urgence aidez-moi, je n'en peux plus")
        await lea.asks_in_room("Écrire une réponse")
        await lea.fills({"text": SECRET, "routes": ["private_message"]})
        await lea.asks_in_room("Modifier…")
        await lea.fills({"text": GOOD})
        card = await noe.finds_directly(GOOD)
        assert "BLOQUE" not in card
        await noe.does("Approuver la version 2")
        assert "Accord obtenu, version 2." in await lea.reads_room()


def plain(card: Card) -> str:
    return spaced(drawn(card))


def complaint(text: str = UNFILLED) -> tuple[Core, CrisisId]:
    """Inès wrote it; Denis and Noé may approve."""
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    core.proposes(crisis, "ines", text=text)
    core.deliver()
    return core, crisis


def overrides(core: Core, crisis: CrisisId, who: str, *, revision: int = 1, reason: str = WHY) -> Answer:
    asked = core.press(who, Verb.OVERRIDE, f"{crisis}.d1", revision)
    if asked.form is None:
        return asked
    return core.fill(who, Verb.OVERRIDE, asked.form.action.subject, revision, reason=reason)


def approves(core: Core, crisis: CrisisId, who: str = "denis", *, revision: int = 1) -> str | None:
    return core.press(who, Verb.APPROVE, f"{crisis}.d1", revision).code


def read(answer: Answer) -> str:
    assert answer.card is not None
    return plain(answer.card)


def overridden(core: Core, crisis: CrisisId) -> Sequence[CheckOverridden]:
    with core.store.read() as uow:
        return [e.event for e in uow.journal.of(crisis) if isinstance(e.event, CheckOverridden)]


def test_it_tells_the_author_at_once_what_it_found() -> None:
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    told = core.fill("ines", Verb.DRAFT, crisis, text=UNFILLED, routes="email")
    assert f"BLOQUE · « [à relire] » : {MEND}" in read(told)
    assert told.card is not None
    assert verbs(told.card) == [Verb.REVISE]
    assert "relire" not in told.card.summary
    mended = core.fill("ines", Verb.REVISE, f"{crisis}.d1", 1, text=GOOD)
    assert mended == Answer()


def test_it_refuses_to_approve_what_it_stops_and_says_how_to_mend_it() -> None:
    core, crisis = complaint()
    before = core.crisis(crisis)
    answer = core.press("denis", Verb.APPROVE, f"{crisis}.d1", 1)
    assert answer.code is Code.CHECK_STOPS
    assert read(answer).count(MEND) == 2
    assert answer.card is not None
    assert verbs(answer.card) == [Verb.REVISE, Verb.REJECT, Verb.OVERRIDE]
    assert core.crisis(crisis) == before


def test_it_says_who_may_not_decide_before_it_says_what_it_found() -> None:
    core, crisis = complaint()
    assert approves(core, crisis, "ines") is Code.OWN_DRAFT
    assert approves(core, crisis, "denis", revision=2) is Code.STALE_REVISION


def test_it_only_shows_what_warns() -> None:
    core, crisis = complaint(BARE)
    card = core.chat.read_by("denis")[-1].card
    assert "À VOIR" in plain(card)
    assert "BLOQUE" not in plain(card)
    assert approves(core, crisis) is None


def test_it_shows_five_findings_and_the_others_to_whoever_asks() -> None:
    core = Core()
    crisis = core.opens()
    core.fill("lea", Verb.COMPLETE, crisis, level="D3")
    core.proposes(crisis, text=BARE)
    core.deliver()
    card = core.chat.read_by("noe")[-1].card
    lines = [line for line in plain(card).splitlines() if line.startswith(("BLOQUE", "À VOIR"))]
    assert len(lines) == 5
    assert all(line.startswith("BLOQUE") for line in lines)
    assert Verb.FINDINGS in verbs(card)
    everything = read(core.press("noe", Verb.FINDINGS, f"{crisis}.d1"))
    assert all(line in everything for line in lines)
    assert everything.count("À VOIR") > 1


def test_it_takes_two_people_who_may_approve_and_did_not_write_it() -> None:
    core, crisis = complaint()
    assert overrides(core, crisis, "ines").code is Code.OWN_DRAFT
    assert overrides(core, crisis, "claire").code is Code.NOT_ASKED
    assert overrides(core, crisis, "denis").code is None
    assert approves(core, crisis) is Code.CHECK_STOPS
    assert overrides(core, crisis, "denis").code is Code.ALREADY_DONE
    assert overrides(core, crisis, "noe").code is None
    assert approves(core, crisis) is None
    assert core.crisis(crisis).draft(1).status is DraftStatus.APPROVED
    assert [(e.by, e.rules, e.complete) for e in overridden(core, crisis)] == [
        ("denis", ("R28",), False),
        ("noe", ("R28",), True),
    ]


def test_it_asks_for_the_reason() -> None:
    core, crisis = complaint()
    assert overrides(core, crisis, "denis", reason=" ").errors.keys() == {"reason"}
    assert core.crisis(crisis).draft(1).overrides == ()


def test_it_says_on_the_card_and_in_the_room_who_overrode_and_why() -> None:
    core, crisis = complaint()
    overrides(core, crisis, "denis")
    core.deliver()
    said = [plain(each.card) for each in core.chat.in_rooms()]
    assert any("Une deuxième personne doit passer outre aussi" in each for each in said)
    assert any(WHY in plain(each.card) for each in core.chat.read_by("noe"))
    overrides(core, crisis, "noe", reason="relu aussi")
    core.deliver()
    card = next(p for each in core.chat.in_rooms() if "[Refuser…]" in (p := plain(each.card)))
    assert "La vérification bloquait ce texte ; on passe outre : Denis et Noé." in card
    assert WHY in card
    assert "relu aussi" in card
    assert "[Approuver la version 1]" in card


def test_it_keeps_the_reason_in_the_log() -> None:
    core, crisis = complaint()
    overrides(core, crisis, "denis")
    core.press("ines", Verb.LOG, crisis)
    core.settle()
    line = f"Denis a passé outre la vérification sur la version 1 de la réponse 1 (R28) : {WHY}"
    assert any(line in plain(each.card) for each in core.chat.said.values())


def test_it_forgets_an_override_with_a_new_revision() -> None:
    core, crisis = complaint()
    for who in ("denis", "noe"):
        overrides(core, crisis, who)
    core.fill("ines", Verb.REVISE, f"{crisis}.d1", 1, text=f"{UNFILLED} [à dater]")
    assert approves(core, crisis, revision=2) is Code.CHECK_STOPS
    assert overrides(core, crisis, "denis", revision=1).code is Code.STALE_REVISION


def test_it_forgets_an_override_once_another_rule_stops_the_text() -> None:
    """A complaint turns out to be a distress: now a help line is missing, too."""
    core, crisis = complaint(f"[à relire] {BARE}")
    for who in ("denis", "noe"):
        overrides(core, crisis, who)
    core.fill("ines", Verb.COMPLETE, crisis, category="distress", level="D2")
    assert approves(core, crisis) is Code.CHECK_STOPS


def test_it_overrides_nothing_that_the_form_did_not_show() -> None:
    """While Denis writes his reason, somebody notes that it is a distress: a help line is missing, too."""
    core, crisis = complaint(f"[à relire] {BARE}")
    form = core.press("denis", Verb.OVERRIDE, f"{crisis}.d1", 1).form
    assert form is not None
    core.fill("ines", Verb.COMPLETE, crisis, category="distress", level="D2")
    answer = core.fill("denis", Verb.OVERRIDE, form.action.subject, 1, reason=WHY)
    assert answer.code is Code.CHECK_STOPS
    assert overridden(core, crisis) == []
    assert overrides(core, crisis, "denis").code is None
    assert "R01" in overridden(core, crisis)[0].rules


def test_it_compares_what_goes_to_the_same_member_on_other_ways() -> None:
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    for route, day in (("email", "jeudi"), ("letter", "mardi")):
        text = GOOD.replace("jeudi soir", f"{day} soir")
        told = core.fill("ines", Verb.DRAFT, crisis, text=text, routes=route)
    assert "« mardi » : Le texte d'une autre voie ne dit pas cela" in read(told)


@pytest.mark.parametrize(("member", "times"), [("aide", 0), ("je dors mal", 1)])
def test_it_asks_for_no_quotation_of_a_message_of_one_word(member: str, times: int) -> None:
    core = Core()
    opened = core.fill("ines", Verb.OPEN, text=member, first_choice="not_sure", community="forum")
    assert opened.code is None
    (crisis,) = core.crises()
    core.fill("ines", Verb.COMPLETE, crisis, category="distress", level="D2")
    text = GOOD.replace("je n'en peux plus", "la nuit est longue")
    told = core.fill("ines", Verb.DRAFT, crisis, text=text, routes="private_message")
    assert str(told).count("Citez quelques mots du membre") == times


REASONS = (
    " Nous avons masqué votre message aux autres membres. "
    "Pour contester, écrivez-nous : quelqu'un d'autre relira la décision."
)


@pytest.mark.parametrize(("more", "times"), [("", 1), (REASONS, 0)])
def test_it_asks_for_the_statement_of_reasons_of_a_hidden_message_and_only_warns(
    more: str, times: int
) -> None:
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    asked = "Il manque au message masqué son exposé"
    assert asked not in str(core.fill("ines", Verb.DRAFT, crisis, text=GOOD, routes="private_message"))
    core.press("ines", Verb.MESSAGE_HIDDEN, crisis)
    told = core.fill("ines", Verb.DRAFT, crisis, text=f"{GOOD}{more}", routes="email")
    assert str(told).count(asked) == times
    assert "BLOQUE" not in str(told)


def test_it_holds_up_no_word_to_somebody_in_danger_for_what_is_missing() -> None:
    core = Core()
    crisis = core.opens()
    core.proposes(crisis, text=BARE)
    assert approves(core, crisis, "noe") is None


def test_it_checks_again_before_the_release() -> None:
    """Approved at D4, where nearly everything only warns; at D1 a bare word is not enough."""
    core = Core()
    crisis = core.opens()
    core.proposes(crisis, text=BARE)
    approves(core, crisis, "noe")
    for who in ("lea", "noe"):
        core.fill(who, Verb.COMPLETE, crisis, level="D1", level_reason="parlé au téléphone")
    answer = core.press("lea", Verb.RELEASE, f"{crisis}.d1", 1)
    assert answer.code is Code.CHECK_STOPS
    core.deliver()
    offered = verbs(core.chat.read_by("noe")[-1].card)
    assert (offered[0], offered[-1]) == (Verb.REVISE, Verb.OVERRIDE)
    assert Verb.RELEASE not in offered
    for who in ("noe", "denis"):
        assert overrides(core, crisis, who).code is None
    assert core.press("lea", Verb.RELEASE, f"{crisis}.d1", 1).code is None


def test_it_approves_nothing_by_itself_that_it_stops() -> None:
    """A leak needs the lawyer and the officer, a harassment the lawyer alone: and it counts as D1."""
    core = Core()
    crisis = core.opens("ines", first="leak_or_threat")
    core.proposes(crisis, "ines", text=BARE)
    assert approves(core, crisis, "farid") is None
    core.fill("ines", Verb.COMPLETE, crisis, category="harassment")
    core.deliver()
    assert core.crisis(crisis).draft(1).status is DraftStatus.IN_REVIEW
    assert "Toutes les personnes nécessaires ont approuvé." in str(core.chat.in_rooms())
    core.fill("ines", Verb.ROLE, crisis, role="lawyer", person="salome")
    for who in ("farid", "salome"):
        assert overrides(core, crisis, who).code is None
    assert core.crisis(crisis).draft(1).status is DraftStatus.APPROVED


def test_it_names_the_way_where_a_finding_does_not_hold_on_all() -> None:
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    text = GOOD.replace("Bonjour, ", f"Bonjour, {'nous vous lisons. ' * 110}")
    told = core.fill("ines", Verb.DRAFT, crisis, text=text, routes="private_message,email")
    (line,) = [each for each in read(told).splitlines() if "Raccourcissez" in each]
    assert line.endswith("(par message privé)")


def test_it_does_not_repeat_the_members_words() -> None:
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    text = good_reply("je n'en peux plus").replace("Le 3114", "Écrivez-nous. Le 3114")
    told = read(core.fill("ines", Verb.DRAFT, crisis, text=text, routes="public_post"))
    assert "là où vous citez le membre : Ne citez pas le membre" in told
    assert "je n'en peux plus" not in told


def test_it_tells_of_an_unnoted_call_until_it_is_noted() -> None:
    core = Core()
    crisis = core.opens()
    noted = "Notez l'appel aux secours"
    assert noted in read(core.fill("lea", Verb.DRAFT, crisis, text=GOOD, routes="email"))
    core.fill("lea", Verb.I_CALLED, crisis, service="15")
    assert core.fill("lea", Verb.DRAFT, crisis, text=GOOD, routes="email") == Answer()
