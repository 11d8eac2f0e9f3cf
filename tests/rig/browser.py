"""A real browser in front of a real server: Chromium, on a free port of this machine.

Tests that use it are marked `pytest.mark.asyncio(loop_scope="session")`: browser and server share one loop.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright, expect
from starlette.types import ASGIApp

from tests.rig.skips import skip_or_fail

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (  # without these Chromium calls home, which a machine without a network refuses many times a second
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STARTS_WITHIN = 10.0
"""Seconds."""

PATIENCE = 10_000
"""Milliseconds for what must appear, on a machine that has other things to do."""


@asynccontextmanager
async def served(app: ASGIApp, *, port: int = 0) -> AsyncIterator[str]:
    """Serve an application on the running event loop; yields its address. Port 0 is a free one."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="error", lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(STARTS_WITHIN):
        while not server.started:
            if serving.done():
                serving.result()
            await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start Chromium; raises `FileNotFoundError` where there is none."""
    if not CHROMIUM.exists():  # noqa: ASYNC240  (once, before anything runs)
        raise FileNotFoundError(CHROMIUM)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            yield browser
        finally:
            await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    try:
        async with chromium() as started:
            yield started
    except FileNotFoundError:
        skip_or_fail(f"no Chromium at {CHROMIUM}: the browser tests need it")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _window(browser: Browser) -> AsyncIterator[tuple[Page, list[str]]]:
    """One for all tests, as opening it takes longer than most of them; and the faults that it meets."""
    context = await browser.new_context(locale="fr-FR")
    faults = faults_of(context)
    yield await context.new_page(), faults
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browser_page(_window: tuple[Page, list[str]]) -> AsyncIterator[Page]:
    """Yield a page of 1280 by 800, without cookies. All else is kept by port, and each test has its own.

    A script's fault or a breach of the content policy fails the test.
    """
    page, faults = _window
    faults.clear()
    await page.unroute_all()
    await page.context.clear_cookies()
    await page.set_viewport_size({"width": 1280, "height": 800})
    yield page
    await page.goto("about:blank")
    assert faults == []


def faults_of(context: BrowserContext) -> list[str]:
    """A list that will hold every script's fault and every breach of the content policy of these pages."""
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    faults: list[str] = []
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    context.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
    return faults


def _is_fault(said: ConsoleMessage) -> bool:
    """A refusal or a cut connection is told as an error as well: tests bring them about on purpose."""
    return said.type == "error" and not said.text.startswith(("Failed to load resource", "htmx: htmx:error"))
