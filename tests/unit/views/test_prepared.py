"""Prepared replies: each passes our own gate once it is filled, and nobody's pseudonym fills anything."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import data
from bot.domain.categories import FirstChoice
from bot.domain.crisis import Member
from bot.domain.levels import Level
from bot.domain.reminders import Reminder
from bot.domain.states import Age, CrisisStatus, ReminderKind, Route, Standing
from bot.domain.templates import BY_THE_WRITER, HOLES, Kind, Register, fill, holes_left
from bot.texts import translator
from bot.views import prepared, start_from
from bot.views.watch import write_word_card
from tests.rig import scenes as s
from tests.rig.filling import WORDS, written
from tests.rig.samples import first_member

TEMPLATES = {template.id: template for template in data.starter_templates()}
HANDLE = "Nuage7"
HOME = {"fr": "FR", "en": "GB"}
IN_DANGER = {c.id for c in data.categories().values() if c.first_choice is FirstChoice.SOMEONE_IN_DANGER}
TO_EVERYBODY = {Kind.HOLDING}
NOON, NIGHT = datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 11, 25, 2, tzinfo=UTC)


def scene_of(category, level, *, country="FR", age=Age.UNKNOWN, handle=HANDLE, now=NOON):
    """A crisis whose message is hidden, seen by Léa, who writes."""
    crisis = s.in_its_room(s.just_opened())
    crisis.category, crisis.level = category, level
    crisis.members = (Member("m1", handle, "forum", age, country),)
    hidden = replace(crisis.messages[0], standing=Standing.HIDDEN, standing_since=now, seen_at=now)
    crisis.messages = (hidden,)
    return replace(s.scene(crisis, "12:00", reader=s.LEA), now=now)


def draft_of(template, scene, routes):
    return written(prepared.filled(scene, template, routes), template.language)


def test_it_has_a_reply_in_both_languages_for_every_category():
    for category in data.categories():
        for language in ("fr", "en"):
            fits = [t for t in TEMPLATES.values() if category in t.categories and t.language == language]
            assert {Kind.REPLY, Kind.REASONS} <= {t.kind for t in fits}, category


def test_it_says_tu_and_vous_wherever_somebody_may_be_in_danger():
    for template in TEMPLATES.values():
        in_danger = IN_DANGER & set(template.categories) - {"threat"}
        if template.language == "fr" and template.register is Register.VOUS and template.id.endswith("vous"):
            assert in_danger
            assert template.id.removesuffix("vous") + "tu" in TEMPLATES
    assert {t.register for t in TEMPLATES.values() if t.language == "en"} == {None}


def test_it_has_a_receipt_wherever_one_is_due():
    for category in data.categories().values():
        due = category.at(Level.D2).receipt is not None
        kinds = {t.kind for t in TEMPLATES.values() if category.id in t.categories}
        assert (Kind.RECEIPT in kinds) >= due, category.id


def test_it_is_never_agreed_to_by_anybody():
    assert not [t.id for t in TEMPLATES.values() if t.agreement]


def test_it_never_puts_in_the_members_words():
    scene = scene_of("distress", Level.D2)
    for template in TEMPLATES.values():
        text = prepared.filled(scene, template, set(template.routes))
        assert s.WORDS not in text
        left = holes_left(text, prepared.all_holes(), HANDLE)
        asked = [
            prepared.hole(n, translator(template.language))
            for n in template.placeholders
            if n in BY_THE_WRITER
        ]
        assert set(left) >= set(asked)


def test_it_leaves_a_holding_statement_nothing_to_fill():
    for template in TEMPLATES.values():
        if template.kind is Kind.HOLDING:
            text = prepared.filled(scene_of(template.categories[0], None), template, {Route.PUBLIC_POST})
            assert holes_left(text, prepared.all_holes(), "") == ()
            assert "14:00" in text or "14 h" in text


def test_it_signs_with_a_first_name_a_part_and_the_community():
    text = draft_of(TEMPLATES["question-public-fr"], scene_of("question", None), {Route.PUBLIC_POST})
    assert text.endswith("\nLéa, modération, Forum Exemple")


def test_it_leaves_a_hole_for_a_pseudonym_that_nobody_knows():
    text = prepared.filled(
        scene_of("distress", Level.D2, handle=""), TEMPLATES["distress-d2-tu"], {Route.EMAIL}
    )
    assert text.startswith("Bonjour {pseudonyme},")


@cache
def without_reply_to():
    forum = replace(s.guide().plan.communities["forum"], reply_to=None)
    return replace(s.guide(), plan=replace(s.guide().plan, communities={"forum": forum}))


def test_it_wants_an_address_in_a_letter_alone():
    scene = replace(scene_of("distress", Level.D2), guide=without_reply_to())
    letter = prepared.filled(scene, TEMPLATES["distress-d2-tu"], {Route.LETTER})
    message = prepared.filled(scene, TEMPLATES["distress-d2-tu"], {Route.PRIVATE_MESSAGE})
    assert "{adresse où nous répondre}" in letter
    assert "écris-moi ici, en réponse à ce message." in message


def test_it_says_once_how_to_answer_a_text_that_goes_by_message_and_by_e_mail():
    scene = replace(scene_of("distress", Level.D2), guide=without_reply_to())
    both = prepared.filled(scene, TEMPLATES["distress-d2-tu"], {Route.EMAIL, Route.PRIVATE_MESSAGE})
    assert "écris-moi en réponse à ce message." in both
    assert "cet e-mail" not in both


def test_it_wants_that_address_where_a_letter_goes_too():
    scene = replace(scene_of("distress", Level.D2), guide=without_reply_to())
    both = prepared.filled(scene, TEMPLATES["distress-d2-tu"], {Route.LETTER, Route.PRIVATE_MESSAGE})
    assert "{adresse où nous répondre}" in both


def test_it_names_in_a_letter_what_answers_at_any_hour():
    scene = scene_of("distress", Level.D2, age=Age.UNDER_15)
    message = prepared.filled(scene, TEMPLATES["distress-d2-tu"], {Route.PRIVATE_MESSAGE})
    letter = prepared.filled(scene, TEMPLATES["distress-d2-tu"], {Route.LETTER})
    assert "Fil Santé Jeunes" in message
    assert "119" in letter
    assert "Fil Santé Jeunes" not in letter


def test_it_promises_no_hour_that_has_passed():
    scene = scene_of("question", None)
    template = TEMPLATES["receipt-public-fr"]
    assert "avant 17 h" in prepared.filled(scene, template, {Route.PUBLIC_POST})
    late = replace(scene, now=NOON + timedelta(hours=5))
    assert "{heure de notre réponse}" in prepared.filled(late, template, {Route.PUBLIC_POST})


def test_it_says_when_a_message_was_hidden_only_where_it_is():
    scene = scene_of("distress", Level.D2)
    template = TEMPLATES["reasons-distress-vous"]
    hidden = prepared.filled(scene, template, {Route.EMAIL}).replace("\xa0", " ")
    assert "masqué ce message le mardi 24 novembre à 13 h" in hidden
    online = replace(scene.crisis.messages[0], standing=Standing.ONLINE)
    scene.crisis.messages = (online,)
    assert "{quand il a été masqué}" in prepared.filled(scene, template, {Route.EMAIL})


@cache
def saying_tu():
    own = replace(TEMPLATES["distress-d2-vous"], title="Le nôtre")
    forum = replace(s.guide().plan.communities["forum"], register=Register.TU, templates=(own,))
    return replace(s.guide(), plan=replace(s.guide().plan, communities={"forum": forum}))


@pytest.mark.parametrize(
    ("level", "text", "rule", "register"),
    [
        (Level.D2, "je n'en peux plus", s.guide, Register.VOUS),
        (Level.D2, "je n'en peux plus", saying_tu, Register.TU),
        (Level.D1, "tu peux m'aider ?", s.guide, Register.TU),
        (Level.D0, "tu peux m'aider ?", s.guide, Register.VOUS),
        (Level.D1, "Cordialement", saying_tu, Register.VOUS),
    ],
)
def test_it_speaks_as_the_member_does_from_d1_on(level, text, rule, register):
    scene = replace(scene_of("distress", level), guide=rule())
    scene.crisis.messages = (replace(scene.crisis.messages[0], text=text),)
    assert start_from.register(scene) is register


def test_it_puts_the_communitys_own_in_the_place_of_the_starter_text():
    scene = replace(scene_of("distress", Level.D2), guide=saying_tu())
    scene.crisis.messages = (replace(scene.crisis.messages[0], text="Cordialement"),)
    titles = [each.title for each in start_from.offered(scene) if each.id == "distress-d2-vous"]
    assert titles == ["Le nôtre"]


def test_it_promises_what_the_follow_ups_keep():
    """Before the first word they count from it, at any hour; afterwards the next one has its day."""
    night = scene_of(
        "distress", Level.D3, now=NIGHT
    )  # the check of the evening comes before 24 hours are over
    assert "d'ici 24 heures" in prepared.filled(night, TEMPLATES["distress-d2-tu"], {Route.EMAIL})
    scene = scene_of("distress", Level.D3)
    assert "d'ici 24 heures" in prepared.filled(scene, TEMPLATES["distress-d2-tu"], {Route.EMAIL})
    first_member(scene.crisis, anchored_at=NOON)
    due = Reminder(ReminderKind.FOLLOW_UP, "x", 1, NOON + timedelta(days=3), scene.crisis.id)
    scene = replace(scene, planned=lambda: (due,))
    assert "d'ici vendredi 27 novembre" in prepared.filled(scene, TEMPLATES["distress-d2-tu"], {Route.EMAIL})


@pytest.mark.parametrize(
    ("days", "note"), [(1, "follow-up-day"), (3, "follow-up-days"), (20, "follow-up-weeks")]
)
def test_it_offers_the_note_of_the_day(days, note):
    """The reply went by e-mail at noon; a word is written so many days later."""
    scene = scene_of("distress", Level.D3, now=NOON + timedelta(days=days))
    first_member(scene.crisis, anchored_at=NOON)
    first = next(each for each in start_from.offered(scene) if each.kind is Kind.FOLLOW_UP)
    assert first.id == f"{note}-vous"


def test_it_shows_a_note_where_a_closed_crisis_takes_no_draft():
    scene = scene_of("distress", Level.D3, now=NOON + timedelta(days=20))
    first_member(scene.crisis, anchored_at=NOON)
    scene.crisis.status = CrisisStatus.CLOSED
    [note] = [block for block in write_word_card(scene).blocks if block.kind == "quote"]
    assert "vous ne me devez rien" in note.text
    assert "« {ses mots} »" in note.text
    scene.crisis.status = CrisisStatus.OPEN
    assert not [block for block in write_word_card(scene).blocks if block.kind == "quote"]


@given(st.text(alphabet="ab{}<>*_&|[]()signature said,eur", max_size=30) | st.text(max_size=60))
def test_it_takes_a_pseudonym_for_words_alone(handle):
    """Nothing in it is filled, and it fills nothing: the text is the plain one with the name in its place."""
    template = TEMPLATES["distress-public-en"]
    plain = prepared.filled(scene_of("distress", Level.D2, handle="X0X"), template, {Route.PUBLIC_POST})
    scene = scene_of("distress", Level.D2, handle=handle)
    shown = prepared.handle_of(scene) or "{pseudonym}"
    assert prepared.filled(scene, template, {Route.PUBLIC_POST}) == plain.replace("X0X", shown)


@given(st.dictionaries(st.sampled_from(sorted(HOLES)), st.text(max_size=20)))
def test_it_reads_nothing_of_what_it_puts_in(values):
    text = "{member} {said} {x}".replace("{x}", "{rule}")
    names = iter(re.findall(r"\{(\w+)\}", text))
    filled = fill(text, values, lambda name: f"<{name}>")
    assert filled == " ".join(values.get(name) or f"<{name}>" for name in names)


@pytest.mark.parametrize("handle", ["{ses mots}", "x{ses mots}y", "a", "mots", "{", ""])
def test_it_tells_a_hole_from_a_pseudonym_that_looks_like_one(handle):
    assert holes_left(f"Bonjour {handle}, « {{ses mots}} »", ["{ses mots}"], handle) == ("{ses mots}",)
    assert holes_left(f"Bonjour {handle}, « bien »", ["{ses mots}"], handle) == ()


def test_it_fills_every_hole_in_a_test():
    for language, words in WORDS.items():
        assert set(words) == set(BY_THE_WRITER), language
