"""A released text goes by letter: made on a press, looked at by whoever made it, posted by a person."""

import re
from base64 import b64decode
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from bot.cards import Answer, ChoiceField, PageLink
from bot.data import SAMPLE_PLAN
from bot.domain.errors import Code, Refused
from bot.domain.events import LetterMade, RouteUsed
from bot.domain.ids import CrisisId, PersonId, Platform
from bot.domain.states import CrisisStatus, DispatchStatus, Route
from bot.domain.verbs import Verb
from bot.handlers.letter import look_at
from bot.ports import Gone, Letter
from tests.rig import reading
from tests.rig.chat import Chat
from tests.rig.contacts import ADDRESS, add, happened, in_rooms
from tests.rig.core import GOOD, Core
from tests.rig.either import AROUND, EITHER, Somebody
from tests.rig.letters import words_of
from tests.rig.plain import plain
from tests.rig.post import Post
from tests.rig.refused import night_at
from tests.rig.service import Running
from tests.rig.web_person import Page, WebPerson

TEXT = "Bonjour Iris, nous vous avons lue. Comment allez-vous ? Le 3114 vous écoute."
OTHER = "Iris Delorme\nChez Jean Dupont\n3 place du Marché\n69003 LYON"


@pytest.fixture(params=[Platform.SLACK, Platform.TEAMS])
def core(request: pytest.FixtureRequest) -> Core:
    return Core(chat=Chat(request.param))


def released(core: Core, *, routes: str = "letter", address: str = ADDRESS, text: str = TEXT) -> CrisisId:
    crisis = core.opens(first="anger_or_image")
    if address:
        assert add(core, crisis, address, means="address") is None
    assert core.fill("lea", Verb.DRAFT, crisis, text=text, routes=routes).code is None
    assert core.press("denis", Verb.APPROVE, f"{crisis}.d1", 1).code is None
    assert core.press("lea", Verb.RELEASE, f"{crisis}.d1", 1).code is None
    core.settle()
    return crisis


def makes(core: Core, crisis: CrisisId, who: str = "lea", **values: str) -> Answer:
    typed = {"contact": "1", "dated": core.now.date().isoformat(), **values}
    answer = core.fill(who, Verb.LETTER, f"{crisis}.d1.letter", 1, **typed)
    core.settle()
    return answer


def posts(core: Core, crisis: CrisisId, **values: str) -> Answer:
    typed = {"posted_on": core.now.date().isoformat(), **values}
    answer = core.fill("lea", Verb.DISPATCH, f"{crisis}.d1.letter", 1, **typed)
    core.settle()
    return answer


def reads(core: Core, who: str, subject: str) -> Letter | Code:
    with core.store.read() as uow:
        try:
            return look_at(uow, core.guide(), PersonId(who), subject, now=core.now)
        except Refused as refused:
            return refused.code


def reply_card(core: Core) -> str:
    shown = [plain(said.card).replace("\xa0", " ").replace("\u202f", " ") for said in core.chat.in_rooms()]
    return next(text for text in shown if "SHA-256" in text)


def test_it_offers_to_make_the_letter_where_an_address_is_known(core: Core) -> None:
    crisis = released(core)
    assert "Faites la lettre, imprimez-la et postez-la" in reply_card(core)
    assert "[Faire la lettre…] (primary)" in reply_card(core)
    assert "[Lettre postée]  →" in reply_card(core)
    form = core.press("lea", Verb.LETTER, f"{crisis}.d1.letter", 1).form
    assert form is not None
    to, dated = (field for field in form.fields if isinstance(field, ChoiceField))
    assert to.options == (("1", "MONTPELLIER"),)
    assert dated.options[0][0] == "2026-11-24"
    assert "8 rue de l'Exemple" in str(form.intro)
    assert "Tilleuls" not in str(form)


@pytest.mark.parametrize("missing", ["address", "typst"])
def test_it_is_copied_by_hand_where_no_letter_can_be_made(missing: str) -> None:
    core = Core(letters=missing != "typst")
    crisis = released(core, address="" if missing == "address" else ADDRESS)
    assert "aire la lettre" not in reply_card(core)
    assert "Copiez le texte exactement" in reply_card(core)
    assert makes(core, crisis).code in {Code.CONTACT_ABSENT, Code.UNKNOWN_ACTION}
    assert "[Lettre postée] (primary)" in reply_card(core)
    assert posts(core, crisis).code is None
    assert "postée le 24 novembre 2026" in reply_card(core)


