"""What only a real browser can tell: keys, dialogs, live changes, sizes."""

import asyncio
import re
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.cards import Action, Actions, Answer, Button, Card, Text, Tone
from bot.domain.ids import Platform, RoomRef
from bot.domain.verbs import Verb
from bot.ports import DirectPlace, RoomPlace
from tests.rig.browser import PATIENCE, served
from tests.rig.web_board import LEA, NIGHT, web_rig
from tests.rig.web_cards import ROOM
from tests.rig.web_samples import furnish

pytestmark = pytest.mark.asyncio(loop_scope="session")

HERE = RoomPlace(Platform.WEB, ROOM)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def night():
    rig = web_rig()
    furnish(rig)
    return rig


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser_page, night):
    """Léa, in the room."""
    async with served(night.app) as address:
        name, value = night.cookie(LEA)
        await browser_page.context.add_cookies([{"name": name, "value": value, "url": address}])
        async with browser_page.expect_response("**/fragments/**"):  # the stream is open, the page up to date
            await browser_page.goto(f"{address}/c/{ROOM}")
        yield browser_page
        await browser_page.goto("about:blank")  # ends its event stream


def presses(night, verb):
    return [seen for seen in night.core.seen if getattr(seen, "action", None) and seen.action.verb is verb]


async def until(condition):
    """Wait for what must come."""
    async with asyncio.timeout(PATIENCE / 1000):
        while not condition():  # noqa: ASYNC110  (the server knows of no event of ours)
            await asyncio.sleep(0.01)


async def show(night, card, *, place=HERE, mark="new", minutes=30):
    night.board.put(place, card, mark=mark, at=NIGHT + timedelta(minutes=minutes), brief=mark == "s1")
    await night.web.gateway.post(place, card, mark=mark)


async def test_it_opens_a_form_by_key_and_gives_the_focus_back(page):
    opener = page.get_by_role("button", name="Ouvrir une crise")
    await opener.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Ouvrir une crise")).to_be_visible()
    assert await page.evaluate("document.querySelector('#answer').contains(document.activeElement)")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(opener).to_be_focused()


async def test_it_reaches_help_within_four_tabs(page):
    reached = []
    for _ in range(4):
        await page.keyboard.press("Tab")
        reached.append(await page.evaluate("document.activeElement.textContent.trim()"))
    assert reached == ["Aller au contenu", "Cellule", "Vie en danger", "Ouvrir une crise"]


async def test_it_skips_the_top_by_key(page):
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#main")).to_be_focused()


async def test_it_keeps_the_focus_inside_a_dialog(page):
    await page.get_by_role("button", name="Ouvrir une crise").click()
    await page.locator("#dialog-form").wait_for()
    for _ in range(14):
        await page.keyboard.press("Tab")
        inside = (
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )
        assert await page.evaluate(inside)


async def test_it_asks_before_it_loses_what_was_typed(page):
    await page.get_by_role("button", name="Ouvrir une crise").click()
    await page.get_by_label("Le message").first.fill("Je tape encore")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Fermer sans envoyer ?")).to_be_visible()
    await page.get_by_role("button", name="Continuer à écrire").click()
    await expect(page.get_by_label("Le message").first).to_have_value("Je tape encore")
    await page.get_by_role("button", name="Annuler").click()
    await page.get_by_role("button", name="Fermer quand même").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_it_asks_once_more_in_its_own_dialog_and_takes_no_for_an_answer(page, night):
    approve = page.locator("#card-s3").get_by_role("button", name="Approuver la version 2")
    for key, count in (("Escape", 0), ("Enter", 0)):
        await approve.click()
        dialog = page.get_by_role("dialog", name="Approuver la version 2 ?")
        await expect(dialog).to_contain_text("Votre accord vaut pour ce texte exactement.")
        await expect(page.get_by_role("button", name="Relire encore")).to_be_focused()
        await page.keyboard.press(key)
        await expect(dialog).to_be_hidden()
        assert len(presses(night, Verb.APPROVE)) == count
    await approve.click()
    await page.get_by_role("button", name="J’approuve").click()
    await until(lambda: presses(night, Verb.APPROVE))
    [press] = presses(night, Verb.APPROVE)
    assert press.action == Action(Verb.APPROVE, "5f0c9a1e7b3d2468.d1", 2)
    await expect(page.locator("#said")).to_have_text("C'est fait.")


