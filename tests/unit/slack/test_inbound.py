"""What somebody does on Slack reaches the core as it was meant, and the core's answer is shown to them."""

import json
import time
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from bot.cards import Action, Actions, Answer, Button, Card, Confirm, Form, Mention, RoomLink, Text, TextField
from bot.domain.ids import PersonId, Platform, RoomRef
from bot.domain.verbs import Verb
from bot.interactions import ButtonPress, FormSubmission, MessageAction, SlashCommand, Standing
from bot.ports import DirectPlace
from tests.rig.slack import payloads
from tests.rig.slack.service import MovedClock, ScriptedCore, double, served
from tests.rig.slack.waiting import eventually

TAKE_UP = Action(Verb.TAKE_UP, "c1.p1")
CARD = Card("Cellule", "A card", (Text("words"), Actions((Button("Go", TAKE_UP),))))
FORM = Form(
    Action(Verb.NOTE, "c1"),
    "Note",
    "Send",
    "Cancel",
    (TextField("text", "Text", required=True, multiline=True),),
)


@pytest.fixture
def slack():
    with double() as running:
        yield running


@pytest.fixture
def core():
    return ScriptedCore()


@pytest.fixture
def clock():
    return MovedClock()


@pytest.fixture
async def adapter(slack, core, clock):
    async with served(slack, core, clock=clock) as running:
        yield running


@pytest.fixture
async def lea(slack, adapter):
    assert adapter
    return slack.user("U01LEA")


@pytest.fixture
async def posted(adapter, lea):
    await adapter.gateway.post(DirectPlace(Platform.SLACK, PersonId("lea")), CARD, mark="m1")
    return lea.direct_messages()[-1]


# Commands


async def test_it_brings_the_words_the_room_and_the_author_of_a_command(slack, core, lea):
    room = slack.add_channel("forum", members=["U01LEA"])
    await lea.command("/crisis urgent il écrit « a < b & c »", channel="forum")
    (asked,) = core.asked
    assert isinstance(asked, SlashCommand)
    assert asked.text == "urgent il écrit « a < b & c »"
    assert asked.room == room.id
    assert asked.actor.person == "lea"
    assert asked.actor.standing is Standing.FULL


async def test_it_takes_a_command_that_speaks_of_a_payload(core, lea):
    await lea.command("/crisis note the payload is gone")
    (command,) = core.asked
    assert command.text == "note the payload is gone"


async def test_it_names_a_person_by_the_plans_name(core, lea):
    await lea.command("/crisis role lawyer @salome and @tom")
    assert core.asked[0].text == "role lawyer @salome and @tom"
    await lea.command("/crisis handover @denis")
    assert core.asked[1].text == "handover @denis"


async def test_it_gives_a_person_found_by_address_the_plans_name(slack, core, lea):
    slack.world.accounts["U03SALOME"].name = "sally"
    await lea.command("/crisis handover @sally")
    assert core.asked[0].text == "handover @salome"


async def test_it_answers_a_command_within_its_answer(core, lea):
    core.answers = [Answer(card=CARD)]
    await lea.command("/crisis status")
    (said,) = lea.ephemerals()
    assert "words" in lea.reads(said)


async def test_it_opens_a_form_for_a_command(core, lea):
    core.answers = [Answer(form=FORM)]
    reply = await lea.command("/crisis note")
    assert reply.text == ""
    await eventually(lea.open_modal)
    assert lea.open_modal().content["title"]["text"] == "Note"
    assert lea.ephemerals() == []


async def test_it_answers_without_waiting_for_a_slow_slack(slack, core, lea):
    await lea.command("/crisis list")
    core.answers = [Answer(form=FORM)]
    slack.delay = 0.2
    calls = len(slack.calls)
    await lea.command("/crisis note")
    assert len(slack.calls) == calls
    await eventually(lea.open_modal)


async def test_it_says_that_a_form_did_not_open(slack, core, lea):
    core.answers = [Answer(form=FORM)]
    slack.fail_next("views.open", error="expired_trigger_id")
    await lea.command("/crisis note")
    await eventually(lea.ephemerals)
    assert "Slack n'a pas ouvert le formulaire" in lea.reads(lea.ephemerals()[0])


