"""The corpus as it is read, and which of its families are kept apart."""

import json
from pathlib import Path
from typing import Any
from zlib import crc32

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.jsonl"))


def corpus() -> list[dict[str, Any]]:
    """Every line. `contrast`: it may have been written as the twin of a cry."""
    return [
        json.loads(line) | {"contrast": "pairs" in path.name}
        for path in CORPUS
        for line in path.read_text("utf-8").splitlines()
    ]


def kept_apart(family: str) -> bool:
    """One family in ten, always the same: what has not seen it is judged by it."""
    return crc32(family.encode()) % 10 == 0