async def test_it_counts_a_double_click_once_and_a_later_press_again(page, night):
    come = page.locator("#card-s1").get_by_role("button", name="J’arrive")
    await come.dblclick()
    await expect(page.locator("#said")).to_have_text("C'est fait.")
    assert len(presses(night, Verb.TAKE_UP)) == 1
    await come.click()
    await until(lambda: len(presses(night, Verb.TAKE_UP)) == 2)


async def test_it_drops_the_second_click_of_a_slow_double_click(page, night):
    await page.locator("#card-s1").get_by_role("button", name="J’arrive").hover()
    for click in (1, 2):
        await page.mouse.down(click_count=click)
        await page.mouse.up(click_count=click)
        await expect(page.locator("#said")).to_have_text("C'est fait.")
    await page.keyboard.press("Enter")  # the button has the focus: a press that is meant
    await until(lambda: len(presses(night, Verb.TAKE_UP)) == 2)
    await expect(page.locator("#said")).to_have_text("C'est fait.")
    assert len(presses(night, Verb.TAKE_UP)) == 2


async def test_it_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(page, night):
    opening = night.core.script[Verb.OPEN]

    def answer(asked):
        if hasattr(asked, "values"):
            return Answer(errors={"link": "Un message ou un lien."}, code="message_or_link")
        return opening(asked)

    night.core.script[Verb.OPEN] = answer
    await page.get_by_role("button", name="Ouvrir une crise").click()
    await page.get_by_label("Quelqu’un est en danger").check()
    await page.get_by_label("Le message").first.fill("Bonsoir")
    await page.get_by_role("button", name="Ouvrir", exact=True).click()
    link = page.get_by_label("Le lien du message")
    await expect(page.locator("#error-link")).to_have_text("Un message ou un lien.")
    await expect(link).to_have_attribute("aria-invalid", "true")
    await expect(link).to_be_focused()
    await expect(page.locator("#notice")).to_contain_text("Pas encore envoyé")
    await expect(page.get_by_label("Le message").first).to_have_value("Bonsoir")
    night.core.script[Verb.OPEN] = lambda _: Answer(card=Card("s", "La crise 2026-015 est ouverte", ()))
    await page.get_by_role("button", name="Ouvrir", exact=True).click()
    await expect(page.get_by_role("dialog", name="La crise 2026-015 est ouverte")).to_be_visible()


