"""An e-mail did not reach the member: the way that comes next, and its button."""

from bot.cards import MAX_BUTTONS, Action, Button, Style
from bot.domain import reaching, sending
from bot.domain.sending import Dispatch
from bot.domain.states import Route
from bot.domain.subjects import route_subject
from bot.domain.verbs import Verb
from bot.views.buttons import ALSO_BY, SENT_BY, button
from bot.views.letter import letter_buttons
from bot.views.lines import ROUTES
from bot.views.scene import Scene


def next_way(scene: Scene, draft: int) -> str:
    """Another address, then the ways of the same text that wait, then those that a contact opens."""
    _, crisis = scene._, scene.crisis
    if reaching.untried(crisis, crisis.draft(draft).member):
        return _("Next: another address that is known.")
    ways = (*_waiting(scene, draft), *sending.ways_to_add(crisis, draft), *_privately(scene, draft))
    if ways:
        return _("Next: {route}.", route=_(ROUTES[ways[0]]))
    return _("No other way is known.")


def next_ways(scene: Scene, refused: Dispatch) -> tuple[Button, ...]:
    """One a way, the next first; last the same address again, which may take it later."""
    _, crisis, number = scene._, scene.crisis, refused.draft
    revision = crisis.draft(number).current.number

    def way(label: str, verb: Verb, route: Route, style: Style = Style.PLAIN) -> Button:
        return Button(label, Action(verb, route_subject(crisis, number, route), revision), style)

    def by_hand(route: Route) -> Button:
        if route is Route.LETTER:
            return letter_buttons(scene, crisis.draft(number), Style.PLAIN)[0]
        return way(_(SENT_BY[route]), Verb.DISPATCH, route)

    mail = way(_("Send the e-mail…"), Verb.MAIL, Route.EMAIL)
    if reaching.untried(crisis, crisis.draft(number).member):
        mail = way(_("Another address…"), Verb.MAIL, Route.EMAIL, Style.PRIMARY)
    others = (
        *(by_hand(each) for each in _waiting(scene, number)),
        *(way(_(ALSO_BY[each]), Verb.ADD_ROUTE, each) for each in sending.ways_to_add(crisis, number)),
        *(way(_(SENT_BY[each]), Verb.DISPATCH, each) for each in _privately(scene, number)),
        button(Verb.PUBLIC_WORD, crisis.id, _),
    )
    known = (mail, *others) if mail.style is Style.PRIMARY else (*others, mail)
    return known[:MAX_BUTTONS]


def _waiting(scene: Scene, draft: int) -> tuple[Route, ...]:
    """The other ways of the same text that nobody has used yet."""
    waiting = (d for d in sending.waiting(scene.crisis) if d.draft == draft)
    return tuple(d.route for d in waiting if d.route is not Route.EMAIL)


def _privately(scene: Scene, draft: int) -> tuple[Route, ...]:
    """The private message that nobody had planned."""
    planned = {d.route for d in scene.crisis.dispatches if d.draft == draft}
    may = Route.PRIVATE_MESSAGE not in planned and sending.may_write_privately(scene.crisis, draft)
    return (Route.PRIVATE_MESSAGE,) if may else ()
