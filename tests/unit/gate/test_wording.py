"""What a reply must not say, in many ways of saying it, and what only sounds like it."""

from dataclasses import replace

import pytest

from bot.domain.levels import Level
from tests.rig.replies import FRENCH, GOOD, passages, rules, saying

SAID = [
    ("R05", "fr", "Promis, cela restera entre nous."),
    ("R05", "fr", "Je n’en parlerai à personne."),
    ("R05", "fr", "NOUS NE PREVIENDRONS NI LA POLICE NI TA FAMILLE."),
    ("R05", "fr", "Personne d'autre ne lira ce que tu écris."),
    ("R05", "en", "This stays between you and me."),
    ("R05", "en", "I won't tell a soul."),
    ("R05", "en", "Your secret is safe with us."),
    ("R06", "fr", "Pense à tes enfants."),
    ("R06", "fr", "Ce que vous faites est égoïste."),
    ("R06", "fr", "Si tu continues à écrire cela, ton compte sera suspendu."),
    ("R06", "fr", "Promets-moi de ne rien faire."),
    ("R06", "en", "How could you do this to your family?"),
    ("R06", "en", "You only want attention."),
    ("R06", "en", "If you keep posting this we will close your account."),
    ("R07", "fr", "Calme-toi, ça va passer."),
    ("R07", "fr", "D'autres ont des problèmes bien plus graves."),
    ("R07", "fr", "Ce n'est qu'une mauvaise passe."),
    ("R07", "en", "Cheer up, tomorrow is another day."),
    ("R07", "en", "It could be worse."),
    ("R07", "en", "I know exactly how you feel."),
    ("R08", "fr", "Après ton suicide raté, tu as tenu."),
    ("R08", "en", "People who commit suicide hurt others."),
    ("R17", "fr", "Vous faites une dépression."),
    ("R17", "fr", "Tu devrais arrêter ton traitement."),
    ("R17", "fr", "Juridiquement, c'est du harcèlement moral."),
    ("R17", "en", "You are clearly depressed."),
    ("R17", "en", "You should take him to court."),
    ("R18", "fr", "Profitez de notre offre spéciale avec le code promo HIVER."),
    ("R18", "en", "How did we do? Take our survey."),
    ("R04", "fr", "Ne prends pas plus de 3 comprimés."),
    ("R04", "fr", "Ne restez pas près du pont."),
    ("R04", "fr", "Ce que tu as préparé, donne-le à quelqu'un."),
    ("R04", "en", "Please do not stay near the bridge."),
    ("R04", "en", "You kept a whole box: give it to somebody."),
]
MEANT_WELL = [
    ("R05", "fr", "Sans te promettre le secret, nous en parlons le moins possible."),
    ("R05", "fr", "Je ne peux pas te promettre de garder cela pour moi."),
    ("R05", "fr", "L'appel au 3114 est gratuit et strictement confidentiel."),
    ("R05", "en", "I can't promise to keep this secret."),
    ("R06", "fr", "Ce n'est pas égoïste, et ce n'est pas ta faute."),
    ("R06", "en", "It is not your fault, and you are not selfish."),
    ("R07", "fr", "Je ne vais pas te dire que ça va passer."),
    ("R07", "en", "I won't tell you that it will pass."),
    ("R04", "fr", "Ne restez pas seul ce soir : allez près de quelqu'un."),
    ("R04", "en", "Stay near somebody you trust, and keep this number."),
    ("R17", "fr", "Je ne suis pas médecin, et je ne pose pas de diagnostic."),
]


@pytest.mark.parametrize(("rule", "language", "sentence"), SAID)
def test_it_finds_what_must_not_be_said(rule, language, sentence):
    assert rule in rules(saying(sentence, language))


@pytest.mark.parametrize(("rule", "language", "sentence"), MEANT_WELL)
def test_it_lets_through_what_says_the_contrary(rule, language, sentence):
    assert rule not in rules(saying(sentence, language))


@pytest.mark.parametrize("language", GOOD)
def test_it_has_nothing_to_say_about_a_good_reply(language):
    assert rules(GOOD[language]) == set()


def test_it_points_at_the_words():
    assert passages(saying("Promis, cela restera entre nous.", "fr"), "R05") == ["restera entre nous"]


def test_it_lets_the_member_s_own_words_come_back():
    theirs = "je suis égoïste, je pense à ma famille et je continue pas"
    mine = FRENCH.text.replace("je ne dors plus et tout me pèse", "je suis égoïste")
    assert "R06" not in rules(replace(FRENCH, text=mine, original=theirs))


def test_it_asks_for_no_such_care_in_an_ordinary_question():
    asked = replace(saying("C'est votre faute.", "fr"), category="question", level=Level.D0)
    assert "R06" not in rules(asked)
