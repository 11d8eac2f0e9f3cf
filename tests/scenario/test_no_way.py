"""No known way to the member: what is proposed, what is noted, and what closing asks then."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cards import Action, ChecksField, ChoiceField
from bot.domain import mailing
from bot.domain.errors import Code
from bot.domain.events import CrisisReplied, NoWayKnown, RecourseTaken
from bot.domain.ids import CrisisId, Platform
from bot.domain.states import CrisisStatus, DispatchStatus, Route
from bot.domain.verbs import Verb
from bot.interactions import FormSubmission
from bot.ports import Denied, Gone
from tests.rig.chat import Chat
from tests.rig.contacts import add, happened, in_rooms
from tests.rig.core import Core, actor, fresh_key
from tests.rig.either import AROUND, EITHER, rig_at
from tests.rig.night import WORDS
from tests.rig.plain import plain
from tests.rig.post import Post
from tests.rig.reading import plain as typed
from tests.rig.refused import the_crisis
from tests.rig.shown import options

NO_WAY = "choisit ce qu'on fait maintenant"
OVER = "Il n'y a plus rien à choisir ici"
INBOX_CLOSED = "messagerie fermée"


@pytest.fixture(params=[Platform.SLACK, Platform.TEAMS])
def core(request: pytest.FixtureRequest) -> Core:
    return Core(chat=Chat(request.param), carrier=Post())


def finds_nothing(core: Core, crisis: CrisisId) -> None:
    answer = core.fill("lea", Verb.CONTACT_END, crisis, reason="compte sans adresse")
    assert answer.code is None, answer
    core.settle()


def released(core: Core, crisis: CrisisId, *routes: Route) -> None:
    core.fill("lea", Verb.DRAFT, crisis, text="Bonjour.", routes=",".join(routes))
    number = core.crisis(crisis).drafts[-1].number
    core.press("noe", Verb.APPROVE, f"{crisis}.d{number}", 1)
    core.press("denis", Verb.APPROVE, f"{crisis}.d{number}", 1)
    assert core.press("lea", Verb.RELEASE, f"{crisis}.d{number}", 1).code is None
    core.settle()


def gives_up(core: Core, crisis: CrisisId, route: Route = Route.PRIVATE_MESSAGE) -> None:
    answer = core.fill("lea", Verb.EXCUSE_ROUTE, f"{crisis}.d1", route=route, note=INBOX_CLOSED)
    assert answer.code is None, answer
    core.settle()


def unreached(core: Core, first: str = "someone_in_danger") -> CrisisId:
    """A reply was released, and its only way given up."""
    crisis = core.opens(first=first)
    released(core, crisis, Route.PRIVATE_MESSAGE)
    gives_up(core, crisis)
    return crisis


def takes(
    core: Core, crisis: CrisisId, recourse: str, *, note: str = "n° 4412", done_at: str = ""
) -> str | None:
    answer = core.fill("lea", Verb.RECOURSE, f"{crisis}.w.{recourse}", note=note, done_at=done_at)
    core.settle()
    return answer.code or next(iter(answer.errors), None)


def judged_safe(core: Core, crisis: CrisisId) -> None:
    """Nothing is more urgent any more than to reach them."""
    core.press("lea", Verb.LIFE_IN_DANGER, crisis)
    assert core.fill("lea", Verb.CALL_NOT_NEEDED, crisis, reason="aucun danger immédiat").code is None
    core.settle()


def in_room(core: Core, words: str) -> str:
    """The one card of the room with these words, as it is now."""
    [one] = [text for said in core.chat.in_rooms() if words in (text := typed(plain(said.card)))]
    return one


def card(core: Core) -> str:
    return in_room(core, NO_WAY)


def test_it_is_said_once_the_search_ended_with_nothing(core: Core) -> None:
    crisis = core.opens()
    assert NO_WAY not in in_rooms(core)
    finds_nothing(core, crisis)
    for label in ("Message privé…", "Signaler à la plateforme…", "Signaler à PHAROS…", "Mot public…"):
        assert f"[{label}]" in card(core)
    assert "[Rien de possible…]" in card(core)
    assert "Ce n'est pas un service d'urgence" in card(core)
    assert "appelez d'abord le 17 ou le 112" in card(core)
    assert len(happened(core, crisis, NoWayKnown)) == 1


def test_it_is_said_once_every_way_of_the_reply_was_given_up(core: Core) -> None:
    crisis = unreached(core)
    assert "La recherche de coordonnées continue" in card(core)
    finds_nothing(core, crisis)
    assert len(happened(core, crisis, NoWayKnown)) == 1
    assert "aucun moyen connu de joindre le membre" in in_rooms(core)


def test_it_says_nothing_while_a_way_waits_or_after_one_was_used(core: Core) -> None:
    crisis = core.opens()
    released(core, crisis, Route.PRIVATE_MESSAGE, Route.EMAIL)
    gives_up(core, crisis, Route.EMAIL)
    finds_nothing(core, crisis)
    assert NO_WAY not in in_rooms(core)
    assert core.fill("lea", Verb.DISPATCH, f"{crisis}.d1.private_message", 1, note="lu").code is None
    core.settle()
    assert core.crisis(crisis).status is CrisisStatus.REPLIED
    assert NO_WAY not in in_rooms(core)


def test_it_is_put_right_once_a_contact_is_found(core: Core) -> None:
    crisis = unreached(core)
    assert card(core)
    add(core, crisis)
    assert NO_WAY not in in_rooms(core)
    assert OVER in in_rooms(core)
    core.fill("lea", Verb.CONTACT_WRONG, crisis, contact="1", reason="un homonyme")
    core.settle()
    assert card(core)
    assert len(happened(core, crisis, NoWayKnown)) == 2


@pytest.mark.parametrize(
    ("first", "platform", "pharos"),
    [("someone_in_danger", True, True), ("anger_or_image", False, False)],
)
def test_it_proposes_what_the_kind_of_crisis_calls_for(
    core: Core, first: str, *, platform: bool, pharos: bool
) -> None:
    unreached(core, first)
    assert ("[Signaler à la plateforme…]" in card(core)) is platform
    assert ("[Signaler à PHAROS…]" in card(core)) is pharos


@pytest.mark.parametrize(
    ("category", "country", "offered"),
    [("hate", "", True), ("hate", "FR", True), ("hate", "BE", False), ("complaint", "FR", False)],
)
def test_it_proposes_pharos_by_category_and_country(
    core: Core, category: str, country: str, *, offered: bool
) -> None:
    crisis = unreached(core, "anger_or_image")
    core.fill("lea", Verb.COMPLETE, crisis, category=category, country=country)
    core.settle()
    assert ("[Signaler à PHAROS…]" in card(core)) is offered


def test_it_does_not_count_a_report_as_an_answer(core: Core) -> None:
    crisis = unreached(core)
    for recourse in ("platform", "pharos"):
        assert takes(core, crisis, recourse, done_at="03:12") is None
    assert takes(core, crisis, "nothing", note="plus rien à essayer") is None
    assert core.crisis(crisis).status is CrisisStatus.OPEN
    judged_safe(core, crisis)
    assert "À FAIRE MAINTENANT : Léa regarde si le membre écrit encore" in in_rooms(core)
    assert not happened(core, crisis, CrisisReplied)
    shown = in_rooms(core)
    assert "signalé à la plateforme (Léa, à 03:12)" in shown
    assert "signalé à PHAROS (Léa, à 03:12)" in shown
    assert "Léa, à 03:12 : n° 4412" in card(core)
    assert "[Signaler à" not in card(core)
    assert [e.recourse for e in happened(core, crisis, RecourseTaken)] == ["platform", "pharos", "nothing"]
    assert "Léa : signalé à PHAROS, le" in core.log(crisis)


def test_it_takes_no_report_without_a_proof_twice_or_from_the_future(core: Core) -> None:
    crisis = unreached(core)
    assert takes(core, crisis, "pharos", note=" ") == Code.REASON_NEEDED
    assert takes(core, crisis, "pharos", done_at="2999-01-01 03:00")
    assert takes(core, crisis, "pharos") is None
    assert takes(core, crisis, "pharos") == Code.ALREADY_DONE
    assert takes(core, crisis, "telephone") == Code.ABSENT
    add(core, crisis)
    assert takes(core, crisis, "nothing") == Code.ALREADY_DONE


def test_it_sends_the_released_text_by_private_message_all_the_same(core: Core) -> None:
    crisis = core.opens()
    released(core, crisis, Route.EMAIL)
    gives_up(core, crisis, Route.EMAIL)
    assert "[Message privé…]" in card(core)
    way = f"{crisis}.d1.private_message"
    form = core.press("lea", Verb.DISPATCH, way, 1).form
    assert form is not None
    assert "Bonjour." in str(form.intro)
    assert core.fill("lea", Verb.DISPATCH, way, 1, note="lu à 03:20").code is None
    core.settle()
    assert core.crisis(crisis).status is CrisisStatus.REPLIED
    assert OVER in in_rooms(core)


def test_it_opens_a_reply_for_the_public_that_quotes_nothing(core: Core) -> None:
    crisis = unreached(core)
    form = core.press("lea", Verb.PUBLIC_WORD, crisis).form
    assert form is not None
    assert form.action.verb is Verb.DRAFT
    assert "ne citez rien" in str(form.intro)
    assert [f.values for f in form.fields if isinstance(f, ChecksField)] == [("public_post",)]
    core.fill("lea", Verb.SERIOUS_NEWS, crisis, news="death")
    assert core.press("lea", Verb.PUBLIC_WORD, crisis).code == Code.SILENCED


def closes(core: Core, crisis: CrisisId, who: str, reason: str = "plus aucun moyen") -> str | None:
    answer = core.fill(who, Verb.CLOSE, crisis, reason=reason)
    core.settle()
    return answer.code


def test_it_closes_only_when_two_people_ask_for_it(core: Core) -> None:
    crisis = unreached(core)
    form = core.press("claire", Verb.CLOSE, crisis).form
    assert form is not None
    assert "une deuxième personne doit demander la même chose" in str(form.intro)
    assert closes(core, crisis, "claire") is None
    assert closes(core, crisis, "claire") is None
    assert core.crisis(crisis).status is CrisisStatus.OPEN
    assert "alors qu'aucun moyen de joindre le membre n'est connu : plus aucun moyen" in in_rooms(core)
    assert closes(core, crisis, "helene") is None
    assert core.crisis(crisis).status is CrisisStatus.CLOSED
    assert NO_WAY not in in_rooms(core)


def test_it_stays_open_when_the_second_refuses(core: Core) -> None:
    crisis = unreached(core)
    closes(core, crisis, "claire")
    assert "[La garder ouverte]" in in_rooms(core)
    assert core.press("helene", Verb.KEEP_OPEN, crisis).code is None
    core.settle()
    assert "Hélène garde la crise ouverte." in in_rooms(core)
    assert "[La garder ouverte]" not in in_rooms(core)
    assert core.press("helene", Verb.KEEP_OPEN, crisis).code == Code.ALREADY_DONE
    assert closes(core, crisis, "helene") is None
    assert core.crisis(crisis).status is CrisisStatus.OPEN


@pytest.mark.parametrize(("level", "alone"), [("D1", True), ("D2", False)])
def test_it_asks_for_two_from_d2_on(core: Core, level: str, *, alone: bool) -> None:
    crisis = unreached(core)
    for who in ("lea", "noe"):
        core.fill(who, Verb.COMPLETE, crisis, level=level, level_reason="relu ensemble")
    core.settle()
    closes(core, crisis, "claire")
    assert (core.crisis(crisis).status is CrisisStatus.CLOSED) is alone


def test_it_leaves_a_false_alarm_its_own_rule(core: Core) -> None:
    crisis = unreached(core)
    for who in ("lea", "noe"):
        core.fill(who, Verb.COMPLETE, crisis, level="D2", level_reason="relu ensemble")
    assert core.fill("lea", Verb.FALSE_ALARM, crisis, reason="une chanson").code is None
    assert core.crisis(crisis).status is CrisisStatus.CLOSED


def sends(core: Core, crisis: CrisisId, contact: str) -> None:
    answer = core.fill("lea", Verb.MAIL, f"{crisis}.d1.email", 1, contact=contact, heading="Un mot")
    assert answer.code is None, answer
    core.settle()


def test_it_offers_the_next_way_with_each_refusal(core: Core) -> None:
    """Another address, then the letter; once nothing is left no way is known."""
    core.carrier = Post(Gone("550"), Denied("554"))
    crisis = core.opens()
    add(core, crisis)
    add(core, crisis, "iris@autre.example")
    released(core, crisis, Route.EMAIL)
    sends(core, crisis, "2")
    first = in_room(core, "aucune boîte")
    assert "Ensuite : une autre adresse connue." in first
    assert "[Une autre adresse…]" in first
    add(core, crisis, "Iris Delorme\n12 rue des Tilleuls\n34000 Montpellier", means="address")
    sends(core, crisis, "1")
    second = in_room(core, "l'e-mail n'est pas parti (serveur de messagerie : 554)")
    assert "Ensuite : lettre." in second
    assert "[Aussi par lettre]" in second
    assert "[Message privé envoyé]" in second
    assert "[Mot public…]" in second
    assert NO_WAY not in in_rooms(core)
    core.fill("lea", Verb.CONTACT_WRONG, crisis, contact="3", reason="déménagé")
    core.settle()
    assert card(core)
    judged_safe(core, crisis)
    assert "À FAIRE MAINTENANT : Léa choisit ce qu'on fait" in in_rooms(core)


def test_it_knows_the_way_that_a_first_word_went(core: Core) -> None:
    crisis = core.opens()
    form = core.press("lea", Verb.FIRST_MESSAGE, crisis).form
    assert form is not None
    language = next(f.value for f in form.fields if isinstance(f, ChoiceField) and f.name == "message")
    answer = core.fill("lea", Verb.FIRST_MESSAGE, crisis, message=language, routes="private_message")
    assert answer.code is None
    assert core.fill("lea", Verb.DISPATCH, f"{crisis}.d1.private_message", 1, note="lu").code is None
    released(core, crisis, Route.EMAIL)
    answer = core.fill("lea", Verb.EXCUSE_ROUTE, f"{crisis}.d2", route="email", note="aucune adresse")
    assert answer.code is None
    finds_nothing(core, crisis)
    assert NO_WAY not in in_rooms(core)


def test_it_knows_the_way_of_a_word_that_somebody_wrote_by_themselves(core: Core) -> None:
    crisis = core.opens()
    assert core.fill("lea", Verb.RECEIPT, crisis, route="private_message").code is None
    finds_nothing(core, crisis)
    assert NO_WAY not in in_rooms(core)


def bounces(core: Core, crisis: CrisisId) -> None:
    with core.store.write() as uow:
        held = uow.crises.get(crisis)
        assert held is not None
        mailing.bounce(held, held.mailings[0], code="5.2.2", at=core.now)
        core.application.settle(uow, now=core.now)
        uow.commit()
    core.settle()


def test_it_offers_nothing_that_writes_where_the_crisis_is_closed_by_then(core: Core) -> None:
    crisis = core.opens()
    add(core, crisis)
    released(core, crisis, Route.EMAIL)
    sends(core, crisis, "1")
    assert closes(core, crisis, "claire") is None
    bounces(core, crisis)
    told = in_room(core, "Le membre n'a pas reçu cet e-mail.")
    assert "La crise est close : pour lui écrire, ouvrez-en une nouvelle." in told
    assert "[" not in told
    assert NO_WAY not in in_rooms(core)


def test_it_offers_each_member_their_own_addresses_alone(core: Core) -> None:
    core.carrier = Post(Gone("550"))
    crisis = core.opens("lea", first="anger_or_image")
    assert core.fill("lea", Verb.ADD, crisis, text="Moi aussi.", member="another").code is None
    add(core, crisis)
    given = {"means": "email", "source": "client_file", "confidence": "sure", "value": "b@autre.example"}
    typed = Action(Verb.CONTACT_ADD, f"{crisis}.u2")
    assert core.ask(FormSubmission(fresh_key(), actor("lea"), typed, given)).code is None
    core.fill("lea", Verb.DRAFT, crisis, text="Bonjour.", routes="email", member="m2")
    core.press("denis", Verb.APPROVE, f"{crisis}.d1", 1)
    assert core.press("lea", Verb.RELEASE, f"{crisis}.d1", 1).code is None
    form = core.press("lea", Verb.MAIL, f"{crisis}.d1.email", 1).form
    assert form is not None
    assert options(form, "contact") == ["2"]
    sends(core, crisis, "2")
    told = in_room(core, "aucune boîte")
    assert "Ensuite : message privé." in told
    assert "[Une autre adresse…]" not in told


def test_it_owes_the_first_word_again_once_the_only_e_mail_came_back(core: Core) -> None:
    crisis = core.opens()
    add(core, crisis)
    released(core, crisis, Route.EMAIL)
    sends(core, crisis, "1")
    assert core.crisis(crisis).status is CrisisStatus.REPLIED
    bounces(core, crisis)
    found = core.crisis(crisis)
    assert (found.status, found.anchored_at) == (CrisisStatus.OPEN, None)
    assert found.dispatches[0].status is DispatchStatus.REFUSED
    assert card(core)
    assert "n'a encore reçu aucun mot" in in_rooms(core)


def test_it_asks_for_the_follow_up_once_nothing_is_possible(core: Core) -> None:
    crisis = unreached(core)
    judged_safe(core, crisis)
    core.later(hours=3)
    assert "À FAIRE MAINTENANT : Léa choisit ce qu'on fait" in in_rooms(core)
    takes(core, crisis, "nothing", note="plus rien à essayer")
    assert "prend des nouvelles du membre (suivi 1)" in in_rooms(core)


@pytest.mark.parametrize("where", EITHER)
async def test_it_is_told_and_noted_everywhere(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await AROUND[where](rig, "lea").types(f"urgence {WORDS}")
        lea = EITHER[where](rig, "lea")
        await lea.hears_in_room("Coordonnées…")
        await lea.presses("Rien trouvé…")
        await lea.fills({"reason": "compte sans adresse"})
        assert NO_WAY in await lea.reads_room()
        await lea.asks_in_room("Signaler à PHAROS…")
        await lea.fills({"note": "n° 4412", "done_at": "03:10"})
        assert "signalé à PHAROS (Léa" in await lea.reads_brief()
        assert "aucun moyen connu de joindre le membre" in await lea.reads_brief()


def test_it_proposes_no_authority_whose_line_is_to_be_reviewed() -> None:
    core = Core(now=datetime(2027, 5, 22, 2, 14, tzinfo=UTC))
    finds_nothing(core, core.opens())
    assert "[Signaler à la plateforme…]" in card(core)
    assert "PHAROS" not in card(core)
    assert "Une vie en danger ? Appelez d'abord" in card(core)


@pytest.mark.parametrize("where", EITHER)
async def test_it_is_closed_by_two_everywhere(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await AROUND[where](rig, "lea").types(f"urgence {WORDS}")
        lea, claire = EITHER[where](rig, "lea"), EITHER[where](rig, "claire")
        await lea.hears_in_room("Coordonnées…")
        await lea.presses("Rien trouvé…")
        await lea.fills({"reason": "compte sans adresse"})
        await claire.asks_in_room("Clore la crise…")
        assert "Une deuxième personne" in await claire.submits({"reason": "plus aucun moyen"})
        assert "alors qu'aucun moyen de joindre le membre n'est connu" in await lea.reads_room()
        await lea.presses_in_room("La garder ouverte")
        assert "Léa garde la crise ouverte." in await lea.reads_room()
        await claire.asks_in_room("Clore la crise…")
        await claire.submits({"reason": "plus aucun moyen"})
        await EITHER[where](rig, "helene").orders("close plus rien à faire")
        assert the_crisis(rig).status is CrisisStatus.CLOSED
