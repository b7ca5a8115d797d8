"""Which pages are measured. To add one, add a line to PAGES."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from participants.models import Assignment
from spring.accounts.models import User


@dataclass
class Desk:
    """A link worker who is signed in, and the people on the caseload, in turn."""

    client: Client
    read: Iterator[Any]
    written: Iterator[Any]  # others, so that what is written does not make the pages longer

    @classmethod
    def of(cls, email: str) -> "Desk":
        """Sign in one of the demonstration's link workers."""
        worker = User.objects.get(email=email)
        client = Client(SERVER_NAME="localhost")
        client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
        mine = Assignment.objects.current().filter(worker=worker, journey__closed_on=None)
        people = list(mine.order_by("pk").values_list("journey__participant", flat=True))
        if len(people) < 2:
            raise LookupError(f"{email} has too few open cases in the demonstration.")
        return cls(client, read=cycle(people[::2]), written=cycle(people[1::2]))

    def page(self, name: str, *words: Any) -> Callable[[], None]:
        """Return the act of opening a page."""
        path = reverse(name, args=words)

        def open_it() -> None:
            answer = self.client.get(path)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answered {answer.status_code}")

        return open_it

    def form(self, page: str, name: str, *words: Any, **typed: str) -> Callable[[], None]:
        """Open a page, type into one of its forms, and return the act of sending it."""
        path = reverse(name, args=words)
        answer = self.client.get(reverse(page, args=words))
        fields = {**_filled_in(answer.content.decode(), path), **typed}

        def send_it() -> None:
            answer = self.client.post(path, fields)
            if answer.status_code != 302:
                raise RuntimeError(f"{path} was not accepted ({answer.status_code})")

        return send_it


def _filled_in(page: str, path: str) -> dict[str, str]:
    """Return what the form with this address would send if nobody typed anything."""
    fields: dict[str, str] = {}
    for field in BeautifulSoup(page, "html5lib").select(f'form[action="{path}"] [name]'):
        kind, name = field.get("type", field.name), str(field["name"])
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            fields[name] = str(chosen.get("value", "")) if chosen else ""
        elif field.name == "textarea":
            fields[name] = field.get_text()
        elif kind not in ("submit", "button"):
            fields[name] = str(field.get("value", "on" if kind == "checkbox" else ""))
    return fields


BASE = "empty page"
PAGES: dict[str, Callable[[Desk], Callable[[], None]]] = {
    BASE: lambda desk: desk.page("bench-empty"),
    "home (Today)": lambda desk: desk.page("home"),
    "caseload": lambda desk: desk.page("caseload"),
    "person": lambda desk: desk.page("participant", next(desk.read)),
    "session POST": lambda desk: desk.form(
        "participant",
        "log-contact",
        next(desk.written),
        kind="session",
        mode="telephone",
        outcome="attended",
        alone="yes",
        note="Talked about the allotment and the bus there.",
        due_in="2",
        next_step="Ring about the allotment",
    ),
}
