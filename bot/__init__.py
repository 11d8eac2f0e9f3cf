"""The core of Cellule: what happens in a crisis, free of any platform."""

import sys

sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # structlog would load its 4 MB for colours
