"""What the gate finds in a draft: where in the text, how to mend it, and who let it pass all the same."""

from collections.abc import Iterator

from bot import checking
from bot.cards import MAX_BUTTONS, Action, Actions, Block, Button, Card, Form, Style, Text, TextField, Tone
from bot.checking import Check, Found
from bot.domain import overrides
from bot.domain.drafts import Draft
from bot.domain.overrides import NEEDED, NEEDED_IF_GRAVE, Override
from bot.domain.reply_rules import Weight
from bot.domain.states import DraftStatus
from bot.domain.subjects import draft_subject, override_subject
from bot.domain.verbs import Verb
from bot.domain.wording import cut
from bot.views.buttons import button, quoted
from bot.views.draft_parts import revise_button
from bot.views.lines import drill_notice, names, routes, summary, title, when
from bot.views.scene import Scene

MAX_LINES = 5
LONGEST_PASSAGE = 60

CHECKED = frozenset({DraftStatus.IN_REVIEW, DraftStatus.APPROVED})
"""What may still be let pass or not."""


def check_of(scene: Scene, draft: Draft) -> Check:
    return checking.check(scene.guide, scene.crisis, draft, scene.now)


def findings_blocks(scene: Scene, draft: Draft, check: Check) -> tuple[Text, ...]:
    """On the card of a draft: the gravest, how many more there are, and who let the text pass."""
    _, lines = scene._, list(_lines(scene, draft, check))
    if not lines:
        return ()
    shown = lines[:MAX_LINES]
    if more := len(lines) - len(shown):
        more_of_them = _.n("and {n} more", "and {n} more", more)
        shown.append(_("{more}: {button}", more=more_of_them, button=quoted(Verb.FINDINGS, _)))
    return (_head(scene, draft, check), Text("\n".join(shown)), *_overridden(scene, draft, check))


def stopped_buttons(scene: Scene, draft: Draft, check: Check, *others: Button) -> tuple[Button, ...]:
    """Of a text that the check stops: mending it first, overriding the check last."""
    revise, override = revise_button(scene, draft, Style.PRIMARY), _override_buttons(scene, draft, check)
    before = (revise, *findings_buttons(scene, draft, check), *others)
    return (*before[: MAX_BUTTONS - len(override)], *override)


def findings_buttons(scene: Scene, draft: Draft, check: Check) -> tuple[Button, ...]:
    """Where the card has no room for all."""
    if len(check.found) <= MAX_LINES or len(list(_lines(scene, draft, check))) <= MAX_LINES:
        return ()
    return (button(Verb.FINDINGS, draft_subject(scene.crisis, draft.number), scene._),)


def _override_buttons(scene: Scene, draft: Draft, check: Check) -> tuple[Button, ...]:
    """Not to whoever wrote the text or has overridden."""
    before = {each.person for each in overrides.given(draft, check.rules)}
    if scene.reader in {draft.author, *before}:
        return ()
    subject, revision = draft_subject(scene.crisis, draft.number), draft.current.number
    return (button(Verb.OVERRIDE, subject, scene._, revision=revision),)


def findings_card(scene: Scene, draft: Draft) -> Card:
    """All that is found, to whoever asks, and to the author at once."""
    _, check = scene._, check_of(scene, draft)
    lines = list(_lines(scene, draft, check))
    found: tuple[Block, ...] = (Text(_("Nothing is found in this text.")),)
    if lines:
        found = (_head(scene, draft, check), *map(Text, lines), *_overridden(scene, draft, check))
    revise = (Actions((revise_button(scene, draft),)),) if lines and draft.status in CHECKED else ()
    head = _("reply {n}, revision {revision}", n=draft.number, revision=draft.current.number)
    return Card(
        summary=summary(scene, _("what was found in a reply")),
        title=title(scene, head),
        blocks=(*drill_notice(scene), *found, *revise),
    )


def override_form(scene: Scene, draft: Draft) -> Form:
    """What would be let pass, by how many, and why."""
    _, check = scene._, check_of(scene, draft)
    subject = override_subject(scene.crisis, draft.number, check.rules)
    action = Action(Verb.OVERRIDE, subject, draft.current.number)
    return Form(
        action=action,
        title=_("Override the check"),
        submit=_("Override"),
        cancel=_("Cancel"),
        intro=(Text(_who_overrides(scene, check), Tone.STRONG), *map(Text, said_of(scene, draft, check))),
        fields=(
            TextField(
                "reason",
                _("Why may it leave as it is?"),
                hint=_("The whole cell reads it, and the log keeps it."),
                required=True,
                multiline=True,
                max_length=500,
            ),
        ),
    )


def said_of(scene: Scene, draft: Draft, check: Check) -> list[str]:
    """What stops the text, each once."""
    return list(dict.fromkeys(_line(scene, draft, each) for each in check.stopping))


def _who_overrides(scene: Scene, check: Check) -> str:
    count = NEEDED_IF_GRAVE if check.grave else NEEDED
    return scene._.n(
        "To override it takes {n} person who may approve it and did not write it, with a reason.",
        "To override it takes {n} people who may approve it and did not write it, each with a reason.",
        count,
    )


def _head(scene: Scene, draft: Draft, check: Check) -> Text:
    """Whether it stops the text."""
    _ = scene._
    if check.stops(draft):
        told = _("The check stops this text. Mend it: {revise}.", revise=quoted(Verb.REVISE, _))
        return Text(f"{told} {_who_overrides(scene, check)}", Tone.ALERT)
    if check.stopping:
        people = names(scene, (each.person for each in overrides.given(draft, check.rules)))
        return Text(_("The check stopped this text; {names} let it pass.", names=people), Tone.STRONG)
    lowered = (e.finding.said(_) for e in check.found if e.finding.weight is Weight.INFO)
    return Text(next(lowered, _("The check found something to see; it stops nothing.")))


def _overridden(scene: Scene, draft: Draft, check: Check) -> tuple[Text, ...]:
    """Who let it pass, and why."""
    if not check.stopping:
        return ()
    words = [_word(scene, each) for each in overrides.given(draft, check.rules)]
    return (Text("\n".join(words)),) if words else ()


def _word(scene: Scene, word: Override) -> str:
    return scene._(
        "{name} overrode the check {when}: {reason}",
        name=scene.guide.name(word.person),
        when=when(scene, word.at),
        reason=word.reason,
    )


def _lines(scene: Scene, draft: Draft, check: Check) -> Iterator[str]:
    """One a finding, the graver first; two rules may ask for the same."""
    _ = scene._
    seen: set[str] = set()
    for each in check.found:
        said = _line(scene, draft, each)
        if each.finding.weight is Weight.INFO or said in seen:
            continue
        seen.add(said)
        stops = each.finding.weight is Weight.BLOCK
        yield _("STOPS · {said}", said=said) if stops else _("TO SEE · {said}", said=said)


def _line(scene: Scene, draft: Draft, found: Found) -> str:
    """The place in our own words, how to mend it, and on which ways, where it is not on all."""
    _, finding = scene._, found.finding
    said = finding.said(_)
    passage = " ".join(draft.current.text[finding.start : finding.end].split())
    if found.quotes:
        said = _("where you quote the member: {how}", how=said)
    elif passage:
        said = _("“{passage}”: {how}", passage=cut(passage, LONGEST_PASSAGE)[0], how=said)
    if len(found.routes) < len(draft.routes):
        said = _("{said} (by {routes})", said=said, routes=routes(found.routes, _))
    return said
