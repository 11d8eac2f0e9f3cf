"""Where a reply is signed."""

import re

_LONGEST = 120
_LINES = 4
_PART = re.compile(r"[^,\n—–|]+")
_FORMULAS = re.compile(
    r"\W*(?:bien|très|tout|toute|avec|en|à|je|on|nous|take|kind\w*|warm\w*|best|yours|with|all|sincer\w*|amical\w*"
    r"|cordial\w*|chaleureu\w*|affectueu\w*|regards|prends|prenez|thinking|sending|love|amitiés|courage|salutations"
    r"|respectueu\w*|sincère\w*|speak|talk|until|merci|thanks?|from|de|signé|signed|gently|see|à)\b",
    re.IGNORECASE,
)


def signature(text: str) -> tuple[int, int]:
    """The last lines that are no sentence, without the formula before the name; empty if there are none."""
    end = len(text.rstrip())
    start = _last_lines(text, end)
    for part in _PART.finditer(text, start, end):
        if not _FORMULAS.match(part[0]) and part[0].strip(" -"):
            return part.start() + len(part[0]) - len(part[0].lstrip(" -")), end
    return end, end


def _last_lines(text: str, end: int) -> int:
    start = end
    for count, line in enumerate(reversed(text[:end].splitlines(keepends=True))):
        bare = line.strip()
        sentence = len(bare) > _LONGEST or (bare.endswith((".", "?", "!", ":")) and " " in bare)
        if count == _LINES or (bare and sentence):
            break
        start -= len(line)
    if start < end:
        return max(0, start)
    return max(text.rfind(sign, 0, end - 1) for sign in "—–.!?\n") + 1