def test_it_says_what_was_released_letter_for_letter(core: Core) -> None:
    crisis = released(core)
    assert makes(core, crisis).code is None
    letter = reads(core, "lea", f"{crisis}.d1.c1")
    assert isinstance(letter, Letter)
    assert letter.text == TEXT
    assert sha256(letter.text.encode()).hexdigest() == core.crisis(crisis).draft(1).current.fingerprint
    assert letter.recipient == ("Iris Delorme", "12 rue des Tilleuls", "34000 MONTPELLIER")
    assert letter.sender == ("Forum Exemple", "8 rue de l'Exemple", "69003 LYON")
    assert (letter.dated, letter.locale) == ("Lyon, le 24 novembre 2026", "fr")
    assert re.fullmatch(r"lettre-\d{4}-\d{3}", letter.name)


def test_it_is_dated_in_the_language_of_its_text(core: Core) -> None:
    crisis = released(core, text="Hello, we have read your message and we would like to hear from you.")
    makes(core, crisis, dated="2026-11-26")
    letter = reads(core, "lea", f"{crisis}.d1.c1")
    assert isinstance(letter, Letter)
    assert (letter.dated, letter.locale) == ("Lyon, 26 November 2026", "en")


def test_it_says_on_the_sheet_of_an_exercise_that_it_is_one(core: Core) -> None:
    crisis = released(core)
    makes(core, crisis)
    real = reads(core, "lea", f"{crisis}.d1.c1")
    with core.store.write() as uow:
        drilled = uow.crises.get(crisis)
        assert drilled is not None
        drilled.drill = True
        uow.commit()
    letter = reads(core, "lea", f"{crisis}.d1.c1")
    assert isinstance(real, Letter)
    assert isinstance(letter, Letter)
    assert real.warning == ""
    assert "ne postez pas cette lettre" in reading.plain(words_of(letter))


def test_it_goes_to_the_address_that_was_chosen(core: Core) -> None:
    crisis = released(core)
    add(core, crisis, OTHER, means="address", confidence="sure")
    add(core, crisis, "iris@exemple.fr")
    makes(core, crisis, contact="2")
    letter = reads(core, "lea", f"{crisis}.d1.c2")
    assert isinstance(letter, Letter)
    assert letter.recipient[-1] == "69003 LYON"
    assert reads(core, "lea", f"{crisis}.d1.c1") is Code.ABSENT
    for wrong in ("", "3", "²", "x", "9" * 5000):
        assert makes(core, crisis, contact=wrong).code == Code.CONTACT_ABSENT


def test_it_is_open_to_whoever_made_it_for_an_hour(core: Core) -> None:
    crisis = released(core)
    page = f"{crisis}.d1.c1"
    assert reads(core, "lea", page) is Code.ABSENT
    makes(core, crisis)
    assert isinstance(reads(core, "lea", page), Letter)
    assert reads(core, "denis", page) is Code.ABSENT
    assert reads(core, "nobody", page) is Code.ABSENT
    for other in ("", f"{crisis}.d2.c1", f"{crisis}.d1.c2", f"{crisis}.d1", "../..", f"{'0' * 16}.d1.c1"):
        assert reads(core, "lea", other) is Code.ABSENT
    core.now += timedelta(minutes=59)
    assert isinstance(reads(core, "lea", page), Letter)
    core.now += timedelta(minutes=1)
    assert reads(core, "lea", page) is Code.ABSENT
    makes(core, crisis, who="denis")
    assert isinstance(reads(core, "denis", page), Letter)


def test_it_is_open_no_more_to_whoever_has_left_the_community(core: Core, tmp_path: Path) -> None:
    crisis = released(core)
    makes(core, crisis)
    plan = tmp_path / "plan.yaml"
    plan.write_text(SAMPLE_PLAN.read_text("utf-8").replace("moderator: [lea, ines]", "moderator: [ines]"))
    after = Core(store=core.store, chat=core.chat, plan=plan)
    assert isinstance(reads(core, "lea", f"{crisis}.d1.c1"), Letter)
    assert reads(after, "lea", f"{crisis}.d1.c1") is Code.ABSENT


