"""permissions.yaml, read: which addresses there are, who may use them, and what stands in them."""

from pathlib import Path
from typing import Any

import yaml
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

TABLE = yaml.safe_load((Path(__file__).parent / "permissions.yaml").read_text())
GROUPS: dict[str, list[str]] = TABLE["groups"]
ADDRESSES: dict[str, dict] = TABLE["addresses"]
METHODS = ("get", "post")
NOBODY = "405"
LET_IN = {200, 204, 302, 422}


def patterns(resolver: URLResolver | None = None):
    """Every pattern the resolver knows, however deep."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


def undeclared() -> list[str]:
    """The addresses that Spring answers and the table does not name."""
    return [
        str(pattern.pattern)
        for pattern in patterns()
        if not pattern.name or pattern.name not in ADDRESSES
    ]


def rule(name: str, method: str) -> set[str] | str:
    """The actors let through, or "public", "signed_in", or "405" for a method that does not exist."""
    written = str(ADDRESSES[name].get(method, NOBODY))
    if written in ("public", "signed_in", NOBODY):
        return written
    return {actor for word in written.split() for actor in GROUPS.get(word, [word])}


def lets_in(name: str, status: int) -> bool:
    """True for an answer that a person who may use the address gets."""
    return status in LET_IN or status == ADDRESSES[name].get("void")


def address(name: str, made: dict[str, Any]) -> str:
    """The address of one thing of the small world."""
    wanted = ADDRESSES[name].get("with", {})
    return reverse(name, kwargs={key: made[thing] for key, thing in wanted.items()})


def someone_allowed(name: str, method: str) -> str | None:
    """An actor who is let through; None where nobody needs to sign in."""
    allowed = rule(name, method)
    if allowed == "public":
        return None
    if allowed == "signed_in":
        return "worker"
    return min(allowed)


def ask(browser: Client, method: str, where: str, **kwargs: Any) -> HttpResponse:
    return browser.get(where, **kwargs) if method == "get" else browser.post(where, {}, **kwargs)