async def test_it_gives_the_same_command_sent_twice_the_same_key(core, lea):
    await lea.command("/crisis open")
    await lea.repeat()
    await lea.command("/crisis open")
    first, again, other = (asked.key for asked in core.asked)
    assert first == again
    assert first != other


# Buttons


async def test_it_brings_what_the_pressed_button_carried(core, lea, posted):
    await lea.press("Go", on=posted)
    await lea.repeat()
    first, again = core.asked
    assert isinstance(first, ButtonPress)
    assert first.action == TAKE_UP
    assert first.room == posted.channel
    assert first.key == again.key


async def test_it_takes_two_presses_for_two(core, lea, posted):
    await lea.press("Go", on=posted)
    await lea.press("Go", on=posted)
    assert len({asked.key for asked in core.asked}) == 2


async def test_it_answers_a_press_beside_the_answer(core, lea, posted):
    core.answers = [Answer(card=CARD, code="own_draft")]
    reply = await lea.press("Go", on=posted)
    assert (reply.status, reply.text) == (200, "")
    await eventually(lea.ephemerals)
    assert "words" in lea.reads(lea.ephemerals()[0])
    assert len(lea.direct_messages()) == 1


async def test_it_opens_a_form_for_a_press(core, lea, posted):
    core.answers = [Answer(form=FORM)]
    await lea.press("Go", on=posted)
    await eventually(lea.open_modal)


async def test_it_obeys_the_buttons_of_a_private_answer(core, lea):
    core.answers = [Answer(card=CARD)]
    await lea.command("/crisis status")
    await lea.press("Go", on=lea.ephemerals()[0])
    assert core.asked[-1].action == TAKE_UP


async def test_it_answers_an_unknown_button_with_a_sentence(core, lea, posted):
    posted.blocks[-1]["elements"][0]["value"] = '["dance","c1",null]'
    reply = await lea.press("Go", on=posted)
    assert reply.status == 200
    await eventually(lea.ephemerals)
    assert lea.reads(lea.ephemerals()[0]).strip()
    assert core.asked == []


async def test_it_asks_for_nothing_when_a_link_is_pressed(core, lea, adapter):
    link = Card("s", "t", (Actions((RoomLink("Open", Platform.SLACK, RoomRef("C1")),)),))
    await adapter.gateway.post(DirectPlace(Platform.SLACK, PersonId("lea")), link, mark="m2")
    button = lea.direct_messages()[-1].blocks[-1]["elements"][0]
    assert button["url"].startswith("https://slack.com/app_redirect?channel=C1")
    assert (await lea.press("Open", on=lea.direct_messages()[-1])).status == 200
    assert core.asked == []


async def test_it_tells_the_person_in_the_channel_without_an_address_to_answer_to(slack, core, lea, posted):
    button = {**posted.blocks[-1]["elements"][0], "block_id": "b"}
    channel = slack.world.channels[posted.channel]
    body = payloads.button_in_message(
        slack.world, lea.account, channel, posted, button=button, ephemeral=False
    )
    payload = json.loads(parse_qs(body.decode())["payload"][0])
    del payload["response_url"]
    core.answers = [Answer(card=CARD)]
    await slack.deliver(payloads.interactive(payload), "application/x-www-form-urlencoded")
    await eventually(lea.ephemerals)
    assert "words" in lea.reads(lea.ephemerals()[0])


async def test_it_shows_a_confirmation_before_the_press(adapter, lea):
    asked = Button("Release", Action(Verb.RELEASE, "c1"), confirm=Confirm("Sure?", "Really", "Yes", "No"))
    await adapter.gateway.post(
        DirectPlace(Platform.SLACK, PersonId("lea")), Card("s", "t", (Actions((asked,)),)), mark="m3"
    )
    assert lea.direct_messages()[-1].blocks[-1]["elements"][0]["confirm"]["title"]["text"] == "Sure?"


# Forms


@pytest.fixture
async def dialog(core, lea):
    core.answers = [Answer(form=FORM)]
    await lea.command("/crisis note")
    await eventually(lea.open_modal)
    return lea.open_modal()


async def test_it_brings_the_words_of_a_form_and_the_room_it_was_opened_from(core, lea, dialog):
    await lea.submit(dialog, {"Text": "<!channel> *x*"})
    sent = core.asked[-1]
    assert isinstance(sent, FormSubmission)
    assert sent.action == FORM.action
    assert sent.values == {"text": "<!channel> *x*"}
    assert sent.room == core.asked[0].room
    assert lea.open_modal() is None


