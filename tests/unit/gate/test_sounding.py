"""What sounds like what must not be said, what only holds its words, and how sure the gate is of either."""

from dataclasses import replace

import pytest

from bot import gate
from bot.domain.reply_rules import Weight
from bot.domain.states import Route
from bot.gate.reading import read
from tests.rig.replies import ENGLISH, FRENCH, passages, rules, saying

PUBLIC = frozenset({Route.PUBLIC_POST})
VEILED = [
    ("R06", "fr", "Tes camarades, eux, révisent au lieu de se lamenter."),
    ("R06", "fr", "Si tu avais accepté notre aide en mars, tu n'en serais pas là."),
    ("R06", "fr", "Voilà le marché : tu tiens jusqu'à lundi et je te rends ton badge."),
    ("R06", "en", "If you had only listened to your friends you wouldn't be in this mess."),
    ("R06", "en", "Your son will be the one who has to live with it."),
    ("R05", "en", "None of my colleagues will ever hear about this chat."),
    ("R17", "en", "Cut your tablet in half for a week."),
]


def weights(candidate, rule):
    return {each.weight for each in gate.check(candidate) if each.rule == rule}


@pytest.mark.parametrize(("rule", "language", "sentence"), VEILED)
def test_it_hears_what_no_pattern_holds(rule, language, sentence):
    assert rule in rules(saying(sentence, language))


def test_it_points_at_the_whole_sentence_that_it_heard():
    assert passages(saying(VEILED[0][2], "fr"), "R06") == [VEILED[0][2]]


def test_it_only_warns_of_a_pattern_in_a_sentence_that_sounds_harmless():
    assert weights(saying("Ça restera entre toi et moi.", "fr"), "R05") == {Weight.BLOCK}
    assert weights(saying("Le 3114 t'écoute à ton âge comme au mien.", "fr"), "R07") == {Weight.WARN}


def test_it_weighs_our_own_sentences_without_the_member_s_words():
    sentences = read(FRENCH).sentences
    quoting = next(each for each in sentences if each.quotes)
    assert quoting.words[:3] == ("quand", "vous", "dis")
    assert "dors" not in quoting.words
    assert [each.asks for each in sentences].count(True) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Éloigne-toi du pont, s'il te plaît.",
        "Ne retourne pas sur le toit ce soir.",
        "Cette quantité ne suffit pas.",
    ],
)
def test_it_warns_where_a_place_or_a_quantity_may_be_meant(sentence):
    assert weights(saying(sentence, "fr"), "R04") == {Weight.WARN}


def test_it_lets_no_number_of_tablets_come_back_in_a_quotation():
    theirs = "je ne dors plus et tout me pèse, il me reste trente comprimés"
    told = FRENCH.text.replace("je ne dors plus et tout me pèse", "il me reste trente comprimés")
    assert weights(replace(FRENCH, text=told, original=theirs), "R04") == {Weight.BLOCK}


def test_it_sees_words_that_come_near_the_member_s_in_public():
    near = FRENCH.text.replace(
        "« je ne dors plus et tout me pèse »", "que tu ne dors vraiment plus, que tout te pèse"
    )
    theirs = "je dors plus, tout me pèse, je tremble"
    near = near.replace("que tout te pèse", "que tout te pèse et que tu trembles")
    assert weights(replace(FRENCH, text=near, original=theirs, routes=PUBLIC), "R15") == {Weight.WARN}


@pytest.mark.parametrize(
    "named", ["lucas m'a quittée", "je hais Loïc et sa bande", "mon chef d'équipe Anouck rit"]
)
def test_it_hears_names_in_quotations_however_they_are_written(named):
    quoted = replace(
        FRENCH, text=FRENCH.text.replace("je ne dors plus et tout me pèse", named), original=named
    )
    assert {"R16", "R29"} <= rules(quoted)


def test_it_only_warns_of_a_name_that_may_be_ours():
    assert weights(saying("Notre juriste Sophie Bernard te répondra.", "fr"), "R29") == {Weight.WARN}
    assert weights(saying("Sophie Bernard te répondra.", "fr"), "R29") == {Weight.BLOCK}


def test_it_takes_one_telling_word_for_a_quotation():
    spent = replace(FRENCH, text=FRENCH.text.replace("je ne dors plus et tout me pèse", "pèse"))
    assert "R27" in rules(spent)
    told = replace(FRENCH, text=FRENCH.text.replace("je ne dors plus et tout me pèse", "continuer"))
    assert "R27" not in rules(told)


def test_it_takes_somebody_who_stays_for_an_open_door():
    door = "Tu peux me répondre ici, à ce message : je le lis chaque jour de 9 h à 21 h."
    assert door in FRENCH.text
    assert "R13" not in rules(
        replace(FRENCH, text=FRENCH.text.replace(door, "Je suis là jusqu'à minuit, ici même."))
    )


def test_it_wants_warmth_of_a_reply_in_distress():
    cold = ENGLISH.text.replace("Thank you for writing to us. When you say", "We have read").replace(
        ", I hear how worn out and alone you feel", ""
    )
    assert weights(replace(ENGLISH, text=cold), "R10") == {Weight.WARN}


@pytest.mark.parametrize(
    "named", ["mr pugh me suit partout", "ce tocard me suit partout", "sauter du toit, voilà"]
)
def test_it_keeps_titles_insults_and_means_out_of_quotations(named):
    quoted = replace(
        FRENCH, text=FRENCH.text.replace("je ne dors plus et tout me pèse", named), original=named
    )
    assert "R16" in rules(quoted)
