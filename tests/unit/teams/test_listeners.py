"""What people do on Teams reaches the core, and its answer comes back to them alone."""

from datetime import UTC, datetime

import pytest

from bot.cards import (
    Action,
    Actions,
    Answer,
    Button,
    Card,
    Form,
    Quote,
    Text,
    TextField,
)
from bot.domain.ids import MessageRef, PersonId, Platform, RoomRef
from bot.domain.verbs import Verb
from bot.interactions import (
    ButtonPress,
    Departure,
    FormSubmission,
    MessageAction,
    MessageChange,
    SlashCommand,
    Standing,
    Wanted,
)
from bot.ports import DirectPlace, RoomPlace
from tests.rig.slack.waiting import eventually
from tests.rig.teams import payloads
from tests.rig.teams.service import served

LEA = PersonId("lea")
NOTE = Form(
    Action(Verb.NOTE, "c1"), "Note", "Write", "Cancel", (TextField("text", "Your note", required=True),)
)
REFUSED = Answer(card=Card("not done", "Not done", (Text("You may not."), Text("fresh"))), code="not_allowed")
GO = Button("Go", Action(Verb.TAKE_UP, "c1.p1", 2))
FRESH = Card("Cellule", "FORUM", (Text("Lea is on it"),))
ASK = Button("Note…", Action(Verb.NOTE, "c1"))


@pytest.fixture(autouse=True)
def _served(adapter):
    """Serve the adapter for all of these."""


@pytest.fixture
def lea(teams):
    return teams.user("lea")


@pytest.fixture
def chat(teams):
    return teams.add_chat("crise-2026-014-fe", members=["lea", "denis", "tom"])


@pytest.fixture
def channel(teams):
    return teams.add_team("everybody", members=["lea", "denis"], channels=("talk",)).channels[1]


async def posted(adapter, chat, *buttons, mark="c1.7"):
    card = Card("Cellule", "FORUM", (Text("words"), Actions(buttons)))
    await adapter.gateway.post(RoomPlace(Platform.TEAMS, RoomRef(chat.id)), card, mark=mark)
    return chat.messages[-1]


def place_of(chat, said):
    return RoomPlace(Platform.TEAMS, RoomRef(chat.id)), MessageRef(f"{chat.id}|{said.id}")


async def answered(lea, words):
    await eventually(lambda: any(words in lea.reads(said) for said in lea.direct_messages()))


# Commands


@pytest.mark.parametrize(
    "typed", ["crisis status", "crise status", "status", "Crisis  status", "crisis\u00a0status"]
)
async def test_it_reads_a_command_after_its_name(core, lea, chat, typed):
    await lea.command(typed, where=chat.id)
    (command,) = core.asked
    assert isinstance(command, SlashCommand)
    assert command.text == "status"
    assert (command.actor.person, command.actor.standing) == (LEA, Standing.FULL)
    assert command.room == chat.id
    assert not command.overheard


async def test_it_reads_a_command_in_its_own_conversation(core, lea):
    await lea.command("open he wants to <b>die</b> & more")
    assert core.asked[0].text == "open he wants to <b>die</b> & more"


async def test_it_hears_nothing_that_is_not_said_to_it(core, lea, chat):
    assert await lea.types("status", where=chat.id) is None
    assert core.asked == []


async def test_it_names_those_who_are_mentioned_as_the_plan_does(teams, core, lea, chat):
    activity = payloads.typed(
        teams.world, chat, lea.account, "@Cellule crisis role lawyer <at>Denis Roux</at>"
    )
    denis = teams.user("denis").account
    mentioned = {"id": denis.id, "name": denis.name}
    activity["entities"].append({"type": "mention", "mentioned": mentioned, "text": "<at>Denis Roux</at>"})
    await teams.deliver(activity)
    assert core.asked[0].text == "role lawyer @denis"


async def test_it_answers_a_command_to_the_person_alone(core, lea, chat):
    core.answers.append(Answer(card=Card("Cellule", "Status", (Quote("all is well"),))))
    before = len(chat.messages)
    await lea.command("crisis status", where=chat.id)
    await answered(lea, "all is well")
    assert len(chat.messages) == before + 1


async def test_it_answers_the_same_once_whatever_comes_twice(core, lea, chat):
    await lea.command("crisis status", where=chat.id)
    await lea.repeat()
    first, second = core.asked
    assert first.key == second.key


