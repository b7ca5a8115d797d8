"""A real Chromium against a real server."""

import os
import shutil
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.world import World, make_world

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop of its own

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    found = os.environ.get("SPRING_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.fail("No Chromium: apt-get install chromium")
    return {
        "executable_path": found,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def world(transactional_db) -> World:
    """The small world, in a database that the server's threads see too."""
    return make_world()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Callable[..., Page]:
    """`open_page(user, width=…, javascript=…)` gives a page of someone who is signed in.

    The session is made beside the form; the form has a test of its own.
    """
    contexts = []

    def opened(user=None, *, width: int = 1280, height: int = 900, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="en-GB",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        if user is not None:
            signed_in = Client()
            signed_in.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": signed_in.cookies[name].value}
            context.add_cookies([{**cookie, "url": live_server.url}])
        return page

    yield opened
    for context in contexts:
        context.close()


def axe_violations(page: Page) -> list[str]:
    """What axe finds on a page, a line each."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
