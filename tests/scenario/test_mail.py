"""A released text goes by e-mail: sent by a press, once, and never by a machine that is not sure."""

import json

import pytest
from structlog.testing import capture_logs

from bot.cards import ChoiceField, TextField
from bot.domain.errors import Code
from bot.domain.events import MailDelayed, MailRefused, MailUncertain, RouteUsed
from bot.domain.ids import CrisisId, Platform
from bot.domain.states import CrisisStatus, DispatchStatus, Route
from bot.domain.subjects import draft_subject, mail_subject, route_subject
from bot.domain.verbs import Verb
from bot.ports import Ambiguous, Denied, GatewayError, Gone, Unreachable
from tests.rig.chat import Chat
from tests.rig.core import Core
from tests.rig.crashing import Killed
from tests.rig.plain import plain
from tests.rig.post import Post

ADDRESS = "tom.durand@ailleurs.example"
TEXT = "Bonjour, nous vous avons lu. Écrivez-nous quand vous voulez."


@pytest.fixture(params=[Platform.SLACK, Platform.TEAMS])
def core(request: pytest.FixtureRequest) -> Core:
    return Core(chat=Chat(request.param), carrier=Post())


def post(core: Core) -> Post:
    assert isinstance(core.carrier, Post)
    return core.carrier


def released(core: Core) -> CrisisId:
    """A crisis whose reply was approved and released, to go by e-mail and private message."""
    crisis = core.opens(first="anger_or_image")
    core.proposes(crisis, text=TEXT)
    core.press("denis", Verb.APPROVE, draft_subject(core.crisis(crisis), 1), 1)
    answer = core.press("lea", Verb.RELEASE, draft_subject(core.crisis(crisis), 1), 1)
    assert answer.code is None, answer
    core.settle()
    return crisis


def sends(
    core: Core, crisis: CrisisId, *, to: str = ADDRESS, subject: str = "Un mot pour vous", contact: str = ""
) -> str | None:
    way = route_subject(core.crisis(crisis), 1, Route.EMAIL)
    answer = core.fill("lea", Verb.MAIL, way, 1, value=to, heading=subject, contact=contact)
    core.settle()
    return answer.code or next(iter(answer.errors), None)


def finds(core: Core, crisis: CrisisId, address: str) -> None:
    """The address is added to the member's contacts."""
    answer = core.fill(
        "lea",
        Verb.CONTACT_ADD,
        crisis,
        means="email",
        value=address,
        source="client_file",
        confidence="sure",
    )
    assert answer.code is None, answer


def state(core: Core, crisis: CrisisId) -> DispatchStatus:
    return next(d.status for d in core.crisis(crisis).dispatches if d.route is Route.EMAIL)


def events(core: Core, crisis: CrisisId) -> list:
    with core.store.read() as uow:
        return [entry.event for entry in uow.journal.of(crisis)]


def reply_card(core: Core) -> str:
    return notices(core, TEXT)[0]


def notices(core: Core, words: str) -> list[str]:
    """What stands in the room with these words, as it is now."""
    shown = [plain(said.card).replace("\xa0", " ").replace("\u202f", " ") for said in core.chat.in_rooms()]
    return [text for text in shown if words in text]


def test_it_shows_the_text_and_asks_for_the_address(core: Core) -> None:
    crisis = released(core)
    assert "[Envoyer l'e-mail…]" in reply_card(core)
    form = core.press("lea", Verb.MAIL, route_subject(core.crisis(crisis), 1, Route.EMAIL), 1).form
    assert form is not None
    assert TEXT in str(form.intro)
    assert [f.value for f in form.fields if isinstance(f, TextField)] == ["", "Un mot de Forum Exemple"]
    assert not post(core).sent


def test_it_offers_the_addresses_that_were_found_and_masks_them(core: Core) -> None:
    crisis = released(core)
    for address in ("tom@ailleurs.example", "durand@autre.example"):
        finds(core, crisis, address)
    form = core.press("lea", Verb.MAIL, route_subject(core.crisis(crisis), 1, Route.EMAIL), 1).form
    assert form is not None
    [field] = [f for f in form.fields if isinstance(f, ChoiceField)]
    assert [label for _number, label in field.options] == ["d…@a….example", "t…@a….example"]
    assert "durand" not in str(form)
    post(core).answers.append(Gone("550"))
    assert sends(core, crisis, contact="2") is None
    assert sends(core, crisis, contact="2") == Code.CONTACT_ABSENT
    assert sends(core, crisis, contact="1") is None
    assert [mail.to for mail in post(core).sent] == ["tom@ailleurs.example"]


def test_it_sends_what_was_approved_and_proves_it(core: Core) -> None:
    crisis = released(core)
    assert sends(core, crisis) is None
    [mail] = post(core).sent
    assert (mail.to, mail.subject, mail.text) == (ADDRESS, "Un mot pour vous", TEXT)
    assert len(mail.token) == 24
    assert state(core, crisis) is DispatchStatus.USED
    assert "SMTP 250" in reply_card(core)
    [used] = [event for event in events(core, crisis) if isinstance(event, RouteUsed)]
    assert (used.by, used.proof) == ("lea", "SMTP 250")


