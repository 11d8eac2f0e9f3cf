"""The member writes back: found by the token, the thread or the address; judged, said, and kept."""

import pytest
from structlog.testing import capture_logs

from adapters.email.arriving import arrived
from bot.domain.events import MailRefused, MemberWrote
from bot.domain.ids import CrisisId, Platform
from bot.domain.labels import Label
from bot.domain.levels import Level
from bot.domain.proposal import Proposal, Reason
from bot.domain.states import CrisisStatus, DispatchStatus, ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from bot.postbox import Sender
from tests.rig.answers import TOM, answer, bounce
from tests.rig.chat import Chat
from tests.rig.core import Core
from tests.rig.plain import plain
from tests.rig.post import Post
from tests.scenario.test_mail import events, finds, notices, post, released, reply_card, sends, state

US = Sender("Forum Exemple", "aide", "exemple.fr")
BACK = "Merci. Je ne sais plus vers qui me tourner."
HISTORY = "\n\nLe mar. 24 nov. 2026 à 03:14, Forum Exemple a écrit :\n> Bonjour, nous vous avons lu.\n"


@pytest.fixture(params=[Platform.SLACK, Platform.TEAMS])
def core(request: pytest.FixtureRequest) -> Core:
    return Core(chat=Chat(request.param), carrier=Post())


def answered(core: Core) -> CrisisId:
    """A crisis whose reply went by e-mail."""
    crisis = released(core)
    assert sends(core, crisis, to=TOM) is None
    return crisis


def token(core: Core) -> str:
    return post(core).sent[-1].token


def comes_in(core: Core, raw: bytes) -> None:
    core.application.receive(arrived(raw, US))
    core.settle()


def wrote(core: Core, crisis: CrisisId) -> list[MemberWrote]:
    return [event for event in events(core, crisis) if isinstance(event, MemberWrote)]


def said_to(core: Core, who: str, words: str) -> list[str]:
    return [text for said in core.chat.read_by(who) if words in (text := plain(said.card))]


def test_it_is_known_by_the_address_that_it_was_answered_to(core: Core) -> None:
    crisis = answered(core)
    comes_in(
        core, answer(BACK + HISTORY, sender="autre@ailleurs.example", to=f"aide+{token(core)}@exemple.fr")
    )
    assert [message.text for message in core.crisis(crisis).messages[1:]] == [BACK]
    [event] = wrote(core, crisis)
    assert not event.by_address
    assert "qui l'a écrit" in notices(core, "Le membre a répondu par e-mail")[0]


@pytest.mark.parametrize("header", ["In_Reply_To", "References"])
def test_it_is_known_by_what_it_answers(core: Core, header: str) -> None:
    crisis = answered(core)
    headers = {header: f"<autre@ailleurs.example> <{token(core)}@exemple.fr>"}
    comes_in(core, answer(BACK, sender="autre@ailleurs.example", **headers))
    assert len(wrote(core, crisis)) == 1


def test_it_is_known_by_the_address_of_the_member_and_says_that_this_is_all(core: Core) -> None:
    crisis = answered(core)
    comes_in(core, answer(BACK))
    [event] = wrote(core, crisis)
    assert event.by_address
    assert "seule l'adresse indique" in notices(core, "Le membre a répondu par e-mail")[0]


def test_it_is_known_by_a_contact_that_was_found_before_anything_was_sent(core: Core) -> None:
    crisis = core.opens(first="anger_or_image")
    finds(core, crisis, TOM)
    comes_in(core, answer(BACK))
    assert wrote(core, crisis)


def test_it_is_read_where_the_member_has_a_crisis_of_their_own(core: Core) -> None:
    crisis = answered(core)
    core.fill("lea", Verb.ADD, crisis, text="Moi aussi.", member="another", handle="Marin")
    core.fill("lea", Verb.ADD, crisis, text="Je n'en peux plus.", member="m1", level="D3")
    (own,) = set(core.crises()) - {crisis}
    comes_in(core, answer(BACK, sender="autre@ailleurs.example", token=token(core)))
    assert core.crisis(own).messages[-1].text == BACK
    assert all(message.text != BACK for message in core.crisis(crisis).messages)


def test_it_is_read_in_the_room_and_by_the_moderators_at_once(core: Core) -> None:
    answered(core)
    comes_in(core, answer(BACK + HISTORY, token=token(core)))
    assert BACK in notices(core, "Le membre a répondu par e-mail, à 03:14.")[0]
    [said] = said_to(core, "lea", "Le membre a répondu par e-mail")
    assert BACK in said
    assert BACK not in said.splitlines()[0]


def test_it_stands_behind_a_button_where_words_are_read_on_demand(core: Core) -> None:
    crisis = core.opens()
    finds(core, crisis, TOM)
    comes_in(core, answer(BACK))
    shown = notices(core, "Le membre a répondu par e-mail")[0]
    if core.guide().on_demand(core.crisis(crisis)):
        assert BACK not in shown
        assert "[Lire le message]" in shown
    card = core.press("lea", Verb.READ_MESSAGE, crisis).card
    assert card is not None
    assert BACK in plain(card)


def test_it_stands_behind_the_button_where_a_link_alone_opened_the_crisis(core: Core) -> None:
    link = "https://forum.example/sujet/7"
    opened = core.fill(
        "lea", Verb.OPEN, text="", link=link, first_choice="someone_in_danger", community="forum"
    )
    assert opened.code is None, opened
    core.settle()
    [crisis] = core.crises()
    finds(core, crisis, TOM)
    comes_in(core, answer(BACK))
    assert not notices(core, BACK)
    card = core.press("lea", Verb.READ_MESSAGE, crisis).card
    assert card is not None
    assert BACK in plain(card)


