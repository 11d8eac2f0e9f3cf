"""The opener's form, filled and ready to be sent."""

from benchmarks.load import Sender
from benchmarks.seeding import WORDS
from benchmarks.workspace import OPENER
from tests.rig.slack import payloads
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.person import typed_into
from tests.rig.slack.waiting import eventually


async def filled_form(slack: SlackDouble, slack_side: Sender) -> bytes:
    """Let the opener ask for the form; the request that sends it filled."""
    lea, channel = slack.user(OPENER), slack.world.direct_channel(OPENER)
    command = payloads.slash_command(slack.world, lea.account, channel, command="/crisis", text="open")
    await slack_side.send(command)
    await eventually(lea.open_modal)
    dialog = lea.open_modal()
    assert dialog is not None
    filled = typed_into(dialog, {"first_choice": "anger_or_image", "text": WORDS})
    body = payloads.view_submission(slack.world, lea.account, dialog, filled)
    del slack.world.dialogs[dialog.id]
    return body