async def test_it_keeps_what_was_typed_when_the_connection_fails_and_sends_it_once(page, night):
    await page.get_by_role("button", name="Ouvrir une crise").click()
    await page.get_by_label("Colère, image de marque").check()
    night.core.script[Verb.OPEN] = lambda _: Answer()
    first = []

    async def cut(route):
        first.append(route.request.post_data)
        await route.abort()

    await page.route("**/form", cut)
    await page.get_by_role("button", name="Ouvrir", exact=True).click()
    await expect(page.locator("#notice")).to_contain_text("Rien de ce que vous avez tapé n'est perdu")
    await page.unroute("**/form")
    await page.get_by_role("button", name="Ouvrir", exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    [nonce] = re.findall(r"nonce=([\w-]+)", first[0])
    assert nonce in night.core.seen[-1].key


async def test_it_keeps_what_was_typed_when_the_server_fails(page, night):
    await page.get_by_role("button", name="Ouvrir une crise").click()
    await page.get_by_label("Colère, image de marque").check()
    await page.get_by_label("Le message").first.fill("Bonsoir")
    night.core.script[Verb.OPEN] = fail
    await page.get_by_role("button", name="Ouvrir", exact=True).click()
    await expect(page.locator("#notice")).to_contain_text("appelez le 112 maintenant")
    await expect(page.get_by_label("Le message").first).to_have_value("Bonsoir")


def fail(_):
    raise LookupError


async def test_it_puts_the_focus_on_the_first_field(page):
    await page.get_by_role("button", name="Ouvrir une crise").click()
    await expect(page.get_by_label("Quelqu’un est en danger")).to_be_focused()


async def test_it_shows_a_new_card_at_once_and_says_so_to_a_screen_reader(page, night):
    await show(night, Card("Cellule 2026-014 : nouvelle neutre", "Une nouvelle", ()))
    await expect(page.locator("#card-new")).to_be_visible()
    await expect(page.locator("#news")).to_have_text("Cellule 2026-014 : nouvelle neutre")
    cards = await page.locator(".feed article").evaluate_all("all => all.map(card => card.id)")
    assert cards[-1] == "card-new"


async def test_it_draws_a_changed_card_where_it_is(page, night):
    await page.locator("#card-s3").evaluate("card => card.kept = true")
    await show(night, Card("s", "Accord obtenu, version 2", ()), mark="s3", minutes=9)
    await expect(page.locator("#card-s3 h3")).to_have_text("Accord obtenu, version 2")
    assert await page.locator("#card-s3").evaluate("card => card.kept")


async def test_it_takes_away_a_card_that_is_gone(page, night):
    night.board.remove(HERE, "s3")
    night.web.hub.changed(HERE, "s3")
    await expect(page.locator("#card-s3")).to_have_count(0)
    await expect(page.locator("#card-s4")).to_be_visible()


async def test_it_says_that_the_visit_has_ended_and_leaves_the_page(page, night):
    night.now[0] += timedelta(hours=25)
    night.web.hub.changed(HERE)
    await expect(page.locator("#lost")).to_contain_text("Votre visite est terminée.")
    await expect(page.locator("#card-s3")).to_be_visible()


async def test_it_says_that_the_visit_has_ended_when_it_comes_back_too_late(page, night):
    night.now[0] += timedelta(hours=25)
    night.web.hub.close()  # the stream is cut, and refused when the browser asks again
    await expect(page.locator("#lost")).to_contain_text("Votre visite est terminée.")
    await expect(page.locator("#offline")).to_be_visible()


async def test_it_shows_a_direct_message_and_counts_it_in_the_title(page, night):
    await page.goto("/".join(page.url.split("/")[:3]))
    await show(night, Card("s", "Un appel de plus", ()), place=DirectPlace(Platform.WEB, LEA), mark="p9")
    await expect(page.locator(".mine article").first).to_contain_text("Un appel de plus")
    assert await page.title() == "(2) Pour moi · Cellule"


async def test_it_leaves_a_half_typed_form_alone_when_the_page_changes(page, night):
    command = page.get_by_label("Taper une commande")
    await command.fill("note à moitié")
    await page.locator("#card-s3").get_by_role("button", name="Modifier…").focus()
    await show(night, Card("s", "Une nouvelle", ()))
    await expect(page.locator("#card-new")).to_be_visible()
    await expect(command).to_have_value("note à moitié")
    await expect(page.locator("#card-s3").get_by_role("button", name="Modifier…")).to_be_focused()


async def test_it_never_turns_the_button_under_a_finger_into_another(page, night):
    await page.locator("#card-s4").get_by_role("button", name="Écrire un mot").focus()
    other = Actions((Button("Clore", Action(Verb.CLOSE, "5f0c9a1e7b3d2468")),))
    await show(night, Card("s", "Suivi fait", (other,)), mark="s4", minutes=20)
    await expect(page.locator("#card-s4").get_by_role("button", name="Clore")).to_be_visible()
    await expect(page.locator("#card-s4").get_by_role("button", name="Clore")).not_to_be_focused()


async def test_it_keeps_the_focus_on_a_button_that_gets_a_neighbour(page, night):
    night.board.close_rooms()
    await page.goto("/".join(page.url.split("/")[:3]))
    await page.get_by_role("button", name="Ouvrir une crise").focus()
    night.board.open_room("r9", members=[LEA])
    await night.web.gateway.invite(RoomRef("r9"), [LEA])
    await expect(page.get_by_role("button", name="Vie en danger").first).to_be_visible()
    await expect(page.get_by_role("button", name="Ouvrir une crise")).to_be_focused()


async def test_it_sends_a_command_and_clears_the_line(page, night):
    night.core.script["status"] = lambda _: Answer(card=Card("s", "Tout est calme", ()))
    await page.get_by_label("Taper une commande").fill("status")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Tout est calme")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Taper une commande")).to_have_value("")
    await expect(page.get_by_label("Taper une commande")).to_be_focused()


