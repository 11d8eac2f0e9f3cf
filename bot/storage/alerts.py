"""Alerts of people whom the plan does not name."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.domain.alerts import Alert
from bot.storage.tables import alerts
from bot.storage.vault import Vault


class SqlAlerts:
    """The alerts of one unit of work."""

    def __init__(self, connection: Connection, vault: Vault, *, writes: bool) -> None:
        self._connection = connection
        self._vault = vault
        self._writes = writes

    def add(self, alert: Alert) -> None:
        self._connection.execute(insert(alerts), self._vault.seal_row(alerts, None, asdict(alert)))

    def get(self, alert_id: str) -> Alert | None:
        """PostgreSQL locks the row: two who decide at once take turns."""
        query = select(alerts).where(alerts.c.id == alert_id)
        if self._writes:
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        return Alert(**self._vault.open_row(alerts, None, row)) if row else None

    def raised_since(self, at: datetime) -> Sequence[Alert]:
        rows = self._connection.execute(select(alerts).where(alerts.c.raised_at >= at)).mappings()
        return [Alert(**self._vault.open_row(alerts, None, row)) for row in rows]

    def undecided(self) -> Sequence[Alert]:
        query = select(alerts).where(alerts.c.decided_by.is_(None)).order_by(alerts.c.raised_at, alerts.c.id)
        rows = self._connection.execute(query).mappings()
        return [Alert(**self._vault.open_row(alerts, None, row)) for row in rows]

    def save(self, alert: Alert) -> None:
        sealed = self._vault.seal_row(alerts, None, asdict(alert))
        self._connection.execute(update(alerts).where(alerts.c.id == alert.id).values(sealed))
