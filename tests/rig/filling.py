"""What a person writes into the holes of a prepared reply, in a test."""

from bot.domain.templates import HOLES, Template
from bot.texts import translator
from bot.views.prepared import hole

WORDS = {
    "fr": {
        "said": "je ne dors plus et tout me pèse",
        "feeling": "un épuisement qui dure",
        "about": "la commande reçue en retard",
        "answer": "Le colis part demain matin de notre dépôt de Lille.",
        "facts": "le colis est resté quatre jours au dépôt",
        "solution": "un nouvel envoi dès demain matin",
        "source": "la page des délais de livraison de notre site",
        "done": "les messages sont masqués et conservés",
        "noticed": "un membre nous l'a signalé",
        "rule": "l'article 4 de notre charte, sur le respect de chacun",
    },
    "en": {
        "said": "i do not sleep any more and everything weighs on me",
        "feeling": "an exhaustion that lasts",
        "about": "your order and its parcel",
        "answer": "The parcel leaves our warehouse tomorrow morning.",
        "facts": "the parcel stayed four days in our warehouse",
        "solution": "a new parcel tomorrow morning",
        "source": "the page about delivery times on our site",
        "done": "the messages are hidden and kept",
        "noticed": "a member reported it to us",
        "rule": "clause 4 of our rules, about respect for everybody",
    },
}
"""By language and placeholder; `said` stands in what `original_of` gives."""

_ORDER = {
    "fr": "Ma commande a trois semaines de retard, et le colis dort au dépôt !",
    "en": "My order is three weeks late, and the parcel sleeps in your warehouse!",
}


def original_of(template: Template) -> str:
    """What the member had written: words that a reply quotes in private, or what it is about."""
    language = template.language
    return f"{WORDS[language]['said']}." if "said" in template.placeholders else _ORDER[language]


def written(text: str, language: str) -> str:
    """The text once somebody has filled what only a person can."""
    for name in HOLES:
        if name in WORDS[language]:
            text = text.replace(hole(name, translator(language)), WORDS[language][name])
    return text
