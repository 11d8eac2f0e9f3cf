"""Somebody who types `cellule …`, in the test's own process."""

import pytest

from bot.cli import main


class Terminal:
    """Types commands; `out` and `err` are what the last one said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def types(self, *arguments: str) -> int:
        """Return the exit code."""
        with pytest.raises(SystemExit) as left:
            main(arguments)
        self.out, self.err = self._capsys.readouterr()
        return int(left.value.code or 0)
