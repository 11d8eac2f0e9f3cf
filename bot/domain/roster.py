"""The roles of a crisis cell. Their ids are the plan file's."""

from enum import StrEnum

from bot.texts import N_, Translator


class Role(StrEnum):
    """A part that somebody plays in a cell."""

    SPOKESPERSON = "spokesperson"
    LAWYER = "lawyer"
    COMMUNICATION_LEAD = "communication_lead"
    CONSUMER_SERVICE = "consumer_service"
    MODERATOR = "moderator"
    DISTRESS_REFERENT = "distress_referent"
    MANAGER = "manager"
    DIRECTOR = "director"
    DPO = "dpo"
    SCRIBE = "scribe"


_NAMES = {
    Role.SPOKESPERSON: N_("spokesperson"),
    Role.LAWYER: N_("lawyer"),
    Role.COMMUNICATION_LEAD: N_("communication lead"),
    Role.CONSUMER_SERVICE: N_("consumer service"),
    Role.MODERATOR: N_("moderator"),
    Role.DISTRESS_REFERENT: N_("distress referent"),
    Role.MANAGER: N_("manager"),
    Role.DIRECTOR: N_("director"),
    Role.DPO: N_("data protection officer"),
    Role.SCRIBE: N_("scribe"),
}


def role_name(role: Role, _: Translator) -> str:
    """Name a role as it is said inside a sentence: without an article, in lower case."""
    return _(_NAMES[role])
