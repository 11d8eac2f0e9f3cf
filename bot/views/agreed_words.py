"""The first words that a client has agreed to: the plan's first message, its own pre-approved receipts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.errors import Code, Refused
from bot.domain.ids import PersonId
from bot.domain.states import Route
from bot.domain.templates import Template, holes_left
from bot.domain.wording import fingerprint, revision_text
from bot.guide import NONE_IN_FORCE
from bot.plan.model import FirstMessage
from bot.texts import N_
from bot.views.prepared import all_holes, filled, handle_of
from bot.views.scene import Scene

LANGUAGES = {"fr": N_("French"), "en": N_("English")}


@dataclass(frozen=True, slots=True)
class AgreedWord:
    """One text, exactly as it would leave, and the ways that it may take."""

    text: str
    label: str
    language: str
    agreed_by: PersonId
    until: date
    routes: tuple[Route, ...]

    @property
    def mark(self) -> str:
        return fingerprint(self.text)


def agreed_words(scene: Scene) -> tuple[AgreedWord, ...]:
    """The plan's own text first.

    Raises what `Guide.first_message` does, where no receipt stands for it, and `unfilled`.
    """
    agreed = scene.guide.agreed_receipts(scene.crisis, now=scene.now)
    receipts = [word for each in agreed for word in _filled(scene, each)]
    try:
        message = scene.guide.first_message(scene.crisis, now=scene.now)
    except Refused as refused:
        if refused.code in NONE_IN_FORCE and receipts:
            return tuple(receipts)
        if refused.code in NONE_IN_FORCE and agreed:
            raise Refused(Code.UNFILLED, holes=", ".join(_holes(scene, agreed[0]))) from None
        raise
    return (*_said(scene, message), *receipts)


def _said(scene: Scene, message: FirstMessage) -> Iterator[AgreedWord]:
    for language, text in message.texts.items():
        yield AgreedWord(
            text=revision_text(text),
            label=scene._(LANGUAGES[language]),
            language=language,
            agreed_by=message.agreed_by,
            until=message.until,
            routes=tuple(Route),
        )


def _holes(scene: Scene, template: Template) -> tuple[str, ...]:
    return holes_left(filled(scene, template, template.routes), all_holes(), handle_of(scene))


def _filled(scene: Scene, template: Template) -> Iterator[AgreedWord]:
    """Nothing where the crisis cannot fill it."""
    text = revision_text(filled(scene, template, template.routes))
    if template.agreement and not _holes(scene, template):
        yield AgreedWord(
            text=text,
            label=template.title,
            language=template.language,
            agreed_by=template.agreement.by,
            until=template.agreement.until,
            routes=template.routes,
        )
