"""The person, the door, quotations, other people, the form, and what the level changes."""

from dataclasses import replace

import pytest

from bot import gate
from bot.domain.levels import Level
from bot.domain.reply_rules import Weight
from bot.domain.states import Route
from tests.rig.replies import ENGLISH, FRENCH, passages, rules, saying

PUBLIC = frozenset({Route.PUBLIC_POST})


def changed(old, new, candidate=FRENCH):
    assert old in candidate.text
    return replace(candidate, text=candidate.text.replace(old, new))


def weights(candidate):
    return {each.rule: each.weight for each in gate.check(candidate)}


def test_it_wants_thanks_first():
    cold = changed("j'entends un", "cela veut dire un", changed("Merci de nous avoir écrit.", "Bonsoir."))
    assert "R10" in rules(cold)


def test_it_wants_a_word_for_this_person():
    general = changed(
        "Quand tu dis « je ne dors plus et tout me pèse », j'entends un épuisement qui dure.", ""
    )
    assert "R10" in rules(general)


def test_it_wants_their_name():
    assert "R11" in rules(changed("Nuage7", "à vous"))
    assert "R11" not in rules(changed("Nuage7", "Nuage"))


def test_it_hears_tu_and_vous():
    mixed = changed("Tu peux me", "Vous pouvez me")
    assert weights(mixed)["R11"] is Weight.WARN
    assert passages(mixed, "R11") == ["Vous"]


def test_it_wants_a_question_early_on():
    assert "R09" in rules(changed("Est-ce que tu penses à mourir en ce moment ?", ""))


def test_it_wants_an_open_door():
    assert "R13" in rules(
        changed("Tu peux me répondre ici, à ce message : je le lis chaque jour de 9 h à 21 h.", "")
    )
    assert "R13" in rules(saying("Merci de ne pas répondre à ce message.", "fr"))


@pytest.mark.parametrize("signed", ["L'équipe", "Cordialement", "Léa", "Votre assistant virtuel"])
def test_it_wants_a_person_to_sign(signed):
    assert "R12" in rules(changed("Léa, modératrice, Forum Exemple", signed))


def test_it_wants_the_members_words_in_private_alone():
    plain = changed("« je ne dors plus et tout me pèse »", "que la nuit est longue")
    assert weights(plain)["R27"] is Weight.BLOCK
    assert "R27" not in rules(replace(plain, routes=PUBLIC))
    assert passages(replace(FRENCH, routes=PUBLIC), "R15") == ["je ne dors plus et tout me pèse"]


def test_it_sees_a_quotation_without_its_marks():
    said = changed("“nothing I do matters any more”", "that nothing you do matters any more", ENGLISH)
    [quoted] = passages(replace(said, routes=PUBLIC), "R15")
    assert quoted.startswith("nothing you do matters any more")


def test_it_keeps_quotations_short_and_clean():
    long = "je ne dors plus et tout me pèse " * 12
    assert "R16" in rules(replace(changed("je ne dors plus et tout me pèse", long), original=long))
    named = "c'est Paul Martin qui me fait peur"
    assert "R16" in rules(replace(changed("je ne dors plus et tout me pèse", named), original=named))


@pytest.mark.parametrize(
    ("sentence", "theirs"),
    [
        ("Votre sœur Julie nous a écrit.", "Julie"),
        ("M. Durand le sait déjà.", "M. Durand"),
        ("Sophie Bernard vous appellera.", "Sophie Bernard"),
        ("Parlez-en à @petit_loup.", "@petit_loup"),
        ("Son adresse est julie.b@gmail.com.", "julie.b@gmail.com"),
        ("Elle vit au 12 rue des Lilas.", "12 rue des Lilas"),
        ("Le compte FR76 3000 6000 0112 3456 7890 189 est le sien.", "FR76 3000 6000 0112 3456 7890 189"),
    ],
)
def test_it_finds_other_people(sentence, theirs):
    assert theirs in " ".join(passages(saying(sentence, "fr"), "R29"))


@pytest.mark.parametrize(
    "sentence",
    ["Je suis Léa Martin, ta modératrice.", "SOS Amitié écoute aussi.", "Écris à aide@forum.example."],
)
def test_it_takes_us_and_the_lines_for_nobody_else(sentence):
    assert "R29" not in rules(saying(sentence, "fr"))


@pytest.mark.parametrize("left", ["{prenom}", "[à compléter]", "XX", "___", "<lundi/mardi>", "Lorem ipsum"])
def test_it_finds_what_was_left_to_fill_in(left):
    assert "R28" in rules(saying(f"Je te réécris {left}.", "fr"))


@pytest.mark.parametrize("marked", ["**ici**", "<b>ici</b>", "[ici](https://forum.example)"])
def test_it_finds_markup(marked):
    assert "".join(passages(saying(f"Écris {marked}.", "fr"), "R30")) in {marked, "<b></b>"}
    assert "R28" not in rules(saying(f"Écris {marked}.", "fr"))


def test_it_wants_neither_too_few_words_nor_too_many():
    assert "R19" in rules(replace(FRENCH, text="Bonsoir Nuage7, merci."))
    assert "R19" in rules(saying("Nous lisons tout. " * 60, "fr"))


def test_it_thinks_of_who_may_read_along():
    watched = replace(FRENCH, original="mon mari me frappe, je ne dors plus et tout me pèse")
    safe = saying("Efface ensuite ce message.", "fr")
    assert "R25" in rules(watched)
    assert "R25" not in rules(replace(safe, original=watched.original))
    assert "R25" in rules(replace(safe, original=watched.original, routes=frozenset({Route.LETTER})))


def test_it_wants_no_figures_of_the_body():
    eating = "je ne mange plus, je ne dors plus et tout me pèse"
    assert "R26" in rules(replace(saying("Tu as déjà perdu 6 kilos.", "fr"), original=eating))
    assert "R26" not in rules(saying("Ton colis de 6 kilos est parti.", "fr"))


def test_it_lets_little_stop_a_reply_when_a_life_is_in_danger():
    bad = replace(saying("C'est ta faute, mais cela restera entre nous.", "fr"), level=Level.D4)
    found = weights(bad)
    assert (found["R05"], found["R06"], found["R00"]) == (Weight.BLOCK, Weight.WARN, Weight.INFO)
    assert next(iter(found)) == "R05"


def test_it_knows_what_no_text_tells_only_from_others():
    assert rules(replace(FRENCH, level=Level.D4)) == set()
    told = gate.Facts(call_settled=False, next_word_planned=False, reasons_given=False)
    assert {"R03", "R14", "R20"} <= rules(replace(FRENCH, level=Level.D4, facts=told))
