"""What every page's frame needs."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from partners.access import Standing, standing
from spring.accounts.roles import CASE_ROLES, OVERSIGHT_ROLES, Role
from spring.core.installation import is_demonstration


@dataclass(frozen=True)
class Item:
    """One word in the navigation."""

    label: str
    url: str
    current: bool = False
    exact: bool = False


PEOPLE = (*CASE_ROLES, *OVERSIGHT_ROLES)
NAVIGATION = (
    # words, URL name, who sees it, other paths that belong to it
    ("Today", "home", PEOPLE, ()),
    ("Caseload", "caseload", PEOPLE, ("/participants/",)),
    ("Referrals", "referrals", (*OVERSIGHT_ROLES, Role.NHS_LINK_WORKER), ()),
    ("Directory", "directory", PEOPLE, ()),
    ("Reports", "reports", (*OVERSIGHT_ROLES, Role.COMMISSIONER), ()),
    ("Keep house", "keep-house", (*OVERSIGHT_ROLES, Role.ADMINISTRATOR), ()),
)
FOOT = (
    ("Refer someone", "refer"),
    ("Who it suits", "who-it-suits"),
    ("About", "about"),
    ("Privacy", "privacy"),
    ("Accessibility", "accessibility"),
)


def shell(request: HttpRequest) -> dict:
    """Names, ways to get help and, only where a page shows it, the navigation of this user."""
    user = getattr(request, "user", None)

    def held() -> Standing:
        return standing(user) if user else Standing({}, frozenset())

    return {
        "service_name": settings.SPRING["SERVICE_NAME"],
        "area_name": settings.SPRING["AREA_NAME"],
        "telephone": settings.SPRING["TELEPHONE"],
        "service_email": settings.SPRING["EMAIL"],
        "home_url": _url("home") or "/",
        "demonstration": SimpleLazyObject(is_demonstration),
        "navigation": SimpleLazyObject(lambda: _navigation(request.path, held())),
        "may_find": SimpleLazyObject(lambda: held().has(*PEOPLE)),
        "foot_links": [Item(words, url) for words, name in FOOT if (url := _url(name)) is not None],
    }


def _navigation(path: str, held: Standing) -> list[Item]:
    items = []
    for words, name, roles, also in NAVIGATION:
        url = _url(name)
        if url is None or not held.has(*roles):
            continue
        below = (*also, *(() if url == "/" else (url,)))
        current = path == url or (bool(below) and path.startswith(below))
        items.append(Item(words, url, current, exact=path == url))
    return items


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
