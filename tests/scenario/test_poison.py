"""One row that cannot be written down holds no other up."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.domain.ids import CrisisId, PersonId, Platform
from bot.ports import DirectPlace
from bot.store import CardKind, Outgoing, Task
from tests.rig.service import slack_rig


async def test_it_sends_the_rest_when_one_outcome_cannot_be_recorded(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        now = rig.clock()
        page = Outgoing(
            id=0,
            task=Task.CARD,
            kind=CardKind.DIGEST,
            platform=Platform.SLACK,
            subject="helene",
            ordinal=now.toordinal(),
            place=DirectPlace(Platform.SLACK, PersonId("helene")),
            lane="digest:helene",
            text=f"{now.isoformat()} {now.date().isoformat()}",
            at=now,
        )
        nowhere = replace(
            page, task=Task.ARCHIVE, kind=None, place=None, lane="", text="", crisis=CrisisId("f" * 16)
        )
        with rig.service.application.store.write() as uow:
            uow.outbox.put([nowhere, page])
            uow.commit()
        await rig.service.relay.drain()
        assert any("Bonjour" in rig.user("helene").reads(m) for m in rig.user("helene").direct_messages())
        rig.clock.ahead += timedelta(seconds=6)
        assert rig.undelivered()