async def test_it_runs_no_script_that_a_member_wrote(page, night):
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    await show(night, Card("s", hostile, (Text(hostile, Tone.ALERT),)))
    await expect(page.locator("#card-new h3")).to_have_text(hostile)
    assert await page.locator("#card-new img, #card-new script").count() == 0
    assert "Cellule" in await page.title()


@pytest.mark.parametrize("path", ["/", f"/c/{ROOM}", "/me"])
async def test_it_fits_a_telephone(page, path):
    await page.set_viewport_size(PHONE)
    await page.goto("/".join(page.url.split("/")[:3]) + path)
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("width", [390, 1280])
async def test_it_gives_every_control_room_for_a_finger(page, width):
    await page.set_viewport_size({"width": width, "height": 844})
    await page.get_by_role("button", name="Ouvrir une crise").click()
    await page.locator("#dialog-form").wait_for()
    small = await page.locator(
        "button, select, textarea, input[type=text], .choice, .room-list a"
    ).evaluate_all(
        "all => all.filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 44)"
        ".map(each => each.outerHTML)"
    )
    assert small == []


async def test_it_gives_every_number_to_call_room_for_a_thumb(page, night):
    said = "Vous appelez depuis : France\n– 15 · SAMU\n– 17 · Police"
    await page.set_viewport_size(PHONE)
    await show(night, Card("s", "t", (Text(said, numbers=("15", "17")),)))
    numbers = page.locator(".text .telephone")
    await expect(numbers).to_have_count(2)
    boxes = [await numbers.nth(place).bounding_box() for place in range(2)]
    assert all(box["height"] >= 44 and box["width"] >= 44 for box in boxes)
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]


async def test_it_keeps_help_in_view_on_a_telephone(page):
    await page.set_viewport_size(PHONE)
    for name in ("Vie en danger", "Ouvrir une crise"):
        await expect(page.locator(".urgent").get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    await page.evaluate("window.scrollTo(0, 1500)")
    await expect(page.locator(".urgent").get_by_role("button", name="Vie en danger")).to_be_in_viewport(
        ratio=1
    )


async def test_it_keeps_what_to_do_now_in_view_once_it_has_scrolled_away(page):
    await page.set_viewport_size(PHONE)
    await expect(page.locator("a.now")).to_be_hidden()
    await page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    await expect(page.locator("a.now")).to_be_in_viewport(ratio=1)
    await expect(page.locator("a.now")).to_contain_text("À FAIRE MAINTENANT")


async def test_it_shows_the_brief_beside_the_latest_card_on_a_desk(page):
    await expect(page.locator("#card-s1 h3")).to_be_in_viewport()
    await expect(page.locator("#card-s1 .actions")).to_be_in_viewport(ratio=1)
    await expect(page.locator("#card-s4 .actions")).to_be_in_viewport(ratio=1)
