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

_LINK = re.compile(r"https?://[^\s<>\"«»|]+", re.IGNORECASE)
_AFTER_A_LINK = ".,;:!?…)]}'’”"
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igsh|mc_[ce]id")


def likenesses(crisis: Crisis) -> frozenset[str]:
    """What a crisis is recognised by; empty while nobody knows a link or a pseudonym.

    A link counts wherever it was typed: `/crisis urgent` has no field of its own for it.
    """
    messages = crisis.messages
    links = [
        *(normal_link(message.link) for message in messages),
        *(link for message in messages for link in _inside(message.text)),
    ]
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


def site_of(text: str) -> str:
    """The site that a link leads to; empty for a text that is no link."""
    return re.split("[/?#]", normal_link(text))[0] if _LINK.fullmatch(text) else ""


def normal_handle(handle: str) -> str:
    """One spelling for a pseudonym, however it was typed: `@Marin ` is `marin`."""
    return unicodedata.normalize("NFKC", handle).strip().removeprefix("@").casefold()


def _inside(text: str) -> list[str]:
    """The links in a text, but those to a whole site: many messages have such a one in common."""
    links = (normal_link(link.rstrip(_AFTER_A_LINK)) for link in _LINK.findall(text))
    return [link for link in links if any(sign in link for sign in "/?#")]
