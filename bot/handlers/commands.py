"""What can be typed after `/crisis`, in French and English."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from bot.cards import Action, Answer
from bot.domain.errors import Code, Refused
from bot.domain.ids import PersonId
from bot.domain.roster import Role, role_name
from bot.domain.verbs import Verb
from bot.handlers import (
    advice,
    calling,
    course,
    drafts,
    duty,
    emergency,
    false_alarm,
    guests,
    handover,
    listing,
    logs,
    members,
    merging,
    opening,
    questions,
    reminding,
)
from bot.handlers.request import Request, WhichCrisis
from bot.plan.model import Community
from bot.texts import translator
from bot.views.answers import help_card
from bot.views.which import which_form

Command = Callable[[Request, str], Answer]

_AMONG_BLANKS = re.compile(r"\s+")


def run(request: Request, typed: str, *, overheard: bool = False) -> Answer:
    """Carry out a typed command; nothing typed shows the help. Raises `unknown_command`.

    Where others read what is typed no member's words are taken: the form asks for them. Where several crises
    may be meant a form asks which one (`bot/handlers/choosing.py`).
    """
    word, _blank, rest = typed.strip().partition(" ")
    name = FRENCH.get(word.lower(), word.lower())
    if not name:
        return Answer(card=help_card(request._))
    command = COMMANDS.get(name)
    if command is None:
        raise Refused(Code.UNKNOWN_COMMAND, command=word[:40])
    if overheard and name in OPENING:
        return opening.command(request, "")
    if overheard and name == "add":
        typed, rest = name, ""
    try:
        return command(request, rest.strip())
    except WhichCrisis as several:
        scenes = [request.scene(crisis) for crisis in several.crises]
        return Answer(form=which_form(scenes, typed=typed.strip(), kept=request.key, _=request._))


def _help(request: Request, _text: str) -> Answer:
    return Answer(card=help_card(request._))


def _on(verb: Verb, act: Callable[[Request, Action], Answer]) -> Command:
    """A command that does what the button of the same verb does, in the crisis of this room."""

    def command(request: Request, _text: str) -> Answer:
        return act(request, Action(verb, request.crisis_here(verb).id))

    return command


def _note(request: Request, text: str) -> Answer:
    """`note ? TEXT` keeps a question of the public that waits for its answer."""
    if text.startswith("?"):
        return questions.keep(request, request.crisis_here(Verb.QUESTIONS), text.removeprefix("?"))
    return course.note(request, request.crisis_here(Verb.NOTE), text)


def _severity(request: Request, text: str) -> Answer:
    number, _blank, reason = text.partition(" ")
    return course.set_severity(request, request.crisis_here(Verb.SEVERITY), number, reason)


def _close(request: Request, text: str) -> Answer:
    crisis = request.crisis_here(Verb.CLOSE)
    if not text:
        return course.ask_close(request, Action(Verb.CLOSE, crisis.id))
    return course.close(request, crisis, text)


def _role(request: Request, text: str) -> Answer:
    """`role lawyer @Farid`: the role in either language, then a first name.

    A whole name or an id of the plan.
    """
    crisis = request.crisis_here(Verb.ROLE)
    if not text:
        return calling.ask_role(request, Action(Verb.ROLE, crisis.id))
    role, rest = _leading_role(text)
    return calling.name(request, crisis, role, _named(request, [request.guide.community(crisis)], rest))


def _handover(request: Request, text: str) -> Answer:
    if not text:
        return handover.ask(request, Action(Verb.HANDOVER))
    communities = request.guide.plan.communities_of(request.person)
    return handover.offer(request, _named(request, communities, text))


def _guest(request: Request, text: str) -> Answer:
    """`guest lawyer Yves Caron yves@cabinet.example`: what stands last is the address."""
    crisis = request.crisis_here(Verb.GUEST)
    if not text:
        return guests.ask(request, Action(Verb.GUEST, crisis.id))
    role, rest = _leading_role(text)
    name, _blank, email = rest.rpartition(" ")
    return guests.invite(request, crisis, role, name=name, email=email)


def _ask(request: Request, text: str) -> Answer:
    """`ask lawyer May we quote the message?` puts a question to the expert."""
    crisis = request.crisis_here(Verb.ASK)
    if not text:
        return advice.ask_question(request, Action(Verb.ASK, crisis.id))
    role, question = _leading_role(text)
    return advice.ask(request, crisis, role, question)


def _leading_role(text: str) -> tuple[Role, str]:
    typed = _AMONG_BLANKS.sub(" ", text).strip()
    for role in Role:
        for name in (
            role.value,
            role.value.replace("_", " "),
            *(role_name(role, translator(x)) for x in ("fr", "en")),
        ):
            if typed.lower().startswith(f"{name} "):
                return role, typed[len(name) :].strip()
    raise Refused(Code.ROLE_UNKNOWN, names=", ".join(role.value for role in Role))


def _named(request: Request, communities: Sequence[Community], typed: str) -> PersonId:
    """Somebody of these communities, by first name, name or id. Raises `person_unknown`."""
    wanted = typed.removeprefix("@").casefold()
    everybody = request.guide.plan.people.values()
    people = [p for p in everybody if any(community.roles_of(p.id) for community in communities)]
    found = [
        p.id for p in people if wanted in {p.id.casefold(), p.name.casefold(), p.name.split()[0].casefold()}
    ]
    if len(found) != 1:
        raise Refused(Code.PERSON_UNKNOWN, field="person")
    return found[0]


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "open": opening.command,
        "urgent": opening.urgent,
        "emergency": _on(Verb.LIFE_IN_DANGER, emergency.declare),
        "draft": _on(Verb.DRAFT, drafts.ask_draft),
        "ask": _ask,
        "status": _on(Verb.STATUS, course.status),
        "list": listing.command,
        "add": members.command,
        "merge": merging.command,
        "note": _note,
        "remind": reminding.command,
        "role": _role,
        "guest": _guest,
        "severity": _severity,
        "handover": _handover,
        "away": duty.away,
        "log": _on(Verb.LOG, logs.show),
        "cancel": false_alarm.command,
        "close": _close,
        "help": _help,
    }
)

OPENING = frozenset({"open", "urgent"})
"""What is typed after these is what the member wrote."""

FRENCH: Mapping[str, str] = MappingProxyType(
    {
        "ouvrir": "open",
        "urgence": "urgent",
        "secours": "emergency",
        "brouillon": "draft",
        "avis": "ask",
        "statut": "status",
        "liste": "list",
        "ajouter": "add",
        "fusionner": "merge",
        "rappel": "remind",
        "rôle": "role",
        "invité": "guest",
        "invite": "guest",
        "gravité": "severity",
        "gravite": "severity",
        "absent": "away",
        "absente": "away",
        "journal": "log",
        "annuler": "cancel",
        "relais": "handover",
        "clore": "close",
        "aide": "help",
    }
)
