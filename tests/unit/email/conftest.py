"""A mailbox as Cellule reads it, closed afterwards."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Protocol

import pytest

from adapters.email.mailbox import ImapMailbox, Patience
from bot.postbox import Postbox, Sender

US = Sender("Forum Exemple", "aide", "exemple.fr")


class Opens(Protocol):
    def __call__(self, postbox: Postbox, patience: Patience = ..., /) -> ImapMailbox: ...


@pytest.fixture
def opens() -> Iterator[Opens]:
    with ExitStack() as stack:

        def one(postbox: Postbox, patience: Patience = Patience(), /) -> ImapMailbox:  # noqa: B008
            box = ImapMailbox(postbox, US, patience)
            stack.callback(box.close)
            return box

        yield one
