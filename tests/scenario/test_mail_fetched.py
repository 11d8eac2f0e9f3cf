"""E-mails are taken from the mailbox once a minute, whatever breaks in between."""

import asyncio
from pathlib import Path

from structlog.testing import capture_logs

from adapters.email.arriving import arrived
from bot.addresses import KeptAddresses
from bot.data import SAMPLE_PLAN
from bot.domain.ids import Platform
from bot.fetching import TRIES, Fetcher
from bot.ports import Arrived, Unreachable
from bot.store import Conflict
from tests.rig.answers import answer
from tests.rig.core import Core, Inline
from tests.rig.memory import MemoryStore, MemoryUnitOfWork
from tests.rig.plain import plain
from tests.rig.post import Letterbox, Post
from tests.scenario.test_writing_back import BACK, US, answered, token, wrote

NINA = arrived(answer("Bonjour, je cherche de l'aide.", sender="nina@ailleurs.example"), US)


class Restarting(MemoryStore):
    """A database that is away while `away`."""

    away = False

    def write(self) -> MemoryUnitOfWork:
        if self.away:
            raise OSError("the database is away: " + BACK)
        return super().write()


class Raced(MemoryStore):
    """A database in which another writer comes first, so many times."""

    races = 0

    def write(self) -> MemoryUnitOfWork:
        if self.races:
            self.races -= 1
            raise Conflict
        return super().write()


def fetcher(core: Core, box: Letterbox) -> Fetcher:
    threads = Inline()
    kept = KeptAddresses(store=core.store, threads=threads, platform=Platform.WEB)
    return Fetcher(application=core.application, mailbox=box, kept=kept, threads=threads)


def without_its_community(core: Core, folder: Path) -> Core:
    """The same service under a plan that names the community of its crises no more."""
    plan = folder / "plan.yaml"
    plan.write_text(SAMPLE_PLAN.read_text("utf-8").replace("\n  forum:", "\n  autre:"), "utf-8")
    return Core(store=core.store, chat=core.chat, carrier=core.carrier, plan=plan)


async def test_it_looks_again_after_whatever_broke() -> None:
    core, box = Core(carrier=Post()), Letterbox()
    fetching = fetcher(core, box)
    box.mails, box.broken = [NINA], RuntimeError(BACK)
    with capture_logs() as logged:
        await fetching.look()
    assert not core.alerts()
    assert [line["event"] for line in logged] == ["look_failed"]
    assert "tourner" not in str(logged)
    await fetching.look()
    assert len(core.alerts()) == 1


async def test_it_waits_longer_each_time_that_the_server_is_away_up_to_a_minute() -> None:
    core, box = Core(carrier=Post()), Letterbox()
    fetching = fetcher(core, box)
    pauses = []
    for _look in range(7):
        box.broken = Unreachable("imap")
        pauses.append(await fetching.look())
    assert pauses == [2, 4, 8, 16, 32, 60, 60]
    assert await fetching.look() == 0


def test_it_lets_no_answer_wait_for_the_next_look_because_somebody_pressed_meanwhile() -> None:
    store = Raced()
    core, box = Core(store=store, carrier=Post()), Letterbox()
    crisis = answered(core)
    box.mails = [arrived(answer(BACK, token=token(core)), US)]
    store.races = 2
    assert asyncio.run(fetcher(core, box).look()) == 0
    assert len(wrote(core, crisis)) == 1


def test_it_loses_no_answer_while_the_database_is_away() -> None:
    store = Restarting()
    core, box = Core(store=store, carrier=Post()), Letterbox()
    crisis = answered(core)
    box.mails = [arrived(answer(BACK, token=token(core)), US)]
    fetching = fetcher(core, box)
    store.away = True
    with capture_logs() as logged:
        for _look in range(TRIES + 1):
            asyncio.run(fetching.look())
    assert "tourner" not in str(logged)
    store.away = False
    asyncio.run(fetching.look())
    asyncio.run(fetching.look())
    assert len(wrote(core, crisis)) == 1
    assert not core.alerts()


def test_it_lets_no_e_mail_hold_another_up(tmp_path: Path) -> None:
    core, box = Core(carrier=Post()), Letterbox()
    crisis = answered(core)
    box.mails = [arrived(answer(BACK, token=token(core)), US), NINA]
    narrower = without_its_community(core, tmp_path)
    fetching = fetcher(narrower, box)
    asyncio.run(fetching.look())
    assert len(narrower.alerts()) == 1
    for _look in range(TRIES):
        asyncio.run(fetching.look())
    assert not wrote(core, crisis)
    assert len(narrower.alerts()) == 2
    assert "durand" not in str(narrower.chat.said)


def test_it_passes_over_an_e_mail_that_the_server_does_not_give_out() -> None:
    core, box = Core(carrier=Post()), Letterbox()
    box.mails = [Arrived("mail:3f", "", (), "", "", withheld=True), NINA]
    fetching = fetcher(core, box)
    asyncio.run(fetching.look())
    assert len(core.alerts()) == 1
    for _look in range(TRIES):
        asyncio.run(fetching.look())
    core.settle()
    assert len(core.alerts()) == 2
    assert "refuse de livrer un e-mail" in "".join(plain(said.card) for said in core.chat.said.values())
    box.mails.append(arrived(answer("Encore moi.", sender="zoe@ailleurs.example"), US))
    asyncio.run(fetching.look())
    assert len(core.alerts()) == 3
