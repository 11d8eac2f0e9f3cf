"""The files of facts: read once, anew when asked; a broken one changes nothing."""

import json

import pytest

from bot import checking, data
from bot.data.files import DataError, DataFile
from bot.domain.categories import parse_categories
from bot.texts import translator


def said(error: DataError) -> str:
    return " ".join(error.sentences(translator("en")))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "categories.json"
    path.write_text(data.categories.path.read_text("utf-8"), "utf-8")
    return DataFile(path, parse_categories, ids=set)


def edited(file, change) -> None:
    entries = json.loads(file.path.read_text("utf-8"))
    change(entries)
    file.path.write_text(json.dumps(entries), "utf-8")


def test_it_takes_over_what_was_edited_once_it_is_read_anew(file):
    assert file()["spam"].label.fr == data.categories()["spam"].label.fr

    def change(entries):
        next(each for each in entries["categories"] if each["id"] == "spam")["label"]["fr"] = "réclame"

    edited(file, change)
    assert file()["spam"].label.fr != "réclame"
    file.read_anew()
    assert file()["spam"].label.fr == "réclame"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda entries: entries["categories"].pop(), "categories.json: praise missing."),
        (lambda entries: entries["categories"][0].pop("label"), "categories.json: label missing."),
        (lambda entries: entries["categories"][0].update(keep_online="perhaps"), "a value cannot be used"),
        (lambda entries: entries.update(categories=3), "a value cannot be used"),
    ],
)
def test_it_keeps_what_it_read_before_and_says_what_is_wrong(file, change, told):
    before = file()
    edited(file, change)
    with pytest.raises(DataError) as raised:
        file.read_anew()
    assert told in said(raised.value)
    assert file() is before


def test_it_names_the_line_where_it_is_not_json(file):
    file.path.write_text('{\n "categories": [\n ,', "utf-8")
    with pytest.raises(DataError) as raised:
        file()
    assert said(raised.value).startswith("categories.json, line 3: this is not JSON")


def test_it_says_that_a_file_is_gone(file):
    file.path.unlink()
    with pytest.raises(DataError, match="categories"):
        file()


def test_it_reads_all_that_comes_with_cellule_and_forgets_what_was_made_of_it():
    checking.read_up()
    templates, numbers = data.starter_templates(), data.help_lines()
    assert data.read_anew() == ()
    assert data.starter_templates() is not templates
    assert data.help_lines() is not numbers
