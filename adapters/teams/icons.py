"""The two pictures of the app: a ring, open at the top, around a point. Drawn here, written as PNG."""

import struct
import zlib
from math import atan2, hypot, pi

COLOR_SIZE = 192
OUTLINE_SIZE = 32
NIGHT = (0x1C, 0x2B, 0x39)

_RING, _STROKE, _POINT, _GAP = 0.30, 0.055, 0.10, 0.20
"""In widths of the picture: how far the ring is, half its stroke, how far the point reaches, half the gap."""


def color() -> bytes:
    """White on the night's blue."""
    return _png(COLOR_SIZE, background=255)


def outline() -> bytes:
    """White on nothing."""
    return _png(OUTLINE_SIZE, background=0)


def _png(size: int, *, background: int) -> bytes:
    rows = b"".join(b"\0" + bytes(_row(y, size, background)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _row(y: int, size: int, background: int) -> list[int]:
    pixels: list[int] = []
    for x in range(size):
        ink = _ink((x + 0.5) / size - 0.5, (y + 0.5) / size - 0.5, 1 / size)
        if background:
            pixels += [round(base + (255 - base) * ink) for base in NIGHT]
        else:
            pixels += [255, 255, 255]
        pixels.append(background or round(255 * ink))
    return pixels


def _ink(x: float, y: float, pixel: float) -> float:
    """How much of a pixel is white, from 0 to 1: edges are smooth over one pixel."""
    away = hypot(x, y)
    from_top = abs(atan2(x, -y)) / pi
    ring = abs(away - _RING) - _STROKE
    opening = (_GAP - from_top) * pi * away
    edge = min(max(ring, opening), away - _POINT)
    return min(1.0, max(0.0, 0.5 - edge / pixel))
