"""`files.getUploadURLExternal`, the upload itself, `files.completeUploadExternal`."""

from typing import Any

from tests.rig.slack.chat import say
from tests.rig.slack.method import TIER_4, Arguments, method
from tests.rig.slack.world import SlackError, Upload, World


@method("files.getUploadURLExternal", scopes="files:write", tier=TIER_4, required="filename length")
def get_upload_url(world: World, given: Arguments) -> dict[str, Any]:
    size = int(given["length"])
    if size <= 0:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["length: more than 0"]})
    upload = Upload(world.serial("F"), given["filename"], size)
    world.uploads[upload.id] = upload
    return {"upload_url": f"{world.base_url}/upload/{upload.id}", "file_id": upload.id}


@method(
    "files.completeUploadExternal",
    scopes="files:write",
    tier=TIER_4,
    required="files",
    optional="channel_id initial_comment",
)
def complete_upload(world: World, given: Arguments) -> dict[str, Any]:
    uploads = [world.uploads.get(file["id"]) for file in given["files"]]
    whole = [upload for upload in uploads if upload and upload.content is not None]
    if len(whole) < len(uploads):
        raise SlackError("file_not_found")
    channel = world.channels.get(given.get("channel_id", ""))
    if channel is None:
        raise SlackError("invalid_channel")
    if world.bot.id not in channel.members or channel.is_archived:
        raise SlackError("posting_to_channel_denied")
    message = say(world, channel, user=world.bot.id, text=given.get("initial_comment") or " ", blocks=[])
    message.files = [{"id": upload.id, "name": upload.name, "content": upload.content} for upload in whole]
    return {"files": [{"id": upload.id, "title": upload.name} for upload in whole]}


def receive(world: World, upload_id: str, content: bytes) -> bool:
    """Take the bytes; false when they are not as many as were announced."""
    upload = world.uploads.get(upload_id)
    if upload is None or len(content) != upload.length:
        return False
    upload.content = content
    return True
