"""The starter set of prepared replies, filled as a person would, read by the gate."""

from itertools import cycle, islice

import pytest

from bot import gate
from bot.domain.levels import Level
from bot.domain.reply_rules import Weight
from bot.domain.states import Age, Route
from bot.domain.templates import Kind
from tests.rig.filling import original_of
from tests.unit.views.test_prepared import HANDLE, NIGHT, NOON, TEMPLATES, draft_of, scene_of

HOME = {"fr": "FR", "en": "GB"}
ABROAD = ["", "FR", "BE", "CH", "LU", "CA-QC", "CA", "GB", "IE", "US", "SN"]


def findings(template, scene, route):
    crisis = scene.crisis
    candidate = gate.Candidate(
        text=draft_of(template, scene, {route}),
        original=original_of(template),
        category=crisis.category,
        level=gate.level_in_force(crisis.category, crisis.level),
        country=crisis.member.country or "FR",  # the community's
        language=template.language,
        routes=frozenset({route}),
        now=scene.now,
        member=HANDLE if "member" in template.placeholders else "",  # the others are to everybody
        facts=gate.Facts(age=crisis.member.age, addresses=frozenset({"aide@forum.example"})),
    )
    return {(f.weight, f.rule, candidate.text[f.start : f.end]) for f in gate.check(candidate)}


def ways(template):
    """Every category, level and route that it is for, each at least once."""
    each = (template.categories, template.levels or (None,), template.routes)
    return list(islice(zip(*map(cycle, each), strict=False), max(map(len, each))))


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_passes_the_gate_wherever_it_fits(name):
    """A holding statement is to everybody: it names nothing of this person's."""
    template = TEMPLATES[name]
    to_nobody = {(Weight.WARN, "R10", "")} if template.kind is Kind.HOLDING else set()
    for category, level, route in ways(template):
        found = findings(template, scene_of(category, level, country=HOME[template.language]), route)
        assert found == to_nobody, (category, level, route)


@pytest.mark.parametrize("country", ABROAD)
@pytest.mark.parametrize("name", ["distress-d2-vous", "distress-d2-en"])
def test_it_names_help_that_answers_there_then(name, country):
    """The directory where none does; the gate may want a line whose languages nobody knows."""
    for now, route in ((NOON, Route.PRIVATE_MESSAGE), (NIGHT, Route.EMAIL), (NOON, Route.LETTER)):
        scene = scene_of("distress", Level.D3, country=country, now=now)
        sent_away = "findahelpline.com" in draft_of(TEMPLATES[name], scene, {route})
        found = {rule for _weight, rule, _text in findings(TEMPLATES[name], scene, route)}
        assert found <= ({"R01"} if sent_away else set())
        assert not (sent_away and country == HOME[TEMPLATES[name].language])


@pytest.mark.parametrize(("now", "country"), [(NOON, "FR"), (NIGHT, "FR"), (NOON, "CH"), (NIGHT, "CA")])
def test_it_names_a_line_for_the_young_too(now, country):
    scene = scene_of("distress", Level.D3, country=country, age=Age.UNDER_15, now=now)
    assert findings(TEMPLATES["distress-d2-tu"], scene, Route.PRIVATE_MESSAGE) == set()