async def test_it_offers_a_form_behind_a_button(core, lea):
    filled = TextField("text", "Your note", value="typed before", required=True)
    core.answers.append(Answer(form=Form(Action(Verb.NOTE, "c1"), "Note", "Write", "Cancel", (filled,))))
    await lea.command("note")
    await answered(lea, "Note")
    await lea.press("Ouvrir le formulaire", on=lea.direct_messages()[-1])
    assert "typed before" in lea.reads(lea.open_dialog())
    assert len(core.asked) == 1


async def test_it_warns_and_offers_the_form_where_everybody_reads(core, lea, channel):
    core.answers.append(Answer(form=NOTE))
    await lea.command("crisis open his words", where=channel.id)
    assert core.asked[0].overheard
    await eventually(lambda: len(channel.messages) == 2)
    said = lea.sees_in(channel.id)[-1]
    assert "Tout le monde ici lit" in lea.reads(said)
    assert said.root == channel.messages[0].id


# Buttons


async def test_it_takes_a_press_and_answers_with_a_line(adapter, core, lea, chat):
    said = await posted(adapter, chat, GO)
    await lea.press("Go", on=said)
    (press,) = core.asked
    assert isinstance(press, ButtonPress)
    assert (press.actor.person, press.action, press.room) == (LEA, GO.action, chat.id)
    assert lea.toasts() == ["C'est fait."]


async def test_it_answers_a_press_with_the_card_as_it_is_now(adapter, redrawn, teams, lea, chat):
    said = await posted(adapter, chat, GO)
    redrawn.cards[place_of(chat, said)] = FRESH
    await lea.press("Go", on=said)
    assert "Lea is on it" in lea.reads(said)
    assert "Lea is on it" not in teams.user("denis").reads(said)


async def test_it_answers_a_press_in_a_channel_with_the_card_as_it_is_now(adapter, redrawn, lea, channel):
    """Teams names the thread that a message of a channel begins."""
    said = await posted(adapter, channel, GO)
    redrawn.cards[place_of(channel, said)] = FRESH
    said.root = said.id
    await lea.press("Go", on=said)
    assert "Lea is on it" in lea.reads(said)


async def test_it_answers_a_direct_press_with_the_card_as_it_is_now(adapter, redrawn, lea):
    card = Card("Cellule", "FORUM", (Text("words"), Actions((GO,))))
    message = await adapter.gateway.post(DirectPlace(Platform.TEAMS, LEA), card, mark="c1.8")
    redrawn.cards[DirectPlace(Platform.TEAMS, LEA), message] = FRESH
    (said,) = lea.direct_messages()
    await lea.press("Go", on=said)
    assert "Lea is on it" in lea.reads(said)


async def test_it_refuses_a_press_to_the_presser_alone(adapter, core, teams, lea, chat):
    core.answers.append(Answer(card=Card("not done", "Not done", (Text("You may not."),)), code="absent"))
    said = await posted(adapter, chat, GO)
    await lea.press("Go", on=said)
    assert lea.toasts() == ["You may not."]
    assert teams.user("denis").toasts() == []
    assert "words" in lea.reads(said)


async def test_it_says_why_not_below_the_card_as_it_is_now(adapter, core, redrawn, lea, chat):
    core.answers.append(REFUSED)
    said = await posted(adapter, chat, GO)
    redrawn.cards[place_of(chat, said)] = Card("Cellule", "FORUM", (Text("Denis is on it"), Actions((GO,))))
    await lea.press("Go", on=said)
    assert lea.reads(said) == "FORUM\nDenis is on it\n[Go]\nYou may not."
    assert "You may not." not in str(said.cards)


async def test_it_shows_how_things_stand_where_nothing_is_left_to_press(adapter, core, redrawn, lea, chat):
    core.answers.append(REFUSED)
    said = await posted(adapter, chat, GO)
    redrawn.cards[place_of(chat, said)] = Card("Cellule", "FORUM", (Text("See the newer message."),))
    await lea.press("Go", on=said)
    assert lea.reads(said) == "Not done\nfresh\nYou may not."


async def test_it_shows_a_card_that_answers_a_press_directly(adapter, core, teams, lea, chat):
    core.answers.append(Answer(card=Card("Cellule", "The log", (Text("line one"),))))
    await lea.press("Go", on=await posted(adapter, chat, GO))
    await answered(lea, "line one")
    assert lea.toasts()
    assert teams.user("denis").direct_messages() == []


async def test_it_refuses_a_card_of_another_app(core, lea, chat):
    action = {"type": "Action.Execute", "verb": "approve", "data": {"something": "else"}}
    reply = await lea.invoke("adaptiveCard/action", {"action": action, "trigger": "manual"}, where=chat.id)
    assert reply.status == 200
    assert reply.json["value"]
    assert core.asked == []


