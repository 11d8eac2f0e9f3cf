"""A guest's link goes by e-mail at once; who called them hears when it does not arrive."""

import re
from pathlib import Path

import pytest

from bot.data import SAMPLE_PLAN
from bot.domain.events import GuestMailFailed
from bot.domain.guests import hash_of
from bot.domain.ids import CrisisId
from bot.domain.states import MailStatus
from bot.domain.subjects import guest_subject
from bot.domain.verbs import Verb
from bot.ports import Ambiguous, Arrived, Denied, Email, GatewayError, Gone, Unreachable
from tests.rig.core import Core
from tests.rig.memory import MemoryStore
from tests.rig.plain import plain
from tests.rig.post import Post
from tests.scenario.test_mail import events

INVITES = "guest lawyer Yves Caron yves@cabinet.example"
LINK = re.compile(r"^https://cellule\.test/r/([\w-]{43})$", re.MULTILINE)
FARID = 'farid: {name: Farid Haddad, email: farid@cabinet.example, phone: "+33639980005", country: FR'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan whose lawyer has no seat."""
    path = tmp_path / "plan.yaml"
    path.write_text(SAMPLE_PLAN.read_text("utf-8").replace(FARID, f"{FARID}, external: true"), "utf-8")
    return path


def invited(*answers: GatewayError | None) -> tuple[Core, CrisisId]:
    core = Core(carrier=Post(*answers))
    crisis = core.opens()
    core.settle()
    answer = core.command("lea", INVITES)
    assert answer.code is None, answer
    assert answer.card is not None
    assert "/r/" not in plain(answer.card)
    core.settle()
    return core, crisis


def post(core: Core) -> Post:
    assert isinstance(core.carrier, Post)
    return core.carrier


def link_in(mail: Email) -> str:
    found = LINK.search(mail.text)
    assert found is not None, mail.text
    return found[1]


def secrets_kept(core: Core) -> list[str]:
    """What the rows of e-mails hold."""
    assert isinstance(core.store, MemoryStore)
    return [known.row.text for known in core.store.state.outgoing.values() if known.row.task == "mail"]


def failures(core: Core, crisis: CrisisId) -> list[tuple[MailStatus, str]]:
    failed = (event for event in events(core, crisis) if isinstance(event, GuestMailFailed))
    return [(event.status, event.code) for event in failed]


def test_it_goes_at_once_and_says_no_word_of_the_case() -> None:
    core, crisis = invited()
    [mail] = post(core).sent
    assert mail.to == "yves@cabinet.example"
    assert mail.locale == "fr"
    assert "Léa Marchand fait appel à vous : une crise de Forum Exemple attend votre avis" in plain_of(mail)
    assert "personne d'autre ne doit s'en servir" in mail.text
    assert hash_of(link_in(mail)) == core.crisis(crisis).guests[0].token_hash
    assert not [word for word in ("aidez-moi", "étresse", "danger") if word in mail.subject + mail.text]


def plain_of(mail: Email) -> str:
    return mail.text.replace("\xa0", " ").replace("\u202f", " ")


def test_it_stands_on_the_card_that_it_was_sent() -> None:
    core, _crisis = invited()
    shown = [plain(said.card) for said in core.chat.in_rooms()]
    assert any("Envoyé par e-mail, pas encore ouvert" in card for card in shown)


def test_it_keeps_nothing_of_the_link_once_it_has_gone() -> None:
    core, crisis = invited()
    token = link_in(post(core).sent[0])
    assert secrets_kept(core) == [""]
    assert token not in core.log(crisis) + repr(core.crisis(crisis))
    assert "yves@cabinet.example" not in core.log(crisis)
    assert not any(token in repr(said) for said in core.chat.in_rooms())


def test_it_keeps_the_link_while_the_server_is_silent_and_says_so() -> None:
    core, crisis = invited(*[Unreachable("no_connection")] * 8)
    for _minute in range(10):
        core.later(minutes=1)
    assert failures(core, crisis) == [(MailStatus.SENDING, "no_connection")]
    assert len(post(core).sent) == 1
    assert secrets_kept(core) == [""]
    told = [plain(said.card) for said in core.chat.in_rooms()]
    assert any("Le problème de l'e-mail à Yves est réglé" in card for card in told)


def test_it_is_sent_again_where_it_has_perhaps_gone() -> None:
    core, crisis = invited(Ambiguous("cut"))
    core.later(minutes=1)
    assert len(post(core).sent) == 1
    assert failures(core, crisis) == []


def test_it_is_sent_twice_at_most_where_nobody_knows() -> None:
    core, crisis = invited(*[Ambiguous("cut")] * 9)
    for _minute in range(5):
        core.later(minutes=1)
    assert post(core).tries == 2
    assert failures(core, crisis) == [(MailStatus.UNCERTAIN, "cut")]
    assert secrets_kept(core) == [""]


@pytest.mark.parametrize("error", [Denied("554"), Gone("550")])
def test_it_tells_the_room_and_whoever_invited_when_it_is_refused(error: GatewayError) -> None:
    core, crisis = invited(error)
    assert failures(core, crisis) == [(MailStatus.REFUSED, error.code)]
    told = [said for said in core.chat.said.values() if "a été refusé" in plain(said.card)]
    assert len(told) == 2
    assert not any("yves@" in repr(said) for said in core.chat.said.values())
    assert secrets_kept(core) == [""]


def test_it_is_handed_on_without_a_code_where_no_code_can_arrive() -> None:
    core, crisis = invited(Gone("550"))
    [guest] = core.crisis(crisis).guests
    answer = core.press("lea", Verb.GUEST_LINK, guest_subject(core.crisis(crisis), guest.person))
    assert answer.secret
    assert answer.card is not None
    found = re.search(r"/r/([\w-]{43})", plain(answer.card))
    assert found is not None
    [now] = core.crisis(crisis).guests
    assert (now.token_hash, now.with_code) == (hash_of(found[1]), False)
    core.settle()
    assert len(post(core).sent) == 0
    assert "Léa a créé un lien d'invité" in core.log(crisis)


def test_it_is_handed_on_with_a_code_where_one_can_arrive() -> None:
    core, crisis = invited()
    [guest] = core.crisis(crisis).guests
    core.press("lea", Verb.GUEST_LINK, guest_subject(core.crisis(crisis), guest.person))
    assert core.crisis(crisis).guests[0].with_code


@pytest.mark.parametrize("late", [False, True])
def test_it_is_sent_anew_by_a_press(*, late: bool) -> None:
    core, crisis = invited()
    if late:
        core.later(hours=73)
    [guest] = core.crisis(crisis).guests
    answer = core.press("lea", Verb.GUEST_MAIL, guest_subject(core.crisis(crisis), guest.person))
    assert answer.code is None, answer
    core.settle()
    first, second = (link_in(mail) for mail in post(core).sent)
    assert first != second
    assert core.crisis(crisis).guests[0].token_hash == hash_of(second)


def test_it_is_not_sent_any_more_once_revoked() -> None:
    core, crisis = invited(*[Unreachable("no_connection")] * 3)
    [guest] = core.crisis(crisis).guests
    core.press("lea", Verb.GUEST_REVOKE, guest_subject(core.crisis(crisis), guest.person))
    core.later(minutes=5)
    assert post(core).sent == []
    assert secrets_kept(core) == [""]


def test_it_hears_of_a_bounce() -> None:
    core, crisis = invited()
    [mail] = post(core).sent
    core.application.receive(
        Arrived("mail:1", "", (), "", "", automatic=True, bounced=mail.token, status="5.1.1")
    )
    core.settle()
    assert failures(core, crisis) == [(MailStatus.REFUSED, "5.1.1")]
    assert any("a été refusé" in plain(said.card) for said in core.chat.in_rooms())


def test_it_goes_to_those_whom_the_plan_names_without_anybody_pressing(folder: Path) -> None:
    core = Core(plan=folder, carrier=Post())
    crisis = core.opens()
    core.settle()
    [mail] = post(core).sent
    assert mail.to == "farid@cabinet.example"
    assert hash_of(link_in(mail)) == core.crisis(crisis).guests[0].token_hash
    assert "Cellule a créé un lien d'invité pour Farid" in core.log(crisis)
    core.later(minutes=30)
    assert len(post(core).sent) == 1


def test_it_is_made_by_hand_without_a_mail_server(folder: Path) -> None:
    core = Core(plan=folder)
    crisis = core.opens()
    core.settle()
    assert core.crisis(crisis).guests == ()
    answer = core.command("lea", INVITES)
    assert answer.secret
    assert not core.crisis(crisis).guests[0].with_code
    assert secrets_kept(core) == []
