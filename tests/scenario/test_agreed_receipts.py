"""A receipt that the client has agreed to leaves like the first message: by a moderator alone."""

from pathlib import Path

import pytest

from bot.cards import Form
from bot.data import SAMPLE_PLAN
from bot.domain.errors import Code
from bot.domain.ids import Platform
from bot.domain.states import DraftStatus, Route
from bot.domain.verbs import Verb
from bot.domain.wording import fingerprint
from tests.rig.chat import Chat
from tests.rig.core import Core
from tests.rig.post import Post

RECEIPT = """
    templates:
      - id: our-receipt
        kind: receipt
        categories: [distress]
        language: fr
        routes: [private_message]
        title: Notre premier mot
        text: "Bonjour, nous vous avons lu. {lines}. En danger : {emergency}. {signature}"
        agreed_by: helene
        agreed_on: 2026-01-15
        until: 2027-06-30
"""
BUTTON = "Envoyer le premier message"


def core_with(
    folder: Path,
    receipt: str,
    *,
    first_message: bool = False,
    chat: Chat | None = None,
    carrier: Post | None = None,
) -> Core:
    text = SAMPLE_PLAN.read_text("utf-8")
    if not first_message:
        start, end = text.index("    first_message:"), text.index("    # Où les membres nous répondent")
        text = text[:start] + text[end:]
    text = text.replace("    # templates: forum_templates.yaml\n", receipt)
    (folder / "plan.yaml").write_text(text, "utf-8")
    return Core(plan=folder / "plan.yaml", chat=chat, carrier=carrier)


def form(core: Core, crisis: str) -> Form:
    asked = core.press("lea", Verb.FIRST_MESSAGE, crisis)
    assert asked.form is not None, asked
    return asked.form


def texts(shown: Form) -> list[str]:
    return [block.text for block in shown.intro if block.kind == "quote"]


def test_it_leaves_by_a_moderator_alone(tmp_path: Path) -> None:
    core = core_with(tmp_path, RECEIPT)
    crisis = core.opens()
    [text] = texts(form(core, crisis))
    assert "findahelpline.com" in text
    assert text.endswith("Léa, modération, Forum Exemple")
    sent = core.fill("lea", Verb.FIRST_MESSAGE, crisis, message=fingerprint(text), routes="private_message")
    assert sent.code is None
    (draft,) = core.crisis(crisis).drafts
    assert (draft.status, draft.agreed_by, draft.current.text) == (DraftStatus.RELEASED, "helene", text)
    assert draft.is_first_message


@pytest.mark.parametrize("platform", [Platform.SLACK, Platform.TEAMS])
def test_it_goes_by_e_mail_with_one_press_and_never_twice(tmp_path: Path, platform: Platform) -> None:
    by_mail = RECEIPT.replace("[private_message]", "[email]")
    post = Post()
    core = core_with(tmp_path, by_mail, chat=Chat(platform), carrier=post)
    crisis = core.opens()
    [text] = texts(form(core, crisis))
    core.fill("lea", Verb.FIRST_MESSAGE, crisis, message=fingerprint(text), routes="email")
    assert core.crisis(crisis).anchored_at is None
    way = f"{crisis}.d1.email"
    given = {"value": "tom.durand@ailleurs.example", "heading": "Un mot pour vous"}
    assert core.fill("lea", Verb.MAIL, way, 1, **given).code is None
    assert core.fill("denis", Verb.MAIL, way, 1, **given).code is not None
    core.settle()
    [mail] = post.sent
    assert mail.text.startswith(text)
    assert core.crisis(crisis).anchored_at is not None
    assert core.fill("lea", Verb.MAIL, way, 1, **given).code is not None
    core.settle()
    assert post.tries == 1


def test_it_stands_beside_the_first_message(tmp_path: Path) -> None:
    core = core_with(tmp_path, RECEIPT, first_message=True)
    shown = form(core, core.opens())
    assert len(texts(shown)) == 3
    agreed = " ".join(block.text for block in shown.intro if block.kind == "text")
    assert "Claire a donné son accord" in agreed
    assert "Hélène a donné son accord" in agreed


def test_it_takes_no_way_that_the_client_has_not_agreed_to(tmp_path: Path) -> None:
    core = core_with(tmp_path, RECEIPT)
    crisis = core.opens()
    mark = fingerprint(texts(form(core, crisis))[0])
    refused = core.fill("lea", Verb.FIRST_MESSAGE, crisis, message=mark, routes=Route.PUBLIC_POST)
    assert refused.code == Code.BAD_VALUE
    assert core.crisis(crisis).drafts == ()


def test_it_says_what_nobody_knows_yet(tmp_path: Path) -> None:
    core = core_with(tmp_path, RECEIPT.replace("Bonjour", "Bonjour {member}"))
    crisis = core.opens()
    refused = core.press("lea", Verb.FIRST_MESSAGE, crisis)
    assert refused.code == Code.UNFILLED
    assert "{pseudonyme}" in str(refused.card)
    core.fill("lea", Verb.COMPLETE, crisis, category="distress", handle="Nuage7")
    assert "Bonjour Nuage7" in texts(form(core, crisis))[0]


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("2027-06-30", "2026-11-23"),
        ("{lines}", "« {said} »"),
        ("kind: receipt", "kind: reply"),
        ("[distress]", "[question]"),
    ],
    ids=["ended", "something to write", "a reply", "another kind of crisis"],
)
def test_it_is_not_offered(tmp_path: Path, written: str, instead: str) -> None:
    assert written in RECEIPT
    core = core_with(tmp_path, RECEIPT.replace(written, instead))
    crisis = core.opens()
    assert core.press("lea", Verb.FIRST_MESSAGE, crisis).code == Code.FIRST_MESSAGE_ABSENT
