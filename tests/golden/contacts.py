"""How the member can be reached."""

from bot.domain import contacts, emergency
from bot.domain.roster import Role
from bot.domain.states import Confidence, Means, Source
from bot.views import brief, contact_forms, drafts
from bot.views import contacts as views
from bot.views import emergency as emergencies
from tests.golden.gallery import shown
from tests.rig import scenes as s

EMAIL, PHONE = "iris.delorme@exemple.fr", "+33639980678"
ADDRESS = "IRIS DELORME\n12 RUE DES TILLEULS\n34000 MONTPELLIER"


def _searched():
    crisis = s.called()
    contacts.ask_search(crisis, role=Role.MODERATOR, at=s.at("03:10"))
    return crisis


def _add(crisis, means, value, clock, *, confidence=Confidence.LIKELY, source=Source.CLIENT_FILE):
    contacts.add(
        crisis, means=means, value=value, source=source, confidence=confidence, by=s.LEA, at=s.at(clock)
    )


def _found():
    crisis = _searched()
    _add(crisis, Means.EMAIL, EMAIL, "03:19")
    _add(crisis, Means.PHONE, PHONE, "03:20", confidence=Confidence.SURE)
    _add(crisis, Means.ADDRESS, ADDRESS, "03:21", confidence=Confidence.DOUBTFUL, source=Source.PROFILE)
    return crisis


@shown
def contacts_to_whoever_looks(locale):
    return views.contacts_card(s.scene(_searched(), "03:18", locale=locale, reader=s.LEA))


@shown
def contacts_masked(locale):
    crisis = _found()
    reason = "L'e-mail est revenu."
    contacts.mark_wrong(crisis, 1, reason=reason, by=s.LEA, at=s.at("03:24"))
    return views.contacts_card(s.scene(crisis, "03:30", locale=locale, reader=s.NOE))


@shown
def contacts_whole(locale):
    crisis = _found()
    scene = s.scene(crisis, "03:22", locale=locale, reader=s.LEA)
    return views.shown_card(scene, contacts.usable(crisis))


@shown
def contacts_said_again_in_the_room(locale):
    crisis = _found()
    contacts.overdue(crisis, step=contacts.MANAGERS, at=s.at("03:35"))
    return views.contacts_card(s.scene(crisis, "03:35", locale=locale), step=contacts.MANAGERS)


@shown
def contacts_nothing_found(locale):
    crisis = _searched()
    contacts.end_search(crisis, reason="Compte sans adresse.", by=s.LEA, at=s.at("03:22"))
    return views.contacts_card(s.scene(crisis, "03:30", locale=locale, reader=s.LEA))


@shown
def brief_with_contacts(locale):
    crisis = _searched()
    _add(crisis, Means.EMAIL, EMAIL, "03:19")
    return brief.brief_card(s.scene(crisis, "03:21", locale=locale))


@shown
def draft_sent_that_could_go_by_letter_too(locale):
    crisis = s.half_sent()
    _add(crisis, Means.ADDRESS, ADDRESS, "03:29")
    return drafts.draft_card(s.scene(crisis, "03:30", locale=locale), draft=crisis.draft(1))


@shown
def contact_add_form(locale):
    return contact_forms.add_form(s.scene(_searched(), "03:18", locale=locale, reader=s.LEA))


@shown
def contact_wrong_form(locale):
    return contact_forms.wrong_form(s.scene(_found(), "03:24", locale=locale, reader=s.LEA))


@shown
def contact_search_end_form(locale):
    return contact_forms.end_form(s.scene(_found(), "03:24", locale=locale, reader=s.LEA))


@shown
def contact_nothing_found_form(locale):
    return contact_forms.end_form(s.scene(_searched(), "03:24", locale=locale, reader=s.LEA))


@shown
def emergency_sheet_with_contacts(locale):
    crisis = _found()
    emergency.declare(crisis, by=s.LEA, at=s.at("03:25"))
    return emergencies.emergency_sheet(s.scene(crisis, "03:25", locale=locale, reader=s.LEA))
