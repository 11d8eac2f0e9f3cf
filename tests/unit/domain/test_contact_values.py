"""Contacts in their one form, and what cards show of them."""

import pytest

from bot.domain.contact_values import masked, normal, whole
from bot.domain.contacts import Contact
from bot.domain.errors import Code, Refused
from bot.domain.states import Confidence, Means, Source
from tests.rig.samples import LEA, NIGHT

LETTER = "Iris Delorme\n12 rue des Tilleuls\n34000 Montpellier"


def contact(means, value):
    return Contact(1, means, value, Source.PROFILE, Confidence.SURE, LEA, NIGHT)


def refused(means, typed):
    with pytest.raises(Refused) as caught:
        normal(means, typed, country="FR")
    assert caught.value.field == "value"
    return caught.value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Iris.Delorme@Exemple.FR ", "Iris.Delorme@exemple.fr"),
        ("mailto:iris@exemple.fr", "iris@exemple.fr"),
        ("iris+forum@sous.exemple.co.uk", "iris+forum@sous.exemple.co.uk"),
        ("irène@hélice.example", "irène@hélice.example"),
        ("iris@xn--hlice-bsa.example", "iris@xn--hlice-bsa.example"),
        ("iris@exemple.xn--p1ai", "iris@exemple.xn--p1ai"),
    ],
)
def test_it_keeps_an_email_address(typed, kept):
    assert normal(Means.EMAIL, typed, country="FR") == kept


@pytest.mark.parametrize(
    "typed",
    [
        "iris",
        "iris@exemple",
        "@exemple.fr",
        "iris@@exemple.fr",
        "iris delorme@exemple.fr",
        ".iris@exemple.fr",
        "iris..d@exemple.fr",
        "iris@-exemple.fr",
        "iris@exemple..fr",
        "iris@127.0.0.1",
        "iris@exemple.fr, paul@exemple.fr",
        "iris@exemple.fr\nBcc: paul@exemple.fr",
        f"{'i' * 65}@exemple.fr",
        f"iris@{'a.' * 125}fr",
    ],
)
def test_it_refuses_what_is_no_email_address(typed):
    assert refused(Means.EMAIL, typed).code is Code.EMAIL_UNCLEAR


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("06 39 98 06 78", "FR", "+33639980678"),
        ("06.39.98.06.78", "FR", "+33639980678"),
        ("+33 6 39 98 06 78", "BE", "+33639980678"),
        ("0470 12 34 56", "BE", "+32470123456"),
        ("(514) 555-0123", "CA-QC", "+15145550123"),
    ],
)
def test_it_keeps_a_telephone_number(typed, country, kept):
    assert normal(Means.PHONE, typed, country=country) == kept


@pytest.mark.parametrize("typed", ["06 39 98 06", "15", "allô", "06 39 98 06 78 78 78"])
def test_it_refuses_what_is_no_telephone_number(typed):
    assert refused(Means.PHONE, typed).code is Code.PHONE_UNCLEAR


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (LETTER, "Iris Delorme\n12 rue des Tilleuls\n34000 MONTPELLIER"),
        ("  12  rue des Tilleuls \n\n 34000 Montpellier \n", "12 rue des Tilleuls\n34000 MONTPELLIER"),
        ("1 rue de l'Île\n35400 Saint-Malo", "1 rue de l'Île\n35400 SAINT MALO"),
        ("BP 12\n75800 Paris Cedex 08", "BP 12\n75800 PARIS CEDEX 08"),
        (f"{LETTER}\nFrance", "Iris Delorme\n12 rue des Tilleuls\n34000 MONTPELLIER"),
        (
            "Iris Delorme\nrue Haute 5\n1000 Bruxelles\nBelgique",
            "Iris Delorme\nrue Haute 5\n1000 Bruxelles\nBELGIQUE",
        ),
        ("5 High Street\nLondon SW1A 1AA\nUnited Kingdom", "5 High Street\nLondon SW1A 1AA\nUNITED KINGDOM"),
        ("a\nb\nc\nd\ne\n1000 Bruxelles\nBelgique", "a\nb\nc\nd\ne\n1000 Bruxelles\nBELGIQUE"),
    ],
)
def test_it_keeps_a_postal_address(typed, kept):
    assert normal(Means.ADDRESS, typed, country="FR") == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("34000 MONTPELLIER", Code.ADDRESS_LINES),
        ("a\nb\nc\nd\ne\nf\n34000 MONTPELLIER", Code.ADDRESS_LINES),
        ("a\nb\nc\nd\ne\nf\n1000 Bruxelles\nBelgique", Code.ADDRESS_LINES),
        (f"{'rue ' * 9}abc\n34000 MONTPELLIER", Code.ADDRESS_LINE_LONG),
        ("12, rue des Tilleuls\n34000 MONTPELLIER", Code.ADDRESS_MARKS),
        ("12 rue des Tilleuls\n34000 MONTPELLIER.", Code.ADDRESS_MARKS),
        ("12 rue des Tilleuls\nMONTPELLIER", Code.ADDRESS_END),
        ("12 rue des Tilleuls\n3400 MONTPELLIER", Code.ADDRESS_END),
        ("12 rue des Tilleuls\n34000", Code.ADDRESS_END),
    ],
)
def test_it_says_what_a_letter_does_not_take(typed, code):
    assert refused(Means.ADDRESS, typed).code is code


def test_it_takes_a_line_of_exactly_38_signs():
    street = "a" * 38
    assert normal(Means.ADDRESS, f"{street}\n34000 X", country="FR") == f"{street}\n34000 X"
    assert refused(Means.ADDRESS, f"{street}a\n34000 X").params == {"line": 1, "length": 39, "limit": 38}


@pytest.mark.parametrize("means", Means)
def test_it_refuses_a_contact_that_cannot_be_seen(means):
    assert refused(means, " \u200b \n ").code is Code.REQUIRED


def test_it_keeps_another_account_on_one_line():
    assert normal(Means.ACCOUNT, " @iris\n sur Exemple ", country="FR") == "@iris sur Exemple"
    assert refused(Means.ACCOUNT, "a" * 201).code is Code.TEXT_TOO_LONG


@pytest.mark.parametrize(
    ("means", "value", "shown"),
    [
        (Means.EMAIL, "iris.delorme@exemple.fr", "i…@e….fr"),
        (Means.PHONE, "+33639980678", "06 •• •• •• 78"),
        (Means.PHONE, "+32470123456", "+32 ••• •• •• 56"),
        (Means.ADDRESS, "Iris Delorme\n12 rue des Tilleuls\n34000 MONTPELLIER", "MONTPELLIER"),
        (Means.ADDRESS, "rue Haute 5\n1000 Bruxelles\nBELGIQUE", "BELGIQUE"),
        (Means.ACCOUNT, "https://exemple.example/u/iris", "exemple.example"),
        (Means.ACCOUNT, "@iris sur Exemple", "@…"),
    ],
)
def test_it_masks_a_contact(means, value, shown):
    assert masked(contact(means, value)) == shown


def test_it_reads_a_number_out_as_people_dial_it():
    assert whole(contact(Means.PHONE, "+33639980678")) == "06 39 98 06 78"
    assert whole(contact(Means.PHONE, "+32470123456")) == "+32 470 12 34 56"
    assert whole(contact(Means.EMAIL, "iris@exemple.fr")) == "iris@exemple.fr"
