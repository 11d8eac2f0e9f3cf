"""The same words as somebody in a hurry types them: the model has to know them again."""

import random

_SHORTER = {
    "qu": "k",
    "eau": "o",
    "ph": "f",
    "veux": "ve",
    "veut": "veu",
    "peux": "peu",
    "plus": "plu",
    "pas": "pa",
    "c'est": "c",
    "j'ai": "g",
    "je suis": "chui",
    "je ne": "j",
    "n'": "",
    "tout": "tt",
    "jamais": "jms",
    "toujours": "tjs",
    "vous": "vs",
    "nous": "ns",
    "dans": "ds",
    "pour": "pr",
    "beaucoup": "bcp",
    "vie": "vi",
    "mourir": "mourrir",
    "ais ": "é ",
    "ait ": "é ",
    "er ": "é ",
    "you": "u",
    "are": "r",
    "to ": "2 ",
    "for ": "4 ",
    "want to": "wanna",
    "going to": "gonna",
    "don't": "dont",
    "can't": "cant",
    "i'm": "im",
    "because": "cuz",
    "people": "ppl",
    "please": "plz",
    "everyone": "evry1",
    "tonight": "2nite",
    "without": "witout",
    "myself": "myslf",
}
SHORTENED = 0.6
"""How often what can be shorter is."""
SWAPPED = 0.04
"""Of the letters: left out, doubled, or changing places with the next."""


def respelled(text: str, chance: random.Random) -> str:
    """Shorter words here and there, and a slip of the finger now and then."""
    small = text.lower().replace("’", "'")
    for long, short in _SHORTER.items():
        if chance.random() < SHORTENED:
            small = small.replace(long, short)
    letters = list(small)
    for place in range(len(letters) - 1):
        if letters[place].isalpha() and chance.random() < SWAPPED:
            slip = chance.randrange(3)
            if slip == 0:
                letters[place] = ""
            elif slip == 1:
                letters[place] *= 2
            else:
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)