def test_it_counts_as_replied_only_when_the_server_has_it(core: Core) -> None:
    core.carrier = Post(Unreachable("451"))
    crisis = released(core)
    core.fill(
        "lea", Verb.EXCUSE_ROUTE, draft_subject(core.crisis(crisis), 1), 1, route="private_message", note="x"
    )
    sends(core, crisis)
    assert core.crisis(crisis).status is CrisisStatus.OPEN
    core.later(minutes=2)
    assert core.crisis(crisis).status is CrisisStatus.REPLIED


@pytest.mark.parametrize("typed", ["", "tom", "tom@", "tom@ailleurs", "tom@a.b@c.d", "a b@ailleurs.example"])
def test_it_takes_no_address_that_is_none(core: Core, typed: str) -> None:
    crisis = released(core)
    assert sends(core, crisis, to=typed) == (Code.EMAIL_UNCLEAR if typed else Code.REQUIRED)
    assert state(core, crisis) is DispatchStatus.WAITING
    assert not post(core).tries


@pytest.mark.parametrize(
    ("typed", "kept"), [("a\nBcc: b@c.example", "a Bcc: b@c.example"), ("  a\t b ", "a b")]
)
def test_it_keeps_a_subject_on_one_line(core: Core, typed: str, kept: str) -> None:
    sends(core, released(core), subject=typed)
    assert post(core).sent[0].subject == kept


def test_it_is_not_sent_twice_by_two_presses(core: Core) -> None:
    core.carrier = Post(Unreachable("451"))
    crisis = released(core)
    sends(core, crisis)
    assert sends(core, crisis) == Code.ALREADY_DONE
    core.later(minutes=2)
    assert sends(core, crisis) == Code.ALREADY_DONE
    assert len(post(core).sent) == 1


def test_it_tries_again_what_the_server_put_off_and_says_when(core: Core) -> None:
    core.carrier = Post(Unreachable("451"), Unreachable("no_connection"))
    crisis = released(core)
    sends(core, crisis)
    card = reply_card(core)
    assert "t…@a….example : pas encore pris (serveur de messagerie : 451), nouvel essai à 03:15" in card
    core.later(seconds=50)
    assert post(core).tries == 1
    core.later(seconds=20)
    assert "le serveur de messagerie ne répond pas" in reply_card(core)
    core.later(minutes=3)
    assert state(core, crisis) is DispatchStatus.USED
    delays = [event.code for event in events(core, crisis) if isinstance(event, MailDelayed)]
    assert delays == ["451", "no_connection"]


def test_it_gives_up_after_hours_and_says_so(core: Core) -> None:
    core.carrier = Post(*[Unreachable("451")] * 100)
    crisis = released(core)
    sends(core, crisis)
    for _half_hour in range(14):
        core.later(minutes=30)
    assert state(core, crisis) is DispatchStatus.REFUSED
    assert post(core).tries < 25
    assert len(notices(core, "l'e-mail n'est pas parti")) == 1


def test_it_stops_trying_once_another_way_was_chosen(core: Core) -> None:
    core.carrier = Post(Unreachable("451"))
    crisis = released(core)
    sends(core, crisis)
    core.fill(
        "lea", Verb.EXCUSE_ROUTE, draft_subject(core.crisis(crisis), 1), 1, route="email", note="par message"
    )
    core.later(minutes=5)
    assert post(core).tries == 1
    assert state(core, crisis) is DispatchStatus.EXCUSED


@pytest.mark.parametrize(("error", "told"), [(Gone("550"), "aucune boîte"), (Denied("554"), "554")])
def test_it_offers_another_address_when_one_is_refused(core: Core, error: GatewayError, told: str) -> None:
    core.carrier = Post(error)
    crisis = released(core)
    sends(core, crisis)
    assert state(core, crisis) is DispatchStatus.REFUSED
    [notice] = notices(core, "un e-mail à vérifier") or notices(core, told)
    assert told in notice
    assert "[Envoyer l'e-mail…]" in notice
    assert "[Message privé envoyé]" in reply_card(core)
    [refused] = [event for event in events(core, crisis) if isinstance(event, MailRefused)]
    assert refused.wrong_address is isinstance(error, Gone)
    assert sends(core, crisis, to="tom@autre.example") is None
    assert [mail.to for mail in post(core).sent] == ["tom@autre.example"]
    assert state(core, crisis) is DispatchStatus.USED
    assert "Une autre voie a été prise" in notices(core, "Une autre voie")[0]


def test_it_asks_people_about_one_that_has_perhaps_gone(core: Core) -> None:
    core.carrier = Post(Ambiguous("cut"))
    crisis = released(core)
    sends(core, crisis)
    for _hour in range(3):
        core.later(hours=1)
    assert post(core).tries == 1
    [notice] = notices(core, "vérifiez si l'e-mail est parti. La connexion s'est coupée à 03:14")
    assert "[L'e-mail est parti]" in notice
    assert "peut-être parti" in reply_card(core)
    assert sends(core, crisis) == Code.ALREADY_DONE


