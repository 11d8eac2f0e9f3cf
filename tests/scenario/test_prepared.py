"""Starting from a prepared reply: offered, filled, completed by a person, and only then asked about."""

from pathlib import Path
from typing import Any

import pytest

from bot.cards import Form
from bot.checking import check
from bot.data import SAMPLE_PLAN
from bot.domain.errors import Code
from bot.domain.ids import CrisisId
from bot.domain.states import DraftStatus, Route
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.either import EITHER
from tests.rig.reading import dialog
from tests.rig.refused import night_at
from tests.rig.slack.waiting import eventually

START = "distress-d4-vous"
SAID = "tout est trop lourd"
QUOTED = "{ses mots}"


def form(core: Core, crisis: CrisisId, who: str = "lea", **values: str) -> Form:
    """The form that a press opens, or that a filled one is answered by."""
    asked = (
        core.fill(who, Verb.DRAFT, crisis, None, **values) if values else core.press(who, Verb.DRAFT, crisis)
    )
    assert asked.form is not None, asked
    return asked.form


def field(shown: Form, name: str) -> str:
    (found,) = [each for each in shown.fields if each.name == name]
    return ",".join(found.values) if found.kind == "checks_field" else found.value


def offered(shown: Form) -> list[str]:
    (start,) = [each for each in shown.fields if each.kind == "choice_field"]
    return [value for value, _label in start.options]


@pytest.mark.parametrize("where", EITHER)
async def test_it_fills_the_text_and_waits_for_the_rest(tmp_path: Path, where: str) -> None:
    """What is chosen comes back filled, and goes to nobody before a person completes it."""
    async with night_at(where, tmp_path) as rig:
        lea = EITHER[where](rig, "lea")
        assert "Danger immédiat" in await lea.form("brouillon")
        chosen: dict[str, str | list[str]] = {"start": START, "text": "", "routes": ["private_message"]}
        taken = await lea.submits(chosen)
        assert "Reste à écrire" in taken
        assert QUOTED in taken
        left = await lea.submits({"text": f"Bonjour, « {QUOTED} »", "routes": ["private_message"]})
        assert f"Reste à écrire : {QUOTED}" in left.replace("\xa0", " ")
        await lea.fills({"text": f"Bonjour, « {SAID} »", "routes": ["private_message"]})
        with rig.service.application.store.read() as uow:
            (draft,) = next(iter(uow.crises.of(["forum"]))).drafts
        assert draft.current.text == f"Bonjour, « {SAID} »"


async def test_it_fills_the_text_at_once_on_slack(tmp_path: Path) -> None:
    async with night_at("slack", tmp_path) as rig:
        lea: Any = rig.user("lea")
        await lea.command("/crisis brouillon")
        shown = await dialog(rig, "lea")
        await lea.chooses(shown, {"start": START})
        await eventually(lambda: QUOTED in str(shown.content))
        assert "Reste à écrire" in str(shown.content)


async def test_it_leaves_alone_what_is_being_typed_on_slack(tmp_path: Path) -> None:
    async with night_at("slack", tmp_path) as rig:
        lea: Any = rig.user("lea")
        await lea.command("/crisis brouillon")
        shown = await dialog(rig, "lea")
        before = str(shown.content)
        await lea.chooses(shown, {"start": START, "text": "Bonjour, je"})
        await rig.settle()
        assert str(shown.content) == before
        with rig.service.application.store.read() as uow:
            assert next(iter(uow.crises.of(["forum"]))).drafts == ()


def test_it_offers_what_fits_the_likeliest_first() -> None:
    core = Core()
    crisis = core.opens()
    assert offered(form(core, crisis))[0] == START
    assert "question-public-fr" not in offered(form(core, crisis))
    angry = core.opens("ines", first="anger_or_image")
    assert offered(form(core, angry, "ines"))[0] == "complaint-public-fr"


def test_it_signs_as_whoever_writes_and_ticks_the_way() -> None:
    core = Core()
    shown = form(core, core.opens(), start=START, text="", routes="public_post,email")
    assert "Léa, modération, Forum Exemple" in field(shown, "text")
    assert "le 15 ou le 112" not in field(shown, "text")  # nobody knows the member's country
    assert "le 112" in field(shown, "text")
    assert field(shown, "routes") == Route.EMAIL


