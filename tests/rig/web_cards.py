"""Cards of one night, in both languages, as the browser room shows them."""

from collections.abc import Callable

from bot.cards import (
    Action,
    Actions,
    Button,
    Card,
    Confirm,
    Fields,
    Quote,
    RoomLink,
    Style,
    Text,
    Tone,
)
from bot.domain.ids import Platform, RoomRef
from bot.domain.verbs import Verb

ROOM = RoomRef("lSJ2bVwq0nQm7uXc")

Say = Callable[[str, str], str]
"""Picks the French or the English sentence."""

FRENCH_REPLY = """Bonsoir,

Je suis Léa, de l’équipe du forum. J’ai lu votre message de cette nuit, en entier, et je ne voulais pas vous \
laisser sans un mot.

Ce que vous écrivez est grave et vous n’avez pas à le porter seul·e. Au 3114, des soignants répondent \
gratuitement, jour et nuit, sans vous juger. Si vous êtes en danger tout de suite, appelez le 15 ou le 112.

Vous pouvez me répondre ici, même deux mots, même plus tard. Je regarderai vers 19 h et je vous réécrirai.

Léa"""

ENGLISH_REPLY = """Good evening,

I am Léa, from the forum’s team. I read your message of tonight, all of it, and did not want to leave you \
without a word.

What you write is serious and you need not carry it alone. On 3114, carers answer free of charge, day and \
night, without judging you. If you are in danger right now, call 15 or 112.

You can answer me here, even two words, even later. I will look at about 7 pm and write to you again.

Léa"""


def press(label: str, verb: Verb, style: Style = Style.PLAIN, *, revision: int | None = None) -> Button:
    return Button(label, Action(verb, "5f0c9a1e7b3d2468", revision), style)


def brief_card(say: Say) -> Card:
    return Card(
        summary=say(
            "Cellule 2026-014 : crise ouverte, gravité 4", "Cellule 2026-014: crisis open, severity 4"
        ),
        title=say(
            "FORUM EXEMPLE · crise 2026-014 · gravité 4 sur 4",
            "EXAMPLE FORUM · crisis 2026-014 · severity 4 of 4",
        ),
        tone=Tone.ALERT,
        blocks=(
            Text(
                say(
                    "À FAIRE MAINTENANT : Léa appelle le 17 ou le 15, puis note l’appel.",
                    "DO NOW: Léa calls 17 or 15, then records the call.",
                ),
                Tone.STRONG,
            ),
            Text(
                say(
                    "Appeler les secours n’attend l’accord de personne, à aucune heure.",
                    "Calling the emergency services waits for nobody’s approval, at no hour.",
                )
            ),
            Fields(_situation(say)),
            Quote(
                say(
                    "bonsoir tout le monde. je crois que c’est mon dernier message ici, j’en peux plus.\n"
                    "merci à ceux qui ont été gentils.",
                    "evening everyone. i think this is my last post here, i can’t go on.\n"
                    "thanks to those who were kind.",
                ),
                label=say("Le membre a écrit", "The member wrote"),
            ),
            Actions(
                (
                    press(say("J’ai appelé", "I called"), Verb.I_CALLED, Style.PRIMARY),
                    press(say("Je suis au téléphone", "I’m on the phone"), Verb.ON_THE_PHONE),
                    press(say("J’arrive", "I’m on it"), Verb.TAKE_UP),
                    press(say("Écrire la réponse", "Write the reply"), Verb.DRAFT),
                    press(say("Plus…", "More…"), Verb.MORE),
                )
            ),
        ),
    )


def _situation(say: Say) -> tuple[tuple[str, str], ...]:
    return (
        (
            "Danger",
            say(
                "D4, imminent (repère d’organisation, pas un diagnostic). Appel non noté depuis 3 min.",
                "D4, imminent (a working mark, not a diagnosis). No call recorded for 3 min.",
            ),
        ),
        (
            "Message",
            say(
                "écrit à 02:41, vu à 03:10, masqué à 03:11. Le membre n’a encore reçu aucun mot.",
                "written 02:41, seen 03:10, hidden 03:11. The member has had no word from us yet.",
            ),
        ),
        (
            say("Délais", "Clocks"),
            say("premier mot 03:12 (dépassé) · réponse 03:20", "first word 03:12 (late) · reply 03:20"),
        ),
        (
            say("Membre", "Member"),
            say("âge inconnu · pays supposé : France", "age unknown · country, likely: France"),
        ),
        (
            say("Cellule", "Cell"),
            say(
                "modératrice : Léa, présente\ncommunication : Denis, présent à 03:12\n"
                "juriste : Farid, sans réponse → Salomé appelée",
                "moderator: Léa, here\ncommunication: Denis, here since 03:12\n"
                "lawyer: Farid, no answer → Salomé called",
            ),
        ),
        (
            say("Réponse", "Reply"),
            say("version 2, à valider avant 03:35", "revision 2, to approve before 03:35"),
        ),
    )


