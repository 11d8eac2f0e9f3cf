"""What the browser room says when it cannot do what a request asks. Nothing in it comes from the request."""

from bot.texts import N_

UNKNOWN_HOST = N_("This address is not the one that Cellule is set up for.")
NOTHING_HERE = N_("There is nothing here, or it is not yours to see.")
UNREADABLE = N_("What your browser sent could not be read. Reload the page, then try again.")
TOO_LONG = N_("This is too long to be sent. Shorten it, then try again.")
NOT_FROM_US = N_(
    "This did not come from a page of ours, or the page is too old. "
    "Copy what you were writing, reload the page, then try again."
)
UNKNOWN_ACTION = N_("This button does not exist, or no longer. Reload the page.")
ENDED = N_("Your visit has ended. Copy what you were writing, then come in again with a new personal link.")
LINK_USED = N_("This link has already been used, or is too old. Ask for a new one.")
NO_LETTER = N_(
    "There is no letter here for you, or its hour is over. Press “Make the letter…” on the card of the reply."
)
UNPRINTABLE = N_("No letter can be made of this text: its font lacks a sign. Copy the text by hand.")
GUEST_LINK_OVER = N_(
    "This link opens nothing any more: ask whoever invited you for a new one, by telephone. "
    "Three days after it was made, and when the crisis closes, a link ends."
)
NO_CODE = N_("The code has six digits: it stands in the e-mail.")
WRONG_CODE = N_("This is not the code of the last e-mail. Look again, and type it once more.")
CODE_SPENT = N_("This code counts no more: ask for another one below.")
TOO_MANY_CODES = N_(
    "Three codes were sent within the hour. Use the newest, wait, or ask whoever invited you for a new link."
)
BROKEN = N_(
    "Something broke on our side, and your request may not have been done. Try again. "
    "If someone is in danger, call 112 now: do not wait for this page."
)


class Problem(Exception):
    """A request that gets a sentence instead of a page. `status` is the HTTP status, 400 or above."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(status)
        self.status = status
        self.sentence = sentence
