"""Logs as JSON lines, without anybody's name, words or addresses: codes and opaque ids only."""

import logging
import sys

import structlog

QUIET_LIBRARIES = ("apscheduler", "slack_bolt", "slack_sdk", "uvicorn.access", "httpx", "alembic")
"""They log payloads, addresses or every tick; from them only warnings are worth a line."""


def set_up() -> None:
    """Send every log line to standard error as JSON. Called once by the process, never at import."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
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
