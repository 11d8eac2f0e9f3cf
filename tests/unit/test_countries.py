"""From which country somebody perhaps writes."""

import pytest

from bot.countries import hint


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("rappelez-moi au +32 470 00 00 00", ("BE",)),
        ("mon numéro : 0041 79 000 00 00", ("CH",)),
        ("call me, +1 514 555 0100", ("CA-QC",)),
        ("j'ai appelé le 3114 et personne ne répond", ("FR",)),
        ("j'ai appelé le 3114, rappelez-moi au +32 470 00 00 00", ("BE",)),
        ("I called 988 last night", ("CA", "US")),
        ("called 988, nobody in Quebec understands", ("CA-QC",)),
        ("je suis seule à Bruxelles", ("BE",)),
        ("j'ai nonante ans et je suis fatigué", ("BE", "CH")),
        ("mum says my favourite colour is grey", None),
        ("dans ma vie au Québec rien ne va", ("CA-QC",)),
        ("je suis fatigué de tout", None),
        ("101 raisons de rester", None),
    ],
)
def test_it_hints_at_a_country_by_what_the_text_says(text, countries):
    found = hint(text)
    assert (found and found.countries) == countries


def test_it_marks_what_made_it_think_so():
    text = "rappelez-moi au +32 470 00 00 00 svp"
    found = hint(text)
    assert found is not None
    assert text[found.start : found.end] == "+32 470 00 00 00"
    assert (found.why.fr, found.why.en) == ("numéro de téléphone en +32", "telephone number with +32")


def test_it_takes_the_known_country_among_several():
    assert hint("j'ai appelé le 112") is None
    found = hint("j'ai appelé le 112", country="BE")
    assert found is not None
    assert found.countries == ("BE",)


def test_it_believes_the_text_before_what_is_known_and_before_the_site():
    found = hint("je suis à Liège, +32 470 00 00 00", link="https://forum.exemple.fr/1", country="FR")
    assert found is not None
    assert found.countries == ("BE",)


def test_it_takes_the_site_where_the_text_says_nothing():
    found = hint("je suis fatigué", link="https://forum.exemple.be:8443/sujet")
    assert found is not None
    assert (found.countries, found.start, found.end) == (("BE",), 0, 0)
    assert found.why.fr == "le message est sur un site en .be"