async def test_it_says_why_it_refuses_a_field_and_keeps_the_form(core, lea, dialog):
    core.answers = [Answer(errors={"text": "Too short."}, code="text_empty")]
    reply = await lea.submit(dialog, {"Text": "x"})
    assert reply.errors == {"Text": "Too short."}
    await lea.submit(dialog, {"Text": "longer"})
    assert core.asked[-1].key == core.asked[-2].key
    assert lea.open_modal() is None


async def test_it_lays_a_refusal_over_the_form(core, lea, dialog):
    core.answers = [Answer(card=CARD, code="stale_revision")]
    await lea.submit(dialog, {"Text": "my long words"})
    assert lea.open_modal().parent is dialog
    assert "words" in lea.reads(lea.open_modal())


async def test_it_puts_an_answer_in_the_forms_place(core, lea, dialog):
    core.answers = [Answer(card=CARD)]
    await lea.submit(dialog, {"Text": "x"})
    assert lea.open_modal() is dialog
    assert "words" in lea.reads(dialog)


async def test_it_obeys_a_button_in_a_dialog(core, lea, dialog):
    core.answers = [Answer(card=CARD), Answer(card=Card("s", "Next"))]
    await lea.submit(dialog, {"Text": "x"})
    await lea.press("Go", on=dialog)
    assert core.asked[-1].action == TAKE_UP
    assert core.asked[-1].room == core.asked[0].room
    await eventually(lambda: "Next" in lea.reads(lea.open_modal()))


async def test_it_lays_a_form_from_a_dialog_over_it(core, lea, dialog):
    core.answers = [Answer(card=CARD), Answer(form=FORM)]
    await lea.submit(dialog, {"Text": "x"})
    await lea.press("Go", on=dialog)
    await eventually(lambda: lea.open_modal() is not dialog)
    assert lea.open_modal().parent is dialog


async def test_it_leads_from_one_form_to_the_next(core, lea, dialog):
    core.answers = [Answer(form=FORM)]
    await lea.submit(dialog, {"Text": "typed before"})
    assert lea.open_modal() is dialog
    assert "initial_value" not in dialog.content["blocks"][0]["element"]


async def test_it_answers_an_unknown_form_with_a_sentence(core, lea, dialog):
    dialog.content["private_metadata"] = "{}"
    asked = len(core.asked)
    await lea.submit(dialog, {"Text": "x"})
    assert lea.open_modal().parent is dialog
    assert len(core.asked) == asked


# Message actions


async def test_it_brings_the_words_the_link_and_the_hour_of_a_message(slack, core, lea):
    channel = slack.add_channel("forum", members=["U01LEA", "U08TOM"])
    message = slack.someone_writes("U08TOM", "forum", "je veux <b>partir</b> & <https://x.example|y>")
    await lea.message_action("Open a crisis", message)
    (asked,) = core.asked
    assert isinstance(asked, MessageAction)
    assert asked.text == "je veux <b>partir</b> & <https://x.example|y>"
    assert asked.link == f"https://exemple.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    assert asked.written_at == float(message.ts)
    assert asked.room == channel.id


async def test_it_turns_slacks_own_markup_into_what_was_typed(slack, core, lea):
    slack.add_channel("forum", members=["U01LEA", "U08TOM"])
    message = slack.someone_writes("U08TOM", "forum", "x")
    message.text = "<@U01LEA> <!channel> <#C1|news> <https://x.example|here> <mailto:a@b.example|a>"
    await lea.message_action("Open a crisis", message)
    assert core.asked[0].text == "@lea @channel @news https://x.example mailto:a@b.example"


# Who


@pytest.mark.parametrize(
    ("user", "person", "standing"),
    [
        ("U01LEA", "lea", Standing.FULL),
        ("U02DENIS", "denis", Standing.FULL),
        ("U08TOM", None, Standing.FULL),
        ("U09ELSE", None, Standing.STRANGER),
        ("U10GUEST", None, Standing.GUEST),
        ("U11GUEST", None, Standing.GUEST),
        ("U12GONE", None, Standing.STRANGER),
    ],
)
@pytest.mark.usefixtures("adapter")
async def test_it_knows_who_acts(slack, core, user, person, standing):
    slack.add_user("U10GUEST", "visitor", is_restricted=True)
    slack.add_user("U11GUEST", "other", is_ultra_restricted=True)
    slack.add_user("U12GONE", "left", deleted=True)
    await slack.user(user).command("/crisis help")
    assert core.asked[0].actor.person == person
    assert core.asked[0].actor.standing is standing