@pytest.mark.parametrize("gone", [True, False])
def test_it_takes_the_word_of_whoever_looked(core: Core, *, gone: bool) -> None:
    core.carrier = Post(Ambiguous("cut"))
    crisis = released(core)
    sends(core, crisis)
    verb = Verb.MAIL_WENT if gone else Verb.MAIL_NOT_GONE
    subject = mail_subject(core.crisis(crisis), 1)
    assert core.press("denis", verb, subject).code is None
    core.settle()
    assert state(core, crisis) is (DispatchStatus.USED if gone else DispatchStatus.REFUSED)
    assert core.press("lea", Verb.MAIL_NOT_GONE, subject).code == Code.ALREADY_DONE
    assert notices(core, "On sait maintenant")
    assert sends(core, crisis) == (Code.ALREADY_DONE if gone else None)
    assert len(post(core).sent) == (0 if gone else 1)


@pytest.mark.parametrize("boundary", ["before", "after"])
def test_it_never_sends_twice_after_a_crash(core: Core, boundary: str) -> None:
    """Killed between the noted attempt and the server's answer: before the call, or after it."""

    def kill(_what: str) -> None:
        raise Killed

    crisis = released(core)
    setattr(post(core), boundary, kill)
    with pytest.raises(Killed):
        sends(core, crisis)
    mails = Post()
    again = Core(store=core.store, chat=core.chat, now=core.now, carrier=mails)
    again.later(seconds=30)
    again.later(hours=1)
    assert mails.tries == 0
    assert state(again, crisis) is DispatchStatus.UNCERTAIN
    assert [event for event in events(again, crisis) if isinstance(event, MailUncertain)]


def test_it_stops_at_the_close(core: Core) -> None:
    core.carrier = Post(Unreachable("451"))
    crisis = released(core)
    sends(core, crisis)
    core.fill("helene", Verb.CLOSE, crisis, reason="réglé", despite_waiting="joint par téléphone")
    assert core.crisis(crisis).status is CrisisStatus.CLOSED
    core.later(minutes=5)
    assert post(core).tries == 1
    assert state(core, crisis) is DispatchStatus.REFUSED
    assert "pas parti" in reply_card(core)


@pytest.mark.parametrize("who", ["noe", "salome", "helene"])
def test_it_is_for_the_cell_alone(core: Core, who: str) -> None:
    crisis = released(core)
    in_cell = who in core.crisis(crisis).people
    way = route_subject(core.crisis(crisis), 1, Route.EMAIL)
    assert (core.press(who, Verb.MAIL, way, 1).code is None) is in_cell


def test_it_lets_no_address_out(core: Core) -> None:
    """No card, notification, journal line, log line nor button holds it."""
    core.carrier = Post(Unreachable("451"), Ambiguous("cut"))
    with capture_logs() as logged:
        crisis = released(core)
        sends(core, crisis)
        core.later(minutes=2)
        core.command("lea", "journal", room=core.crisis(crisis).rooms[-1].ref)
        core.settle()
    said = "".join(str(version) for said in core.chat.said.values() for version in said.versions)
    everything = said + json.dumps(logged, default=str) + str(events(core, crisis))
    assert "Un mot pour vous" not in everything
    assert not [part for part in ("tom.durand", "ailleurs") if part in everything]


def test_it_stays_copy_and_confirm_without_a_mail_server() -> None:
    core = Core()
    crisis = released(core)
    assert "[Envoyé par e-mail]" in reply_card(core)
    assert sends(core, crisis) == Code.UNKNOWN_ACTION


@pytest.mark.parametrize("then", ["excused", "closed", "serious news"])
def test_it_asks_about_one_that_was_cut_and_then_was_not_to_go(core: Core, then: str) -> None:
    """Killed while the server read it, and nobody waits for it any more: it may be there all the same."""

    def kill(_what: str) -> None:
        raise Killed

    crisis = released(core)
    post(core).after = kill
    with pytest.raises(Killed):
        sends(core, crisis)
    mails = Post()
    again = Core(store=core.store, chat=core.chat, now=core.now, carrier=mails)
    if then == "excused":
        again.fill("lea", Verb.EXCUSE_ROUTE, f"{crisis}.d1", 1, route="email", note="par message")
    elif then == "closed":
        again.fill("helene", Verb.CLOSE, crisis, reason="réglé", despite_waiting="joint par téléphone")
    else:
        again.fill("lea", Verb.SERIOUS_NEWS, crisis, news="hospital")
    again.later(minutes=5)
    assert mails.tries == 0
    assert [event for event in events(again, crisis) if isinstance(event, MailUncertain)]
    assert "[L'e-mail est parti]" in notices(again, "vérifiez si l'e-mail est parti")[0]
