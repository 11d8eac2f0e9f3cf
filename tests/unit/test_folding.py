"""A message as it is compared: without case, accents, or what disguises it."""

import pytest

from bot.triage.folding import fold, undisguised


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Été à NOËL, cœur", "ete a noel, coeur"),
        ("je veux m0ur1r", "je veux mourir"),
        ("su1c1d3", "suicide"),
        ("covid19, mp3, b2b, 2nd", "covid19, mp3, b2b, 2nd"),
        ("m o u r i r", "mourir"),
        ("s.u.i.c.i.d.e", "suicide"),
        ("j'en peux pluuuus", "j'en peux plus"),
        ("je\u200b veux mou\u200brir", "je veux mourir"),
        ("mоurіr", "mourir"),
        ("c’est fini…", "c'est fini."),
        ("𝓶𝓸𝓾𝓻𝓲𝓻", "mourir"),
        ("d34d", "dead"),
        ("me $ui¢ider", "me suicider"),
        ("c3 s0ir j3 p4rs", "ce soir je pars"),
        ("3verything is d0ne n0w!!", "everything is done now!!"),
        ("de 12h30 a 14h30 le 3e, 20€ et 16ans", "de 12h30 a 14h30 le 3e, 20€ et 16ans"),
        ("ma ps5 et 30€", "ma ps5 et 30€"),
    ],
)
def test_it_takes_disguises_off(written, compared):
    assert fold(written).text == compared


@pytest.mark.parametrize("written", ["Été à Noël, je n'en peux plus !", "Ma PS5 est morte", "30€ à 12h30"])
def test_it_leaves_what_was_not_disguised_as_it_was_written(written):
    assert undisguised(written) == written


def test_it_gives_the_sense_of_what_was_disguised():
    assert undisguised("P a r t i r  c e t t e  nuit") == "partir  cette  nuit"


def test_it_knows_where_each_letter_stood():
    written = "Ok. M\u200b 0 u r i r, œuf"
    folded = fold(written)
    start = folded.text.index("oeuf")
    assert written[slice(*folded.span(start, start + 4))] == "œuf"


@pytest.mark.parametrize("written", ["", " ", "💀", "\u200b", "a" * 5000, "0", "!!!", "@@@", "1 2 3"])
def test_it_folds_whatever_comes(written):
    folded = fold(written)
    assert len(folded.text) == len(folded.at)