async def test_it_believes_the_plans_slack_id_over_an_address(slack, core, adapter):
    assert adapter
    slack.add_user("U13FAKE", "fake", email="lea@exemple.example")
    await slack.user("U13FAKE").command("/crisis help")
    assert core.asked[0].actor.person is None


async def test_it_hears_whom_the_plan_names_by_slack_id_though_slack_is_silent(slack, core, lea):
    slack.fail_next("users.info", status=500, times=50)
    await lea.command("/crisis emergency")
    assert core.asked[0].actor.person == "lea"


async def test_it_tells_an_unknown_person_of_a_problem_when_slack_is_silent(slack, core, adapter):
    assert adapter
    slack.fail_next("users.info", status=500, times=50)
    tom = slack.user("U08TOM")
    reply = await tom.command("/crisis help")
    assert reply.status == 200
    assert "Un problème est survenu" in tom.reads(tom.ephemerals()[0])
    assert core.asked == []


async def test_it_soon_knows_that_somebody_became_a_guest(slack, core, clock, lea):
    slack.now = lambda: clock().timestamp()
    await lea.command("/crisis help")
    slack.world.accounts["U01LEA"].is_restricted = True
    await lea.command("/crisis help")
    assert core.asked[-1].actor.standing == "full"
    clock.ahead = timedelta(minutes=11)
    deadline = time.monotonic() + 5
    while core.asked[-1].actor.standing != "guest":
        assert time.monotonic() < deadline
        await lea.command("/crisis help")
    about_lea = [call for call in slack.calls if call.arguments.get("user") == "U01LEA"]
    assert len(about_lea) <= 6


# Faults


async def test_it_says_a_fault_of_ours_without_a_server_error(core, lea, posted):
    core.fails = RuntimeError("a member's words")
    reply = await lea.command("/crisis help")
    assert reply.status == 200
    assert "Un problème est survenu" in lea.reads(lea.ephemerals()[0])
    assert (await lea.press("Go", on=posted)).status == 200
    await eventually(lambda: len(lea.ephemerals()) == 2)


async def test_it_keeps_what_was_typed_when_a_form_meets_a_fault(core, lea, dialog):
    core.fails = RuntimeError("x")
    reply = await lea.submit(dialog, {"Text": "long words"})
    assert reply.status == 200
    assert lea.open_modal().parent is dialog


async def test_it_calls_nobody_by_an_answer(slack, core, lea):
    core.answers = [Answer(card=Card("s", "t", (Mention((PersonId("denis"),), "look"),)))]
    await lea.command("/crisis status")
    assert slack.notifications == []
    assert lea.reads(lea.ephemerals()[0]).endswith("look")


async def test_it_logs_no_words_of_a_fault(core, lea, capsys, caplog):
    core.fails = RuntimeError("secret words")
    await lea.command("/crisis help")
    assert "secret words" not in capsys.readouterr().out + caplog.text


@pytest.mark.parametrize(("who", "person"), [("U01LEA", "lea"), ("U08TOM", None)])
async def test_it_tells_the_core_who_is_no_longer_in_a_room(slack, core, adapter, who, person):
    assert adapter
    room = slack.add_channel("crise", members=[who], is_private=True)
    await slack.user(who).leaves("crise")
    (departure,) = core.asked
    assert (departure.actor.person, departure.room) == (person, room.id)
    assert departure.at.timestamp() == pytest.approx(slack.now(), abs=5)


async def test_it_has_slack_tell_again_of_a_departure_when_nobody_knows_who_it_was(slack, core, adapter):
    assert adapter
    room = slack.add_channel("crise", members=["U08TOM"], is_private=True)
    slack.fail_next("users.info", status=500)
    body = payloads.left_event(slack.world, room, slack.user("U08TOM").account, at=slack.now())
    assert (await slack.deliver(body, "application/json")).status == 503
    assert core.asked == []