@pytest.mark.parametrize(
    "value", [None, 1, [], {}, {"action": None}, {"action": {}}, {"data": 5}, {"data": {"cellule": 1}}]
)
@pytest.mark.parametrize(
    "name", ["adaptiveCard/action", "task/fetch", "task/submit", "composeExtension/fetchTask"]
)
async def test_it_answers_a_malformed_invoke_with_a_refusal(core, lea, chat, name, value):
    reply = await lea.invoke(name, value, where=chat.id)
    assert reply.status in {200, 400}
    assert core.asked == []


async def test_it_takes_the_press_of_a_client_that_knows_no_execute(adapter, core, teams, lea, chat):
    core.answers.append(REFUSED)
    said = await posted(adapter, chat, GO)
    (execute,) = [a for row in said.cards[0]["body"] if row["type"] == "ActionSet" for a in row["actions"]]
    await teams.deliver(
        payloads.submitted(teams.world, chat, lea.account, said, data=execute["fallback"]["data"])
    )
    assert core.asked[0].action == GO.action
    await answered(lea, "You may not.")


async def test_it_names_commands_as_they_are_typed_here(adapter, core, lea, chat):
    told = Text("Type /crisis status.")
    core.answers += [
        Answer(card=Card("not done", "Not done", (told,)), code="unknown_action"),
        Answer(form=NOTE),
        Answer(errors={"text": told.text}, code="has_a_seat"),
    ]
    await lea.press("Go", on=await posted(adapter, chat, GO))
    assert lea.toasts() == ["Type @Cellule crisis status."]
    await lea.press("Note…", on=await posted(adapter, chat, ASK))
    await lea.submit(lea.open_dialog(), {"Your note": "quiet"})
    assert "Type @Cellule crisis status." in lea.reads(lea.open_dialog())


async def test_it_says_a_sentence_when_the_core_fails(adapter, core, lea, chat):
    said = await posted(adapter, chat, GO)
    core.fails = RuntimeError("a secret word")
    reply = await lea.press("Go", on=said)
    assert reply.status == 200
    assert lea.toasts() == ["Un problème est survenu de notre côté. Regardez la salle, puis réessayez."]


# Forms


async def test_it_opens_a_form_and_takes_it_filled(adapter, core, lea, chat):
    core.answers += [Answer(form=NOTE), Answer()]
    await lea.press("Note…", on=await posted(adapter, chat, ASK))
    await lea.submit(lea.open_dialog(), {"Your note": "it is quiet"})
    submission = core.asked[-1]
    assert isinstance(submission, FormSubmission)
    assert (submission.action, submission.values) == (NOTE.action, {"text": "it is quiet"})
    assert submission.room == chat.id
    assert lea.open_dialog() is None


async def test_it_shows_a_refused_form_again_with_what_was_typed(adapter, core, lea, chat):
    core.answers += [Answer(form=NOTE), Answer(errors={"text": "Say more."}, code="text_empty")]
    await lea.press("Note…", on=await posted(adapter, chat, ASK))
    await lea.submit(lea.open_dialog(), {"Your note": "quiet"})
    again = lea.reads(lea.open_dialog())
    assert "Say more." in again
    assert "quiet" in again


async def test_it_keeps_what_was_typed_under_a_refusal(adapter, core, lea, chat):
    core.answers += [Answer(form=NOTE), REFUSED]
    await lea.press("Note…", on=await posted(adapter, chat, ASK))
    await lea.submit(lea.open_dialog(), {"Your note": "quiet"})
    again = lea.reads(lea.open_dialog())
    assert "You may not." in again
    assert "quiet" in again
    assert "fresh" in again.partition("[Write]")[2]


async def test_it_asks_for_a_form_anew_that_it_no_longer_knows(core, lea, chat):
    """As after a restart."""
    core.answers += [Answer(errors={"text": "Say more."}, code="text_empty"), Answer(form=NOTE)]
    data = {"cellule": {"v": "note", "s": "c1", "form": True, "room": chat.id}, "text": "quiet"}
    reply = await lea.invoke("task/submit", {"data": data}, where=chat.id)
    assert "Say more." in reply.text
    assert "quiet" in reply.text
    assert [type(each) for each in core.asked] == [FormSubmission, ButtonPress]


