"""A crisis in which somebody looks for how the member can be reached."""

from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import contacts
from bot.domain.ids import CrisisId
from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from bot.interactions import FormSubmission
from tests.rig.core import Core, actor, fresh_key
from tests.rig.plain import plain
from tests.rig.reading import plain as typed

EMAIL, PHONE = "iris.delorme@exemple.fr", "06 39 98 06 78"
ADDRESS = "Iris Delorme\n12 rue des Tilleuls\n34000 Montpellier"
SEARCH = "recherche en cours"


def begun(**opening: str) -> tuple[Core, CrisisId]:
    core = Core()
    return core, core.opens(**opening)


def all_here() -> tuple[Core, CrisisId]:
    """The same once everybody who was called has come: nobody else is called for them."""
    core, crisis = begun()
    for who in ("claire", "farid", "denis", "noe"):
        core.press(who, Verb.TAKE_UP, crisis)
    return core, crisis


def add(core: Core, crisis: CrisisId, value: str = EMAIL, **changes: str) -> str | None:
    answer = filling(core, crisis, {"value": value} | changes)
    core.deliver()
    return answer.code


def filling(core: Core, crisis: CrisisId, changes: Mapping[str, str]) -> Answer:
    given = {"means": "email", "source": "client_file", "confidence": "likely", **changes}
    return core.ask(FormSubmission(fresh_key(), actor("lea"), Action(Verb.CONTACT_ADD, crisis), given))


def happened(core: Core, crisis: CrisisId, kind: type) -> list:
    with core.store.read() as uow:
        return [entry.event for entry in uow.journal.of(crisis) if isinstance(entry.event, kind)]


def in_rooms(core: Core) -> str:
    """What stands there now."""
    return typed("\n".join(plain(said.card) for said in core.chat.in_rooms()))


def read_by(core: Core, who: str) -> str:
    return typed("\n".join(plain(said.card) for said in core.chat.read_by(who)))


def searching(core: Core, crisis: CrisisId) -> bool:
    return contacts.under_way(core.crisis(crisis)) is not None


def released() -> tuple[Core, CrisisId]:
    """A reply that has gone by private message, before anybody had found an address."""
    core, crisis = begun()
    core.fill("lea", Verb.DRAFT, crisis, text="Bonjour.", routes="private_message")
    core.press("noe", Verb.APPROVE, f"{crisis}.d1", 1)
    assert core.press("lea", Verb.RELEASE, f"{crisis}.d1", 1).code is None
    core.fill("lea", Verb.DISPATCH, f"{crisis}.d1.private_message", note="lu")
    assert core.crisis(crisis).status is CrisisStatus.REPLIED
    core.deliver()
    return core, crisis
