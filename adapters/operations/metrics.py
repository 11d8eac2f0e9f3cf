"""The numbers of a running service. No label holds a person, a crisis or a word of anybody's."""

from collections.abc import Callable, Collection, Iterator, Sequence

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, Summary
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.cards import Answer
from bot.carrying import Outcome
from bot.interactions import Interaction
from bot.store import Store

ACK_BUCKETS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
"""Seconds; Slack gives three."""


class Metrics:
    """What is counted as it happens; `registry` is the service's own."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._interactions = Counter(
            "cellule_interactions", "What came in, by outcome.", ("kind", "code"), registry=registry
        )
        self._acks = Histogram(
            "cellule_ack_seconds", "From a press to its commit.", buckets=ACK_BUCKETS, registry=registry
        )
        self._calls = Counter(
            "cellule_outgoing_calls", "What was sent.", ("platform", "task", "outcome"), registry=registry
        )
        self._fired = Counter("cellule_due_rows_fired", "Due rows carried out.", registry=registry)
        self._judged = Summary(
            "cellule_triage_cpu_seconds", "The triage aid's reading of a message.", registry=registry
        )
        ProcessCollector(registry=registry)

    def handled(self, interaction: Interaction, answer: Answer, *, seconds: float) -> None:
        self._interactions.labels(type(interaction).__name__, answer.code or "done").inc()
        self._acks.observe(seconds)

    def carried(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            row = outcome.job.row
            became = type(outcome.error).__name__ if outcome.error else "done"
            self._calls.labels(row.platform, row.task, became).inc()

    def fired(self, due_rows: int) -> None:
        self._fired.inc(due_rows)

    def judged(self, seconds: float) -> None:
        """`seconds` of processor time, of one message."""
        self._judged.observe(seconds)


class StoreGauges(Collector):
    """What stands in the database when it is asked for: the same whichever replica is asked."""

    def __init__(self, store: Store, communities: Callable[[], Collection[str]]) -> None:
        self._store = store
        self._communities = communities

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Name them without asking the database."""
        yield GaugeMetricFamily("cellule_outgoing_undelivered", "Rows that wait to go out.")
        yield GaugeMetricFamily("cellule_crises_open", "Crises not closed, drills too.")

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self._store.read() as uow:
            counts = (uow.outbox.undelivered(), len(uow.crises.of(self._communities())))
        for gauge, count in zip(self.describe(), counts, strict=True):
            gauge.add_metric([], count)
            yield gauge
