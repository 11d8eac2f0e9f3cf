"""What stops a command: a sentence, never a traceback."""

from bot.texts import Translator


class Stopped(Exception):
    """The command cannot go on. `sentence` is an English msgid with its parameters."""

    def __init__(self, sentence: str, **params: str) -> None:
        super().__init__(sentence)
        self._sentence = sentence
        self._params = params

    def sentences(self, _: Translator) -> tuple[str, ...]:
        return (_(self._sentence, **self._params),)