def ping_card(say: Say) -> Card:
    return Card(
        summary=say(
            "Cellule 2026-014 : on a besoin de vous maintenant", "Cellule 2026-014: you are needed now"
        ),
        title=say(
            "FORUM EXEMPLE · crise 2026-014 · gravité 4 · 1er appel",
            "EXAMPLE FORUM · crisis 2026-014 · severity 4 · first call",
        ),
        tone=Tone.ALERT,
        blocks=(
            Text(say("Vous êtes de service comme : juriste.", "You are on duty as: lawyer."), Tone.STRONG),
            Text(
                say(
                    "On attend de vous : rejoindre la cellule, puis relire une réponse avant 03:20.",
                    "What we need: join the cell, then read one reply before 03:20.",
                )
            ),
            Text(
                say(
                    "L’appel aux secours et le premier message n’attendent pas votre accord.",
                    "The emergency call and the first message do not wait for you.",
                )
            ),
            Text(
                say(
                    "Sans réponse à 03:12, Salomé (suppléante) est appelée aussi.",
                    "With no answer by 03:12, Salomé (deputy) is called too.",
                ),
                Tone.MUTED,
            ),
            Actions(
                (
                    press(say("J’arrive", "I’m on it"), Verb.TAKE_UP, Style.PRIMARY),
                    press(say("Je ne peux pas", "I can’t"), Verb.DECLINE),
                    RoomLink(say("Ouvrir la cellule", "Open the cell"), Platform.WEB, ROOM),
                )
            ),
        ),
    )


def draft_card(say: Say) -> Card:
    approve = Button(
        say("Approuver la version 2", "Approve revision 2"),
        Action(Verb.APPROVE, "5f0c9a1e7b3d2468.d1", 2),
        Style.PRIMARY,
        Confirm(
            say("Approuver la version 2 ?", "Approve revision 2?"),
            say(
                "Votre accord vaut pour ce texte exactement. Il part dès que Léa l’envoie.",
                "Your approval is for exactly this text. It goes out as soon as Léa sends it.",
            ),
            say("J’approuve", "I approve"),
            say("Relire encore", "Read again"),
        ),
    )
    return Card(
        summary=say(
            "Cellule 2026-014 : une réponse à valider avant 03:35",
            "Cellule 2026-014: a reply to approve before 03:35",
        ),
        title=say(
            "FORUM EXEMPLE · 2026-014 · réponse, version 2, par Léa",
            "EXAMPLE FORUM · 2026-014 · reply, revision 2, by Léa",
        ),
        blocks=(
            Text(
                say(
                    "Votre décision est demandée avant 03:35. Un seul accord suffit. Envoi par : Léa.",
                    "Your decision is asked before 03:35. One approval is enough. Sent by: Léa.",
                ),
                Tone.STRONG,
            ),
            Fields(
                (
                    (
                        say("Part vers", "Goes by"),
                        say(
                            "e-mail (privé). Appel aux secours : fait à 03:14.",
                            "e-mail (private). Emergency call: made at 03:14.",
                        ),
                    ),
                    (
                        say("Changé", "Changed"),
                        say(
                            "numéro fermé retiré, adresse de retour ajoutée",
                            "closed number removed, address to write back added",
                        ),
                    ),
                    (
                        say("Décisions", "Decisions"),
                        say(
                            "communication : Denis, attendu\njuriste : Salomé, attendue",
                            "communication: Denis, awaited\nlawyer: Salomé, awaited",
                        ),
                    ),
                )
            ),
            Quote(say(FRENCH_REPLY, ENGLISH_REPLY), label=say("Le texte entier", "The whole text")),
            Actions(
                (
                    approve,
                    press(say("Refuser…", "Reject…"), Verb.REJECT, revision=2),
                    press(say("Modifier…", "Revise…"), Verb.REVISE, revision=2),
                    press(say("Lire le message", "Read the message"), Verb.MORE),
                )
            ),
        ),
    )


def follow_up_card(say: Say) -> Card:
    return Card(
        summary=say("Cellule 2026-014 : un suivi à faire", "Cellule 2026-014: a follow-up is due"),
        title=say(
            "FORUM EXEMPLE · 2026-014 · suivi 2 (24 h au plus tard)",
            "EXAMPLE FORUM · 2026-014 · follow-up 2 (24 h at the latest)",
        ),
        blocks=(
            Text(say("À faire maintenant par Inès (de service).", "Now, by Inès (on duty)."), Tone.STRONG),
            Text(
                say(
                    "1. Regarder si le membre a écrit.\n2. Lui écrire 2 à 5 phrases, sans rien demander.",
                    "1. Look whether the member has written.\n2. Write 2 to 5 sentences, asking for nothing.",
                )
            ),
            Text(
                say(
                    "L’issue de l’appel aux secours n’est pas connue. À redemander.",
                    "The outcome of the emergency call is not known. Ask again.",
                ),
                Tone.ALERT,
            ),
            Text(
                say(
                    "Non fait à 20:00 : Léa, puis Hélène (responsable).",
                    "Not done by 20:00: Léa, then Hélène (manager).",
                ),
                Tone.MUTED,
            ),
            Actions(
                (
                    press(say("Écrire un mot", "Write a word"), Verb.FOLLOW_UP_WRITE, Style.PRIMARY),
                    press(say("Noter ce qu’il en est…", "Record how it is…"), Verb.FOLLOW_UP_RECORD),
                    press(say("Dans 1 h", "In 1 h"), Verb.FOLLOW_UP_LATER),
                    press(say("Vie en danger", "Life in danger"), Verb.LIFE_IN_DANGER, Style.DANGER),
                    press(say("Plus…", "More…"), Verb.MORE),
                )
            ),
        ),
    )
