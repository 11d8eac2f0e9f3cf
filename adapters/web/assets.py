"""Files served as they are. Their address holds a sum of their content: a browser may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"


@cache
def asset_address(name: str) -> str:
    """Return where a file of `static/` is served, for example `/static/cellule.css?v=1f2e3d4c`."""
    content = (FOLDER / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:8]}"


class Assets(StaticFiles):
    """Serves `static/`. What is asked for without a sum is checked anew each time (mostly «not modified»)."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        summed = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if summed else "no-cache"
        return response
