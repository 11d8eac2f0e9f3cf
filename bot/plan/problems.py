"""What can be wrong in a plan file, said so that a reader finds the line and knows what to write."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.texts import N_, Translator

_SENTENCES = {
    "unreadable": N_("This file cannot be read: {reason}."),
    "yaml": N_("YAML cannot be read here: check the indentation, the quotes, the brackets and each “:”."),
    "duplicate_key": N_("“{key}” stands twice in the same place: keep one."),
    "missing": N_("“{key}” is missing in {where}."),
    "unknown_key": N_("“{key}” is no key of {where}. Allowed: {allowed}."),
    "not_a_mapping": N_("{where} must hold lines of the form “key: value”."),
    "not_a_list": N_("{where} must be a list, for example [a, b]."),
    "not_text": N_("{where} must be text: put it between quotes."),
    "not_a_date": N_("“{value}” is not a date for {where}. Write it as 2027-06-30."),
    "not_yes_no": N_("“{value}” is not possible for {where}. Allowed: true, false."),
    "empty": N_("{where} is empty: write at least one value."),
    "too_long": N_("{where} is too long: {allowed} characters at most."),
    "lines": N_("{where} has too many lines: {allowed} at most."),
    "choice": N_("“{value}” is not possible for {where}. Allowed: {allowed}."),
    "repeated": N_("“{value}” stands twice in {where}: keep one."),
    "taken": N_("“{value}” is already used by {other}: each needs its own."),
    "unknown_person": N_("“{value}” in {where} is nobody of “people”. Known: {allowed}."),
    "unknown_category": N_("“{value}” is no category for {where}. Allowed: {allowed}."),
    "not_holder": N_("“{value}” does not hold this role here ({where}). Those who hold it: {allowed}."),
    "key": N_("“{value}” cannot be an id: small letters without accents, digits, “-” and “_” only."),
    "code": N_("“{value}” cannot be a code ({where}): at most 20 small letters, digits and “-”."),
    "duration": N_("“{value}” is not a time for {where}. Write 15m, 2h or 3d."),
    "timezone": N_("“{value}” is no time zone for {where}. Write one like Europe/Paris or America/Montreal."),
    "country": N_("“{value}” is no country for {where}. Write its two letters: FR, BE, CA, or CA-QC."),
    "email": N_("“{value}” is no e-mail address for {where}. Write one like name@client.example."),
    "phone": N_('“{value}” is no telephone number for {where}. Write it in quotes, like "+33612345678".'),
    "slack": N_(
        "“{value}” is no Slack member id for {where}. It looks like U01ABCDEF: see the Slack profile."
    ),
    "teams": N_("“{value}” is no Microsoft Entra id for {where}: 32 hexadecimal digits, by 8-4-4-4-12."),
    "workspace": N_(
        "“{value}” is no Slack workspace for {where}. Its id looks like T01ABCDEF: see the workspace's "
        "address in the browser."
    ),
    "tenant": N_("“{value}” is no Microsoft tenant for {where}: 32 hexadecimal digits, by 8-4-4-4-12."),
    "channel": N_("“{value}” is no channel for {where}. Write slack:C01ABCDEF."),
    "clock": N_('“{value}” is not an hour for {where}. Write "08:30".'),
    "quiet": N_('“{value}” is not a span for {where}. Write "22:00-07:30".'),
    "hours": N_('“{value}” are not hours for {where}. Write "mon-fri 09:00-19:00".'),
    "count": N_("“{value}” is not possible for {where}. Write 1, 2 or more."),
    "first_message": N_("{where} has no text: write “fr”, “en” or both."),
    "agreement": N_(
        "{where} says only a part of the agreement: write agreed_by, agreed_on and until, or none."
    ),
    "placeholder": N_(
        "“{name}” is nothing that can be filled in {where}. Allowed between braces: {allowed}."
    ),
    "steps_order": N_("The times of {where} must grow: remind, then deputy, then manager."),
    "escalate_order": N_("The times of {where} must grow: remind, then escalate."),
    "within_order": N_("The times of {where} must grow: remind, then within."),
    "pattern": N_("“{value}” is no pattern for {where}: {reason}."),
    "pattern_letters": N_("“{value}” finds nothing: write small letters without accents in {where}."),
    "pattern_empty": N_("“{value}” is found in any text: name at least one letter in {where}."),
    "rule": N_(
        "This rule of {where} cannot be met: name the roles whose approval it asks, enough for “count”."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `line` and `column` count from 1."""

    line: int
    column: int
    code: str
    params: Mapping[str, str]

    def sentence(self, _: Translator) -> str:
        return _(_SENTENCES[self.code], **self.params)


class PlanError(Exception):
    """A plan file cannot be used. `source` names it; `problems` holds all that is wrong, in its order."""

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(source)
        self.source = source
        self.problems = problems

    @property
    def codes(self) -> tuple[str, ...]:
        """Where and what, without a value of the plan: for the log."""
        return tuple(f"{problem.line}: {problem.code}" for problem in self.problems)

    def sentences(self, _: Translator) -> tuple[str, ...]:
        return tuple(
            _(
                "{source}, line {line}: {sentence}",
                source=self.source,
                line=problem.line,
                sentence=problem.sentence(_),
            )
            for problem in self.problems
        )


class CommunitiesMissing(PlanError):
    """The plan no longer names communities whose crises still need it."""

    def __init__(self, source: str, communities: Collection[str]) -> None:
        super().__init__(source, ())
        self.communities = tuple(sorted(communities))

    @property
    def codes(self) -> tuple[str, ...]:
        return ("community_missing",)

    def sentences(self, _: Translator) -> tuple[str, ...]:
        return tuple(
            _(
                "{source}: the community “{community}” is missing, and it has crises that are open or "
                "watched over. Put it back until the last follow-up.",
                source=self.source,
                community=community,
            )
            for community in self.communities
        )
