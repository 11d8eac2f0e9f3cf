"""Countries by their names."""

from babel import Locale

from bot.texts import Translator


def country_name(country: str, _: Translator) -> str:
    """`France` for `FR`; a code that nobody knows stays as it is. A region, `CA-QC`, goes by its country."""
    code = country.partition("-")[0]
    name: str = Locale.parse(_.locale).territories.get(code, country)
    return name