def test_it_closes_the_letter_once_it_must_not_go(core: Core) -> None:
    crisis = released(core)
    makes(core, crisis)
    core.fill("lea", Verb.CONTACT_WRONG, crisis, contact="1", reason="déménagé")
    assert reads(core, "lea", f"{crisis}.d1.c1") is Code.ABSENT
    add(core, crisis, OTHER, means="address")
    makes(core, crisis, contact="2")
    assert isinstance(reads(core, "lea", f"{crisis}.d1.c2"), Letter)
    posts(core, crisis)
    assert reads(core, "lea", f"{crisis}.d1.c2") is Code.ALREADY_DONE
    assert makes(core, crisis, contact="2").code == Code.ALREADY_DONE


def test_it_makes_no_letter_after_serious_news(core: Core) -> None:
    crisis = released(core)
    makes(core, crisis)
    core.fill("lea", Verb.SERIOUS_NEWS, crisis, news="hospital", note="")
    core.settle()
    assert "Faire la lettre" not in reply_card(core)
    assert makes(core, crisis).code == Code.SILENCED
    assert reads(core, "lea", f"{crisis}.d1.c1") is Code.SILENCED


def test_it_notes_each_making_without_the_address(core: Core) -> None:
    crisis = released(core)
    makes(core, crisis)
    makes(core, crisis, who="denis", dated="2026-11-25")
    made = happened(core, crisis, LetterMade)
    assert [(each.by, each.draft, each.contact, each.day.day) for each in made] == [
        ("lea", 1, 1, 24),
        ("denis", 1, 1, 25),
    ]
    line = (
        "Denis a fait la lettre de la réponse 1, datée du 25 novembre 2026, et lu l'adresse (coordonnée 1)."
    )
    assert line in core.log(crisis)
    assert "par Denis, à poster" in reply_card(core)
    assert "[Lettre postée] (primary)" in reply_card(core)
    assert "Tilleuls" not in core.log(crisis) + reply_card(core)


@pytest.mark.parametrize("day", ["", "2026-11-23", "2026-11-28", "24 novembre"])
def test_it_bears_no_date_that_was_not_offered(core: Core, day: str) -> None:
    crisis = released(core)
    assert makes(core, crisis, dated=day).errors.keys() == {"dated"}
    assert happened(core, crisis, LetterMade) == []


def test_it_leads_to_the_letter_by_a_personal_link_this_once(core: Core) -> None:
    crisis = released(core)
    values = {"contact": "1", "dated": "2026-11-24"}
    answer = core.fill("lea", Verb.LETTER, f"{crisis}.d1.letter", 1, key="once", **values)
    assert answer.card is not None
    assert answer.secret
    [link] = [
        b for block in answer.card.blocks for b in getattr(block, "buttons", ()) if isinstance(b, PageLink)
    ]
    token = re.fullmatch(rf"https://cellule.test/r/([\w-]{{43}})/{crisis}\.d1\.c1", link.url)
    assert token is not None
    again = core.fill("lea", Verb.LETTER, f"{crisis}.d1.letter", 1, key="once", **values)
    assert again.card is None
    with core.store.write() as uow:
        assert uow.links.burn(sha256(token[1].encode()).digest(), now=core.now) == "lea"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "postée le 24 novembre 2026"),
        (" 1a 234 567 8901 2 ", "postée le 24 novembre 2026, numéro de suivi 1A23456789012"),
    ],
)
def test_it_proves_the_posting_by_its_day_and_number(core: Core, typed: str, told: str) -> None:
    crisis = released(core)
    makes(core, crisis)
    assert core.crisis(crisis).status is CrisisStatus.OPEN
    assert posts(core, crisis, tracking=typed).code is None
    [used] = happened(core, crisis, RouteUsed)
    assert (used.by, used.proof) == ("lea", told)
    assert told in reply_card(core)
    assert told in core.log(crisis)
    assert core.crisis(crisis).status is CrisisStatus.REPLIED
    assert posts(core, crisis).code == Code.ALREADY_DONE


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"tracking": "1234567"}, "tracking"),
        ({"tracking": "1" * 21}, "tracking"),
        ({"tracking": "1A-234567890"}, "tracking"),
        ({"tracking": "٣٣٣٣٣٣٣٣"}, "tracking"),
        ({"posted_on": "2026-11-25"}, "posted_on"),
        ({"posted_on": "2026-11-09"}, "posted_on"),
        ({"posted_on": ""}, "posted_on"),
    ],
)
def test_it_takes_no_posting_that_cannot_be(core: Core, values: dict[str, str], field: str) -> None:
    crisis = released(core)
    assert posts(core, crisis, **values).errors.keys() == {field}
    [way] = core.crisis(crisis).dispatches
    assert (way.route, way.status) == (Route.LETTER, DispatchStatus.WAITING)


