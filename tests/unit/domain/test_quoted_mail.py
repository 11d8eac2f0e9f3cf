"""Only what is new in an answer is the member's message: as mail programs quote in French and English."""

import pytest

from bot.domain.quoted_mail import new_text

NEW = "Merci de m'avoir écrit.\n\nJe vais un peu mieux."
OLD = "Bonjour, nous vous avons lu.\n\nLéa"
MARKED = "\n".join(f"> {line}".rstrip() for line in OLD.split("\n"))
WHO = "Forum Exemple <aide+0123456789abcdef01234567@exemple.fr>"

HISTORIES = {
    "gmail fr": f"Le mar. 24 nov. 2026 à 03:14, {WHO} a\nécrit :\n\n{MARKED}",
    "gmail en": f"On Tue, 24 Nov 2026 at 03:14, Forum Exemple <\naide@exemple.fr> wrote:\n\n{MARKED}",
    "apple fr": f"> Le 24 nov. 2026 à 03:14, {WHO} a écrit :\n> \n{MARKED}",
    "apple en": f"On 24 Nov 2026, at 03:14, {WHO} wrote:\n\n{MARKED}",
    "thunderbird fr": f"Le 24/11/2026 à 03:14, Forum Exemple a écrit :\n{MARKED}",
    "thunderbird en": f"On 24/11/2026 03:14, Forum Exemple wrote:\n{MARKED}",
    "outlook fr": f"________________________________\nDe : {WHO}\nEnvoyé : mardi 24\n{OLD}",
    "outlook fr without a line": f"De : {WHO}\nEnvoyé : mardi 24\nObjet : Un mot\n\n{OLD}",
    "outlook en": f"-----Original Message-----\nFrom: {WHO}\nSent: Tuesday\n\n{OLD}",
    "outlook en without a line": f"From: {WHO}\nSent: Tuesday, 24 November 2026 03:14\nTo: Tom\n\n{OLD}",
    "outlook mobile fr": f"________________________________\nDe: {WHO}\nEnvoyé: mardi 24\nÀ: Tom\n\n{OLD}",
    "outlook fr in bold": f"*De :* {WHO}\n*Envoyé :* mardi 24\n*À :* Tom\n\n{OLD}",
    "apple mail fr, marked": f"Le 24 nov. 2026 à 03:14, {WHO} a écrit :\n\n{MARKED}",
    "samsung fr": f"-------- Message d'origine --------\nDe : {WHO}\nDate : 24/11/2026 03:14\n\n{OLD}",
    "proton en": f"------- Original Message -------\nOn Tuesday, November 24th, {WHO} wrote:\n\n{MARKED}",
    "roundcube fr": f"Le 2026-11-24 03:14, Forum Exemple a écrit :\n{MARKED}",
    "roundcube en": f"On 2026-11-24 03:14, Forum Exemple wrote:\n{MARKED}",
    "laposte": f"----- Mail original -----\nDe: {WHO}\nÀ: Tom\nEnvoyé: Mardi 24 Novembre\n\n{OLD}",
    "laposte en": f"----- Original Message -----\nFrom: {WHO}\nTo: Tom\nSent: Tuesday\n\n{OLD}",
    "laposte without a line": f"envoyé : 24 novembre 2026 à 03:14\nde : {WHO}\nà : Tom\n\n{OLD}",
    "orange of today": f"> Envoyé : 24 novembre 2026 à 03:14\n> De : {WHO}\n> À : Tom\n{MARKED}",
    "orange": f'> Message du 24/11/26 03:14\n> De : "Forum" <aide@exemple.fr>\n> A : t@a.example\n{MARKED}',
    "yahoo fr": f"Le mardi 24 novembre 2026 à 03:14:00 UTC+1, {WHO} a écrit :\n\n{OLD}",
    "yahoo en": f"On Tuesday, 24 November 2026 at 03:14:00 UTC+1, {WHO} wrote:\n\n{OLD}",
}


@pytest.mark.parametrize("name", HISTORIES)
def test_it_keeps_what_is_new(name: str) -> None:
    assert new_text(f"{NEW}\n\n{HISTORIES[name]}") == NEW
    assert new_text(f"{NEW}\n\n{HISTORIES[name]}".replace("\n", "\r\n")) == NEW


@pytest.mark.parametrize("name", ["gmail fr", "apple en", "thunderbird fr"])
def test_it_keeps_what_stands_below_or_between_marked_lines(name: str) -> None:
    assert new_text(f"{HISTORIES[name]}\n\n{NEW}") == NEW


@pytest.mark.parametrize(
    "text",
    [
        "Le médecin m'a écrit hier.",
        "On verra demain.\nLe pire est passé.",
        "De : moi\nà vous tous : merci",
        "Date : demain\nDe : neuf à dix heures",
        "a > b, non ?",
        "Le 24 mon frère a écrit : je reviens.\nEt puis rien.",
    ],
)
def test_it_takes_no_sentence_for_a_history(text: str) -> None:
    assert new_text(text) == text


def test_it_loses_nothing_where_all_is_quoted() -> None:
    assert new_text("> je n'en peux plus") == "> je n'en peux plus"
