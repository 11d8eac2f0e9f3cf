"""Whether somebody says «tu» or «vous», by signs that anybody can check (`docs/templates.md`)."""

import re
from typing import Final

from bot.domain.templates import Register

_READ: Final = 2000
"""Characters: how somebody speaks shows at once, and looking for the end of quotations takes its square."""
_QUOTED: Final = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"")
_TU: Final = re.compile(r"(?<![\w’'])(?:tu|te|toi|ton|ta|tes)(?!\w)|(?<!\w)t[’'](?=\w)", re.IGNORECASE)
_FORMAL: Final = re.compile(
    r"(?<!\w)(?:madame|monsieur|mesdames|messieurs|cordialement|veuillez|salutations|je vous prie|"
    r"bien vouloir|je vous remercie)(?!\w)",
    re.IGNORECASE,
)


def register_of(text: str) -> Register | None:
    """How the writer speaks to whoever reads; None where nothing tells.

    «Vous» alone tells nothing: a forum is many. What stands between quotation marks is somebody else's.
    """
    own = _QUOTED.sub(" ", text[:_READ])
    if _FORMAL.search(own):
        return Register.VOUS
    return Register.TU if _TU.search(own) else None
