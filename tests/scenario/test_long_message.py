"""A member's message longer than a Slack form, opened from the message itself."""

from pathlib import Path

from tests.rig.reading import dialog, in_room, text
from tests.rig.service import Rig, slack_rig

LONG = "".join(f"Phrase numéro {n} d'un long message. " for n in range(200)).strip()


async def test_it_keeps_a_long_message_whole_of_which_a_form_shows_the_beginning(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await opens_from_message(rig, {})
        assert the_words(rig) == LONG
        shown = text(rig, "lea", in_room(rig, "lea", "À FAIRE MAINTENANT"))
        assert f"{len(LONG)}" in shown.replace(" ", "").replace(".", "")


async def test_it_takes_what_somebody_changed_in_the_form(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await opens_from_message(rig, {"text": "Seulement la phrase qui compte."})
        assert the_words(rig) == "Seulement la phrase qui compte."


async def opens_from_message(rig: Rig, changed: dict[str, str]) -> None:
    rig.slack.add_channel("moderation", members=["ULEA"])
    message = rig.slack.someone_writes("ULEA", "moderation", LONG)
    lea = rig.user("lea")
    await lea.message_action("Ouvrir une crise", message)
    form = await dialog(rig, "lea")
    await lea.submit(form, {"first_choice": "anger_or_image", **changed})
    await rig.settle()


def the_words(rig: Rig) -> str:
    with rig.service.application.store.read() as uow:
        (crisis,) = uow.crises.of(["forum"])
        assert crisis.message is not None
        return crisis.message.text
