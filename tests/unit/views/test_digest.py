"""The morning page: short, ordered, and about nobody's name."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.cards import Actions, Text
from bot.domain import cell, course, drafts, watch
from bot.domain.ids import CrisisId, Platform
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.domain.states import AskedAs, ReminderStatus, Route
from bot.views.digest import DigestInput, digest_card
from tests.rig import scenes as s
from tests.rig.plain import plain

NOW = s.at("08:30")
LINES = 15


def page(crises, **more):
    known = {"person": s.HELENE, "at": NOW, "now": NOW, "communities": ["forum", "club"]}
    return digest_card(
        DigestInput(crises=crises, **{**known, **more}), guide=s.guide(), platform=Platform.SLACK
    )


def lines(card):
    texts = [block.text for block in card.blocks if isinstance(block, Text)]
    return [card.title, *"\n".join(texts).replace("\u00a0", " ").split("\n")]


def night(number, stage=s.replied, **more):
    crisis = stage()
    crisis.id, crisis.number = CrisisId(f"{number:016x}"), f"2026-{number:03}"
    for name, value in more.items():
        setattr(crisis, name, value)
    return crisis


STAGES = (s.alarm, s.called, s.in_review, s.approved, s.released, s.replied, s.angry_customer)


@st.composite
def entries(draw):
    crisis = night(draw(st.integers(1, 999)), draw(st.sampled_from(STAGES)))
    crisis.level = draw(st.sampled_from([None, *Level]))
    crisis.severity = draw(st.integers(1, 4))
    crisis.opened_at = NOW - timedelta(hours=draw(st.integers(1, 2000)))
    if draw(st.booleans()):
        course.close(
            crisis,
            by=s.LEA,
            reason="close",
            despite_waiting="close",
            at=NOW - timedelta(hours=draw(st.integers(0, 100))),
        )
    statuses = st.sampled_from([ReminderStatus.PLANNED, ReminderStatus.DUE, ReminderStatus.DONE])
    rows = [
        s.follow_up(crisis, n, NOW + timedelta(hours=draw(st.integers(-100, 100))), draw(statuses))
        for n in range(1, draw(st.integers(0, 3)) + 1)
    ]
    return crisis, rows


@given(
    crises=st.lists(entries(), max_size=12),
    missed=st.lists(st.dates(date(2026, 1, 1), date(2026, 11, 23)), max_size=30),
    late=st.booleans(),
)
def test_it_is_never_longer_than_fifteen_lines_nor_names_a_member(crises, missed, late):
    card = page(crises, missed_days=missed, late_because_down=late)
    assert len(lines(card)) <= LINES
    said = plain(card)
    assert s.HANDLE not in said
    assert s.WORDS not in said
    assert sum(len(block.buttons) for block in card.blocks if isinstance(block, Actions)) <= 5


def test_it_puts_an_alarm_without_a_call_before_all_others():
    late = night(9, level=Level.D3)
    card = page([(late, [s.follow_up(late, 1, s.at("06:00"))]), (night(14, s.alarm), [])])
    people = lines(card)[2:4]
    assert [line[:8] for line in people] == ["2026-014", "2026-009"]
    assert "AUCUN APPEL NOTÉ" in people[0]


def test_it_counts_what_it_leaves_out():
    crises: list = [(night(number), []) for number in range(1, 8)]
    said = lines(page(crises))
    assert said[5] == "et 4 autres : /crisis liste"


def test_it_is_one_line_after_a_quiet_night():
    assert lines(page([]))[1:] == ["Nuit calme : rien d'ouvert, rien en retard."]


def test_it_leaves_out_other_clients_and_drills():
    elsewhere, drill = night(3, community="club"), night(4, drill=True)
    assert "2026-003" not in plain(page([(elsewhere, [])], communities=["forum"]))
    assert "2026-004" not in plain(page([(drill, [])]))


def test_it_gives_a_manager_what_they_alone_decide():
    crisis = night(12, s.angry_customer, category="threat")
    cell.ask(crisis, person=s.HELENE, role=Role.DIRECTOR, asked_as=AskedAs.HOLDER, at=s.at("10:03"))
    drafts.propose(crisis, text="…", routes=(Route.EMAIL,), by=s.INES, at=s.at("10:12"))
    assert "2026-012 Forum Exemple, gravité 2 : votre décision sur une réponse." in lines(
        page([(crisis, [])])
    )
    assert "votre décision" not in plain(page([(crisis, [])], person=s.CLAIRE))


def test_it_tells_a_late_page_and_the_days_without_one():
    card = page([], now=s.at("09:12"), late_because_down=True, missed_days=[date(2026, 11, 23)])
    said = lines(card)
    assert said[1:3] == ["Envoyé à 09:12 au lieu de 08:30 : service arrêté.", "Pas de point : 23 novembre."]


def test_it_asks_for_a_second_opinion_only_while_it_counts():
    crisis = night(14)
    watch.stop(
        crisis,
        level=crisis.level,
        by=s.LEA,
        reason="va mieux",
        asked_by_member=False,
        at=NOW - timedelta(hours=24),
    )
    said = "Léa demande un deuxième avis."
    assert said in plain(page([(crisis, [])]))
    assert said not in plain(page([(crisis, [])], now=NOW + timedelta(minutes=1)))
    assert said not in plain(page([(crisis, [])], person=s.LEA))


def test_it_counts_the_missed_days_when_they_are_many():
    card = page([], missed_days=[date(2026, 11, day) for day in range(20, 24)])
    assert lines(card)[1] == "Pas de point pendant 4 jours, le dernier manqué le 23 novembre."
