"""What makes two crises probably one: the same link, or the same pseudonym in the same community.

Storage keeps likenesses as keyed hashes alone: they hold a member's contact data.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

if TYPE_CHECKING:
    from bot.domain.crisis import Crisis

WITHIN = timedelta(hours=72)
"""A second crisis about the same is looked for among those opened since then."""

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igsh|mc_[ce]id")


def likenesses(crisis: Crisis) -> frozenset[str]:
    """What a crisis is recognised by; empty while nobody knows a link or a pseudonym."""
    links = (normal_link(message.link) for message in crisis.messages)
    handles = (normal_handle(member.handle) for member in crisis.members)
    return frozenset(
        [f"link:{link}" for link in links if link]
        + [f"handle:{crisis.community}:{handle}" for handle in handles if handle]
    )


def normal_link(link: str) -> str:
    """One spelling for the links that lead to the same message; empty for what is no address.

    Without scheme, `www.`, tracking parameters and last slash; the host in lower case. The fragment stays:
    in a forum it names the message.
    """
    text = link.strip()
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
    except ValueError:  # an address such as `http://[`
        return ""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, given) for name, given in pairs if not _TRACKING.fullmatch(name)])
    if "." not in parts.netloc:
        return ""
    host = parts.netloc.lower().removeprefix("www.")
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{parts.path.rstrip('/')}{f'?{query}' if query else ''}{fragment}"


def normal_handle(handle: str) -> str:
    """One spelling for a pseudonym, however it was typed: `@Marin ` is `marin`."""
    return unicodedata.normalize("NFKC", handle).strip().removeprefix("@").casefold()
