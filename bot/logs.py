"""Logs as JSON lines, without anybody's name, words or addresses: codes and opaque ids only."""

import logging
import sys
import traceback
from pathlib import PurePath

import structlog

from bot.cards import Answer
from bot.domain.ids import CrisisId, crisis_of
from bot.interactions import ButtonPress, FormSubmission, Interaction

log = structlog.get_logger(__name__)

QUIET_LIBRARIES = ("apscheduler", "slack_bolt", "slack_sdk", "uvicorn.access", "httpx", "alembic")
"""They log payloads, addresses or every tick; from them only warnings are worth a line."""


def set_up() -> None:
    """Send every log line to standard error as JSON. Called once by the process, never at import."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _cause_alone,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processor=structlog.processors.JSONRenderer(ensure_ascii=False)
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET_LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


def handled(interaction: Interaction, answer: Answer) -> None:
    """Log what came in and what became of it: its kind, its crisis, the code of the refusal or «done»."""
    log.info(
        "handled",
        kind=type(interaction).__name__,
        platform=interaction.actor.platform,
        crisis=_crisis(interaction),
        code=answer.code or "done",
    )


def cause(error: BaseException) -> dict[str, str]:
    """Where an error came from, without its message, which may quote a member."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return {"error": type(error).__name__, "where": f"{PurePath(frame.filename).name}:{frame.lineno}"}


def _cause_alone(
    _logger: object, _method: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Put the cause where anybody, libraries too, would log a traceback."""
    raised = line.pop("exc_info", None)
    error = sys.exc_info()[1] if raised is True else raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        line.update(cause(error))
    return line


def _crisis(interaction: Interaction) -> CrisisId | None:
    """The crisis that a button or form names; nothing that only looks like one."""
    if not isinstance(interaction, ButtonPress | FormSubmission):
        return None
    return crisis_of(interaction.action.subject)
