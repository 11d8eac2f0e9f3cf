"""A file of facts: read once, and anew when somebody asks for it."""

import re
from collections.abc import Callable, Collection
from functools import cache
from json import JSONDecodeError
from pathlib import Path
from typing import Generic, TypeVar

from bot.texts import N_, Translator

T = TypeVar("T")

_NO_JSON = N_("{file}, line {line}: this is not JSON ({reason}).")
_MISSING = N_("{file}: {names} missing.")
_WRONG = N_("{file}: a value cannot be used ({reason}).")
_UNREADABLE = N_("{file} cannot be read: {reason}.")


class DataError(Exception):
    """A file of facts cannot be used."""

    def __init__(self, file: str, sentence: str, **params: str) -> None:
        super().__init__(file)
        self.source = file
        self._said = sentence, {"file": file, **params}

    @property
    def codes(self) -> tuple[str, ...]:
        """What is wrong, for the log: these files hold nothing of anybody."""
        sentence, params = self._said
        return (sentence.format(**params),)

    def sentences(self, _: Translator) -> tuple[str, ...]:
        sentence, params = self._said
        return (_(sentence, **params),)


class DataFile(Generic[T]):
    """Call it for what the file holds. `ids` are what the rest relies on: they may grow, not shrink."""

    def __init__(
        self, path: Path, parse: Callable[[str], T], *, ids: Callable[[T], Collection[str]] = lambda _: ()
    ) -> None:
        self.path = path
        self._parse = parse
        self._ids = ids
        self._held: T | None = None

    def __call__(self) -> T:
        """Raises `DataError` where it was never read and cannot be."""
        if self._held is None:
            self._held = self._read()
        return self._held

    def read_anew(self) -> None:
        """Raises `DataError`: then what was read before stays."""
        fresh = self._read()
        if self._held is not None and (gone := set(self._ids(self._held)) - set(self._ids(fresh))):
            raise DataError(self.path.name, _MISSING, names=", ".join(sorted(gone)))
        self._held = fresh

    def _read(self) -> T:
        name = self.path.name
        try:
            return self._parse(self.path.read_text("utf-8"))
        except OSError as error:
            raise DataError(name, _UNREADABLE, reason=str(error.strerror)) from error
        except JSONDecodeError as error:
            raise DataError(name, _NO_JSON, line=str(error.lineno), reason=error.msg) from error
        except KeyError as error:
            raise DataError(name, _MISSING, names=str(error.args[0])) from error
        except (ValueError, TypeError, AttributeError, re.error) as error:
            raise DataError(name, _WRONG, reason=str(error)) from error


_forget: list[Callable[[], None]] = []


def derived(make: Callable[[], T]) -> Callable[[], T]:
    """Like `functools.cache`, for what is made of the files: it is made anew when they are read anew."""
    made = cache(make)
    _forget.append(made.cache_clear)
    return made


def forgotten_with_the_files(*clear: Callable[[], None]) -> None:
    """Call these once the files were read anew."""
    _forget.extend(clear)


def forget() -> None:
    for clear in _forget:
        clear()
