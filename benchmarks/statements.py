"""What an opening asks of the database."""

from pathlib import Path

from sqlalchemy import event

from benchmarks.figures import Figure
from benchmarks.seeding import in_process, open_crises
from benchmarks.workspace import CALL_SECONDS, workspace


async def measure(folder: Path) -> list[Figure]:
    sent: list[str] = []
    with workspace() as slack, in_process(slack, folder) as service:
        slack.delay = CALL_SECONDS
        assert service.slack is not None
        for engine in (service.database.writer, service.database.reader):
            event.listen(engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
        await service.slack.start()
        try:
            open_crises(service, 1)
            submission = len(sent)
            await service.relay.drain()
        finally:
            await service.slack.stop()
    return [
        Figure("Statements in the submission's transaction, BEGIN included", submission, "statements", 25),
        Figure("Statements of a whole opening, every step recorded", len(sent), "statements", 60),
    ]