def test_it_is_what_comes_next_when_the_e_mail_does_not_arrive() -> None:
    core = Core(carrier=Post(Gone("550")))
    crisis = released(core, routes="letter,email")
    core.fill("lea", Verb.MAIL, f"{crisis}.d1.email", 1, value="iris@ailleurs.example", heading="Un mot")
    core.settle()
    [told] = [text for text in in_rooms(core).split("(Cellule") if "aucune boîte" in text]
    assert "[Faire la lettre…]" in told


def test_it_keeps_every_way_within_five_buttons(core: Core) -> None:
    crisis = released(core, routes="letter,private_message,email")
    card = reply_card(core)
    assert card.count("→ dispatch") + card.count("→ letter") + card.count("→ excuse_route") == 5
    assert makes(core, crisis).code is None


def test_it_lets_no_stranger_and_no_guest_make_one(core: Core) -> None:
    crisis = released(core)
    for who in ("helene", "nobody"):
        assert makes(core, crisis, who=who).code in {Code.ABSENT, Code.STRANGER, Code.NOT_ALLOWED}
    assert happened(core, crisis, LetterMade) == []


@pytest.mark.parametrize("where", EITHER)
async def test_it_is_made_looked_at_and_posted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    async with night_at(where, tmp_path) as rig:
        lea, noe = EITHER[where](rig, "lea"), AROUND[where](rig, "noe")
        await finds_an_address(lea)
        await lea.asks_in_room("Écrire une réponse")
        await lea.fills({"text": GOOD, "routes": ["letter"]})
        await noe.finds_directly("Votre décision est demandée")
        await noe.does("Approuver la version 1")
        await lea.presses_in_room("Envoyer…")
        await lea.asks_in_room("Faire la lettre…")
        assert "Elle n'est ouverte qu'à vous" in await lea.submits({})
        person = WebPerson(rig.service.app)
        page = await comes_by(rig, person, lea.link("Ouvrir la lettre"))
        assert page.response.headers["cache-control"] == "no-store"
        [picture] = re.findall(r'src="data:image/png;base64,([^"]+)"', page.html)
        assert b64decode(picture).startswith(b"\x89PNG")
        pdf = await person.client.get(re.findall(r'href="([^"]+/pdf)"', page.html)[0])
        assert re.fullmatch(
            r'attachment; filename="lettre-\d{4}-\d{3}\.pdf"', pdf.headers["content-disposition"]
        )
        words = reading.plain("\n".join(p.extract_text() for p in PdfReader(BytesIO(pdf.content)).pages))
        assert "34000 MONTPELLIER" in words
        assert "merci de nous avoir écrit" in words
        await lea.asks_in_room("Lettre postée")
        await lea.fills({"tracking": "1A 234 567 8901 2"})
        room = await lea.reads_room()
        assert "numéro de suivi 1A23456789012" in room
        assert "Tilleuls" not in room
        gone = await person.client.get(page.response.url.path)
        assert gone.status_code == 404
        assert "Tilleuls" not in caplog.text


async def finds_an_address(lea: Somebody) -> None:
    await lea.hears_in_room("Coordonnées…")
    await lea.presses("Ajouter une coordonnée…")
    typed = {"means": "address", "value": ADDRESS, "source": "client_file", "confidence": "sure"}
    await lea.submits(typed)


async def comes_by(rig: Running[Any], person: WebPerson, link: str) -> Page:
    """Léa at a browser: by the personal link that a chat gave her, or by one that she has asked for."""
    path = urlsplit(link).path
    if path.startswith("/r/"):
        return await person.enter(path.removeprefix("/r/"))
    with rig.service.application.store.write() as uow:
        uow.links.add(
            sha256(b"asked for").digest(), PersonId("lea"), expires_at=rig.clock() + timedelta(hours=1)
        )
        uow.commit()
    await person.enter("asked for")
    return await person.open(path)
