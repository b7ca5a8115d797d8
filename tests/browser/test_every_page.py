"""Every page, for everyone who may open it: axe, 320 px, weight, no host but our own
(A-1, A-3, A-5, P-14, S-12).
"""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import axe_violations
from tests.permission_table import ADDRESSES, address, rule
from tests.permission_world import things

ROLES = [
    "worker",
    "volunteer",
    "nhs_worker",
    "manager",
    "partner_coordinator",
    "coordinator",
    "service_manager",
    "commissioner",
    "administrator",
    "nobody",
]
PAGES = [
    name
    for name in sorted(ADDRESSES)
    if rule(name, "get") != "405" and ADDRESSES[name].get("page", True)
]


def open_to(actor: str) -> list[str]:
    return [
        name
        for name in PAGES
        if (let_in := rule(name, "get")) in ("public", "signed_in") or actor in let_in
    ]


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    found = axe_violations(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.viewport_size["width"]:
        found.append(f"scrolls sideways: {width} px")
    return found


@pytest.mark.parametrize("actor", [*ROLES, "anonymous"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways_at_320_px(world, open_page, actor):
    made = things(world)
    page = open_page(world.actors().get(actor), width=320, height=640)
    problems: list[str] = []
    page.on("console", lambda said: said.type == "error" and problems.append(said.text))
    wrong = {}
    for name in open_to(actor):
        page.goto(address(name, made))
        if found := faults(page) + problems:
            wrong[name] = found
        problems.clear()
    assert wrong == {}


def test_a_bad_page_would_be_found(open_page, world):
    """The negative control."""
    page = open_page(width=320)
    page.goto("/")
    page.evaluate(
        "document.querySelector('main').innerHTML += "
        "'<img src=x><p class=control>wide</p>';"
        "document.querySelector('.control').style.width = '900px'"
    )
    found = faults(page)
    assert any(line.startswith("image-alt") for line in found)
    assert any(line.startswith("scrolls sideways") for line in found)


@pytest.mark.parametrize("actor", ["worker", "service_manager", "anonymous"])
def test_pages_are_light_and_ask_no_other_host(world, open_page, live_server, actor):
    made = things(world)
    wrong = {}
    for name in open_to(actor):
        page = open_page(world.actors().get(actor))  # a browser that knows nothing yet
        answers = []
        page.on("response", lambda answer, seen=answers: seen.append(answer))
        page.goto(address(name, made), wait_until="load")
        sizes = {"html": 0, "other": 0}
        for answer in answers:
            if urlsplit(answer.url).netloc != urlsplit(live_server.url).netloc:
                wrong[name] = f"asks {answer.url}"
            if answer.status == 200:
                kind = "html" if answer.request.resource_type == "document" else "other"
                sizes[kind] += len(gzip.compress(answer.body()))
        if sizes["html"] > 15_000 or sizes["other"] > 30_000 or len(answers) > 7:
            wrong[name] = f"{sizes}, {len(answers)} requests"
        page.context.close()
    assert wrong == {}