def test_it_makes_the_checks_on_the_member_count_anew(core: Core) -> None:
    crisis = core.opens()
    finds(core, crisis, TOM)
    before = planned(core, crisis)
    core.now = before[0] - (before[0] - core.now) / 2
    comes_in(core, answer(BACK))
    assert planned(core, crisis)[0] > before[0]


def planned(core: Core, crisis: CrisisId) -> list:
    with core.store.read() as uow:
        return [
            reminder.due_at
            for reminder in uow.reminders.of(crisis)
            if reminder.kind is ReminderKind.FOLLOW_UP and reminder.status is ReminderStatus.PLANNED
        ]


def test_it_is_judged_as_the_first_message_was(core: Core) -> None:
    crisis = answered(core)
    judged: list[str] = []

    def judge(text: str, _country: str) -> Proposal:
        judged.append(text)
        return Proposal("distress", Level.D4, "fr", (Reason(0, 5, "mot", Label("sens", "meaning")),))

    core.application.judge = judge
    comes_in(core, answer(BACK, token=token(core)))
    comes_in(core, answer("Encore moi.", token=token(core)))
    assert judged == [BACK, "Encore moi."]
    proposal = core.crisis(crisis).proposal
    assert proposal is not None
    assert proposal.level is Level.D4


def test_it_judges_each_of_several_that_come_at_once(core: Core) -> None:
    judged: list[str] = []

    def judge(text: str, _country: str) -> Proposal:
        judged.append(text)
        return Proposal("distress", Level.D1, "fr", ())

    answered(core)
    core.application.judge = judge
    for text in (BACK, "Encore moi."):
        core.application.receive(arrived(answer(text, token=token(core)), US))
    core.settle()
    assert judged == [BACK, "Encore moi."]


def test_it_comes_to_a_closed_crisis_too(core: Core) -> None:
    crisis = answered(core)
    core.fill("helene", Verb.CLOSE, crisis, reason="réglé", despite_waiting="par téléphone")
    assert core.crisis(crisis).status is CrisisStatus.CLOSED
    comes_in(core, answer(BACK, token=token(core)))
    assert said_to(core, "lea", BACK)


def test_it_is_taken_once(core: Core) -> None:
    crisis = answered(core)
    for _twice in range(2):
        comes_in(core, answer(BACK, token=token(core)))
    assert len(wrote(core, crisis)) == 1


def test_it_keeps_the_whole_e_mail_in_the_journal_alone(core: Core) -> None:
    crisis = answered(core)
    comes_in(core, answer(BACK + HISTORY, token=token(core)))
    [event] = wrote(core, crisis)
    assert "Message-ID: <answer@ailleurs.example>" in event.raw
    assert "answer@ailleurs.example" not in str(core.chat.said)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<liste.example>"},
        {"sender": "MAILER-DAEMON@relay.example"},
        {"Return_Path": "<>"},
        {"sender": "Aide@exemple.fr"},
    ],
)
def test_it_lets_neither_a_machine_nor_our_own_address_speak_for_the_member(
    core: Core, headers: dict[str, str]
) -> None:
    crisis = answered(core)
    comes_in(core, answer("Je suis en congé.", token=token(core), **headers))
    assert not wrote(core, crisis)
    assert not core.alerts()


def test_it_tells_the_moderators_of_what_belongs_to_no_crisis(core: Core) -> None:
    answered(core)
    comes_in(core, answer("Bonjour, je cherche de l'aide.", sender="nina@ailleurs.example"))
    said = said_to(core, "ines", "ne se rattache à aucune crise")[0]
    assert "n…@a….example" in said
    assert "je cherche de l'aide" in said
    assert "nina@" not in said
    assert len(core.alerts()) == 1


def test_it_brings_a_bounce_back_and_asks_for_another_way(core: Core) -> None:
    crisis = core.opens(first="anger_or_image")
    finds(core, crisis, TOM)
    crisis = answered(core)
    finds(core, crisis, TOM)
    assert state(core, crisis) is DispatchStatus.USED
    comes_in(core, bounce(token(core)))
    assert state(core, crisis) is DispatchStatus.REFUSED
    [refused] = [event for event in events(core, crisis) if isinstance(event, MailRefused)]
    assert (refused.code, refused.wrong_address) == ("5.1.1", True)
    assert "aucune boîte" in notices(core, "Réponse 1 :")[0]
    assert "[Envoyer l'e-mail…]" in reply_card(core)
    assert [contact.wrong_at for contact in core.crisis(crisis).contacts.found] == [core.now]
    assert sends(core, crisis, to="tom@autre.example") is None
    assert state(core, crisis) is DispatchStatus.USED


def test_it_takes_a_delay_for_no_failure(core: Core) -> None:
    crisis = answered(core)
    comes_in(core, bounce(token(core), action="delayed", status="4.4.1"))
    assert state(core, crisis) is DispatchStatus.USED


def test_it_leaves_an_older_bounce_alone_once_another_went(core: Core) -> None:
    crisis = answered(core)
    first = token(core)
    comes_in(core, bounce(first))
    sends(core, crisis, to="tom@autre.example")
    comes_in(core, bounce(first, status="5.2.1"))
    assert state(core, crisis) is DispatchStatus.USED


def test_it_logs_nobodys_words_nor_address(core: Core) -> None:
    answered(core)
    with capture_logs() as logged:
        comes_in(core, answer(BACK, token=token(core)))
        comes_in(core, answer("Je suis en congé.", Auto_Submitted="auto-replied"))
        comes_in(core, answer("Autre chose.", sender="nina@ailleurs.example"))
        comes_in(core, bounce("f" * 24))
    assert not [word for word in ("tourner", "durand", "ailleurs", "congé", "nina") if word in str(logged)]