def test_it_never_takes_the_place_of_what_was_typed() -> None:
    core = Core()
    crisis = core.opens()
    assert core.fill("lea", Verb.DRAFT, crisis, start=START, text="Bonjour.", routes="email").form is None
    assert core.crisis(crisis).drafts[0].current.text == "Bonjour."


def test_it_takes_no_text_with_a_hole_in_it() -> None:
    core = Core()
    crisis = core.opens()
    text = field(form(core, crisis, start=START, text="", routes="email"), "text")
    refused = core.fill("lea", Verb.DRAFT, crisis, text=text, routes="email")
    assert refused.code == Code.UNFILLED
    assert QUOTED in refused.errors["text"]
    assert core.crisis(crisis).drafts == ()
    core.proposes(crisis)
    revised = core.fill("lea", Verb.REVISE, f"{crisis}.d1", 1, text=text)
    assert revised.code == Code.UNFILLED
    assert core.crisis(crisis).drafts[0].current.number == 1


def test_it_takes_a_pseudonym_that_looks_like_a_hole() -> None:
    core = Core()
    crisis = core.opens()
    core.fill("lea", Verb.COMPLETE, crisis, category="distress", level="D4", handle=QUOTED, country="FR")
    text = field(form(core, crisis, start=START, text="", routes="email"), "text")
    assert text.startswith(f"Bonjour {QUOTED},")
    core.proposes(crisis, text=text.replace(f"« {QUOTED} »", f"« {SAID} »"))
    assert core.crisis(crisis).drafts[0].status is DraftStatus.IN_REVIEW


def test_it_refuses_one_that_is_not_offered_here() -> None:
    core = Core()
    crisis = core.opens()
    refused = core.fill("lea", Verb.DRAFT, crisis, start="question-public-fr", text="", routes="email")
    assert refused.code == Code.BAD_VALUE


def test_it_says_tu_to_a_member_who_does() -> None:
    core = Core()
    answer = core.command("lea", "urgent tu peux me dire à quoi bon ? je veux mourir")
    assert answer.code is None
    (crisis,) = core.crises()
    assert offered(form(core, crisis))[0] == "distress-d4-tu"


@pytest.mark.parametrize("country", ["", "FR", "BE"])
def test_it_passes_the_check_of_the_room_once_it_is_completed(country: str) -> None:
    core = Core()
    core.command("lea", "urgent je ne dors plus et tout me pèse, à quoi bon")
    (crisis,) = core.crises()
    known = {"category": "distress", "level": "D2", "handle": "Nuage7", "country": country}
    assert core.fill("lea", Verb.COMPLETE, crisis, None, **known).code is None
    shown = form(core, crisis, start="distress-d2-vous", text="", routes="private_message")
    text = field(shown, "text").replace(QUOTED, "je ne dors plus et tout me pèse")
    draft = core.proposes(crisis, text=text.replace("{ce que vous y entendez}", "un épuisement qui dure"))
    assert check(core.guide(), core.crisis(crisis), draft, core.now).stopping == ()


OWN = """
    templates:
      - id: our-word
        categories: [distress]
        language: fr
        routes: [private_message]
        title: Notre mot
        text: "Bonjour {member}, {signature}"
        agreed_by: claire
        agreed_on: 2026-01-15
        until: UNTIL
"""


@pytest.mark.parametrize(("until", "agreed"), [("2026-11-23", False), ("2026-11-24", True)])
def test_it_offers_the_communitys_own_first_and_says_who_agreed(
    tmp_path: Path, *, until: str, agreed: bool
) -> None:
    core = Core(plan=plan_with(tmp_path, OWN.replace("UNTIL", until)))
    crisis = core.opens()
    shown = form(core, crisis)
    labels = dict(next(each for each in shown.fields if each.kind == "choice_field").options)
    assert offered(shown)[0] == "our-word"
    assert ("accord du client" in labels["our-word"]) is agreed
    taken = form(core, crisis, start="our-word", text="", routes="private_message")
    said = " ".join(block.text for block in taken.intro if block.kind == "text")
    assert ("Claire a accepté ce texte" in said) is agreed
    assert ("L'accord a pris fin" in said) is not agreed


def plan_with(folder: Path, templates: str) -> Path:
    marked = "    # templates: forum_templates.yaml\n"
    text = SAMPLE_PLAN.read_text("utf-8")
    assert marked in text
    (folder / "plan.yaml").write_text(text.replace(marked, templates), "utf-8")
    return folder / "plan.yaml"
