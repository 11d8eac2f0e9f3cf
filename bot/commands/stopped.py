"""What stops a command: a sentence, never a traceback."""

from bot.storage.engine import DatabaseError, driver_says
from bot.texts import N_, Translator

_DATABASE = N_("The database cannot be used: {reason}. Check DATABASE_URL, and that the database runs.")


class Stopped(Exception):
    """The command cannot go on. `sentence` is an English msgid with its parameters."""

    def __init__(self, sentence: str, **params: str) -> None:
        super().__init__(sentence)
        self._sentence = sentence
        self._params = params

    def sentences(self, _: Translator) -> tuple[str, ...]:
        return (_(self._sentence, **self._params),)


def database_stopped(error: DatabaseError) -> Stopped:
    return Stopped(_DATABASE, reason=driver_says(error))