async def test_it_takes_a_press_in_a_dialog(adapter, core, lea, chat):
    core.answers += [Answer(card=Card("More", "More", (Actions((GO,)),))), Answer()]
    more = Button("More…", Action(Verb.MORE, "c1"))
    await lea.press("More…", on=await posted(adapter, chat, more))
    await lea.press("Go", on=lea.open_dialog())
    assert core.asked[-1].action == GO.action
    assert core.asked[-1].room == chat.id


# Messages


async def test_it_opens_a_crisis_on_a_message(teams, core, lea, chat):
    await teams.user("tom").types("he writes <that> he & she", where=chat.id)
    core.answers.append(Answer(form=NOTE))
    await lea.message_action("Open a crisis", chat.messages[-1])
    (action,) = core.asked
    assert isinstance(action, MessageAction)
    assert action.wanted is Wanted.OPEN_CRISIS
    assert action.text == "he writes <that> he & she"
    assert action.author is None
    assert action.link.startswith("https://teams.microsoft.com/l/message/")
    assert action.written_at == datetime(2027, 1, 1, 9, tzinfo=UTC).timestamp()
    assert lea.open_dialog() is not None


async def test_it_tells_of_an_edit_and_of_a_deletion(teams, core, lea, chat):
    activity = payloads.typed(teams.world, chat, lea.account, "other words")
    await teams.deliver(
        activity
        | {"type": "messageUpdate", "channelData": activity["channelData"] | {"eventType": "editMessage"}}
    )
    await teams.deliver(
        activity | {"type": "messageDelete", "text": None, "timestamp": "2027-01-01T00:00:00Z"}
    )
    edited, deleted = core.asked
    assert isinstance(edited, MessageChange)
    assert (edited.message, edited.text, edited.room) == (activity["id"], "other words", chat.id)
    assert deleted.text is None
    assert edited.key != deleted.key


# People


async def test_it_tells_who_left_a_room(teams, core, chat):
    await teams.takes_out("denis", of=chat.id, by="lea")
    (left,) = core.asked
    assert isinstance(left, Departure)
    assert (left.actor.person, left.room) == (PersonId("denis"), chat.id)


async def test_it_tells_who_left_a_room_where_teams_names_them_by_an_id_of_its_own(teams, core, clock):
    """Each one's own conversation says whose it is."""
    chat = teams.add_chat("crise-2026-014-fe", members=["lea", "denis", "tom"])

    async def parts():
        return {RoomRef(chat.id): [LEA, PersonId("denis")]}

    async with served(teams, core, clock=clock, parts=parts) as adapter:
        for person in (LEA, PersonId("denis")):
            await adapter.gateway.post(DirectPlace(Platform.TEAMS, person), Card("s", "t"), mark="c1.1")
        denis, by = teams.user("denis").account, teams.user("lea").account
        told = payloads.members_changed(teams.world, chat, by, added=[], gone=[denis])
        del told["membersRemoved"][0]["aadObjectId"]
        await teams.deliver(told)
    (left,) = core.asked
    assert isinstance(left, Departure)
    assert (left.actor.person, left.room) == (PersonId("denis"), chat.id)


async def test_it_knows_a_guest_and_nobody_by_name(teams, core):
    """The guest bears Denis's name."""
    teams.add_chat("with a guest", members=["else"])
    await teams.user("else").command("crisis status", where="with a guest")
    assert (core.asked[0].actor.person, core.asked[0].actor.standing) == (None, Standing.GUEST)


async def test_it_knows_somebody_of_the_tenant_whom_the_plan_does_not_name(teams, core, chat):
    await teams.user("tom").command("crisis open", where=chat.id)
    actor = core.asked[0].actor
    assert (actor.person, actor.standing, actor.name) == (None, Standing.FULL, "Tom Un")
    assert actor.account == teams.user("tom").account.aad


async def test_it_takes_somebody_of_another_tenant_for_a_stranger(teams, core, chat):
    """As in a shared channel: the conversation is ours, the person is not."""
    teams.add_user("foreign", "Denis Roux", mail="denis@exemple.example", tenant="0000")
    chat.members.append(teams.user("foreign").account.aad)
    activity = payloads.typed(teams.world, chat, teams.user("foreign").account, "@Cellule status")
    ours = payloads.typed(teams.world, chat, teams.user("lea").account, "x")
    ours_alone = {key: ours[key] for key in ("conversation", "channelData")}
    await teams.deliver(activity | ours_alone)
    assert (core.asked[0].actor.person, core.asked[0].actor.standing) == (None, Standing.STRANGER)
