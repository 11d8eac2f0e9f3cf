"""A browser room in the middle of a night: to look at, and for tests that need everything on a page."""

from datetime import timedelta

from bot.cards import (
    Action,
    Actions,
    Answer,
    Card,
    ChoiceField,
    Fields,
    Form,
    Mention,
    Style,
    Text,
    TextField,
    Tone,
)
from bot.domain.ids import Platform
from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from bot.ports import DirectPlace
from tests.rig.web_board import FARID, INES, LEA, NIGHT, WebRig
from tests.rig.web_cards import (
    ROOM,
    Say,
    brief_card,
    draft_card,
    follow_up_card,
    ping_card,
    press,
)

MINUTE = timedelta(minutes=1)


def furnish(rig: WebRig, *, locale: str = "fr") -> None:
    """Fill the board for Léa and Farid, in one language, at 03:34."""

    def say(french: str, english: str) -> str:
        return french if locale == "fr" else english

    rig.board.locales = dict.fromkeys((LEA, INES, FARID), locale)
    rig.now[0] = NIGHT + 22 * MINUTE
    forum = say("Forum Exemple", "Example Forum")
    room = rig.board.open_room(ROOM, members=[LEA, FARID], waits_for_me=2, locale=locale, community=forum)
    rig.board.open_room(
        "cJ5vtQ2bYx0m",
        members=[LEA, FARID],
        number="2026-012",
        community=say("Banque Rive", "River Bank"),
        severity=2,
        status=CrisisStatus.REPLIED,
        opened_at=NIGHT - timedelta(days=2),
        locale=locale,
    )
    rig.board.put(room, brief_card(say), mark="s1", brief=True)
    rig.board.put(room, mention_card(say), mark="n2", at=NIGHT + MINUTE)
    rig.board.put(room, draft_card(say), mark="s3", at=NIGHT + 9 * MINUTE)
    rig.board.put(room, follow_up_card(say), mark="s4", at=NIGHT + 20 * MINUTE)
    for person in (LEA, FARID):
        own = DirectPlace(Platform.WEB, person)
        rig.board.put(own, ping_card(say), mark=f"p-{person}", at=NIGHT - 2 * MINUTE)
        rig.board.put(own, draft_card(say), mark=f"d-{person}", at=NIGHT + 9 * MINUTE)
    rig.core.script[Verb.OPEN] = lambda _: Answer(form=opening_form(say))
    rig.core.script[Verb.DRAFT] = lambda _: Answer(form=draft_form(say))
    rig.core.script["emergency"] = lambda _: Answer(card=emergency_card(say))


def mention_card(say: Say) -> Card:
    return Card(
        summary=say("Cellule 2026-014 : on a besoin de vous ici", "Cellule 2026-014: you are needed here"),
        title=say("Appel", "Call"),
        blocks=(Mention((LEA, FARID), say("on a besoin de vous ici.", "you are needed here.")),),
    )


def opening_form(say: Say) -> Form:
    return Form(
        action=Action(Verb.OPEN),
        title=say("Ouvrir une crise", "Open a crisis"),
        submit=say("Ouvrir", "Open"),
        cancel=say("Annuler", "Cancel"),
        fields=(
            ChoiceField(
                name="first",
                label=say("Que se passe-t-il ?", "What is happening?"),
                options=(
                    ("danger", say("Quelqu’un est en danger", "Someone is in danger")),
                    ("anger", say("Colère, image de marque", "Anger, image")),
                    ("leak", say("Fuite, menace", "Leak, threat")),
                    ("unsure", say("Je ne sais pas", "Not sure")),
                ),
                required=True,
                wide=True,
            ),
            TextField(
                name="message",
                label=say("Le message", "The message"),
                hint=say(
                    "Collez-le ici, ou donnez son lien plus bas.", "Paste it here, or give its link below."
                ),
                multiline=True,
            ),
            TextField(name="link", label=say("Le lien du message", "The link to the message")),
            ChoiceField(
                name="community",
                label=say("Communauté", "Community"),
                options=(("forum", say("Forum Exemple", "Example Forum")), ("club", "Club Marin")),
                value="forum",
            ),
        ),
    )


def draft_form(say: Say) -> Form:
    return Form(
        action=Action(Verb.DRAFT, "5f0c9a1e7b3d2468"),
        title=say("Écrire la réponse", "Write the reply"),
        submit=say("Demander l’accord", "Ask for approval"),
        cancel=say("Annuler", "Cancel"),
        intro=(
            Text(
                say(
                    "Seront demandés : Denis (communication) ou Salomé (juriste). Un accord suffit.",
                    "Will be asked: Denis (communication) or Salomé (lawyer). One approval is enough.",
                )
            ),
        ),
        fields=(
            TextField(name="text", label=say("Votre texte", "Your text"), required=True, multiline=True),
        ),
    )


def emergency_card(say: Say) -> Card:
    return Card(
        summary=say("Cellule : appeler les secours", "Cellule: call the emergency services"),
        title=say("Appelez maintenant : le 15 ou le 17", "Call now: 15 or 17"),
        tone=Tone.ALERT,
        blocks=(
            Text(
                say(
                    "Dites d’abord : « J’appelle pour une personne qui n’est pas près de moi. »",
                    "Say first: “I am calling about somebody who is not near me.”",
                ),
                Tone.STRONG,
            ),
            Fields(
                (
                    ("15", say("SAMU, urgence médicale", "SAMU, medical emergency")),
                    ("17", say("police, gendarmerie : retrouver quelqu’un", "police: to find somebody")),
                    (
                        "114",
                        say("par SMS, si vous ne pouvez pas parler", "by text message, if you cannot speak"),
                    ),
                )
            ),
            Text(
                say(
                    "À donner au membre : 3114, gratuit, ouvert maintenant, jour et nuit.",
                    "To give the member: 3114, free, open now, day and night.",
                )
            ),
            Actions(
                (
                    press(say("J’ai appelé", "I called"), Verb.I_CALLED, Style.PRIMARY),
                    press(say("Je suis au téléphone", "I’m on the phone"), Verb.ON_THE_PHONE),
                    press(say("Pas nécessaire…", "Not needed…"), Verb.CALL_NOT_NEEDED),
                )
            ),
        ),
    )
