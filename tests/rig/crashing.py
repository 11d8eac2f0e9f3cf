"""A process that is killed: at a boundary that a test chooses, between a commit and a call."""

from types import TracebackType
from typing import Any, Self

from bot.store import Store, UnitOfWork


class Killed(SystemExit):
    """The process ends here; nothing in it may catch this and go on."""


class Boundaries:
    """Counts them: before and after each commit and each call. The process dies at the `last`."""

    def __init__(self, last: int | None = None) -> None:
        self.crossed = 0
        self.last = last

    def cross(self, _what: str = "") -> None:
        self.crossed += 1
        if self.crossed == self.last:
            raise Killed


class CrashingStore:
    """A store whose commits are boundaries."""

    def __init__(self, store: Store, boundaries: Boundaries) -> None:
        self._store = store
        self._boundaries = boundaries

    def write(self) -> "CrashingUnit":
        return CrashingUnit(self._store.write(), self._boundaries)

    def read(self) -> UnitOfWork:
        return self._store.read()


class CrashingUnit:
    def __init__(self, uow: UnitOfWork, boundaries: Boundaries) -> None:
        self._uow = uow
        self._boundaries = boundaries

    def __enter__(self) -> Self:
        self._uow.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._uow.__exit__(kind, error, trace)

    def __getattr__(self, part: str) -> Any:
        return getattr(self._uow, part)

    def commit(self) -> None:
        self._boundaries.cross()
        self._uow.commit()
        self._boundaries.cross()
