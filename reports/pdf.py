"""The report on paper: a tagged PDF/UA-1 file, the same bytes for the same issue, from nothing
but what is packaged with Spring.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.document import document_of
from reports.published import Issue
from reports.tagging import finish

PROGRESS = logging.getLogger("weasyprint.progress")
PAGE = re.compile(r" Page ([0-9]+)\b")
PROGRESS.propagate = False  # each step of each page: for `PageTold` alone, not for the log

FONT = "Liberation Sans, Arimo, Arial, DejaVu Sans, sans-serif"
ASSETS = {"asset:leaf.svg": ("static/images/favicon.svg", "image/svg+xml")}
STYLES = "static/styles/report.css"


class AddressRefusedError(FatalURLFetchingError):
    """A page asked for something that is not packaged with Spring."""


class PackagedAssets(URLFetcher):
    """Fetches the assets named above from disk, and refuses every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["asset"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url not in ASSETS:
            raise AddressRefusedError("A report may only use what is packaged with Spring.")
        path, kind = ASSETS[url]
        return URLFetcherResponse(url, _packaged(path), {"Content-Type": kind})


@cache
def _packaged(path: str) -> bytes:
    return (settings.ROOT / path).read_bytes()


def html_of(issue: Issue) -> str:
    """The pages as HTML, before they are laid out."""
    return render_to_string(
        "reports/pdf.html",
        {
            "issue": issue,
            "published": issue.published,
            "document": document_of(issue.published, beside=True),
            "font": FONT,
            "size": 12,
            "paper": True,
            "service_name": settings.SPRING["SERVICE_NAME"],
            "area_name": settings.SPRING["AREA_NAME"],
            "service_email": settings.SPRING["EMAIL"],
            "telephone": settings.SPRING["TELEPHONE"],
        },
    )


class PageTold(logging.Handler):
    """Hears from the library which page it is laying out, in this thread."""

    def __init__(self, told: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self.told, self.thread = told, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        page = PAGE.search(record.getMessage())
        if page is not None and record.thread == self.thread:
            self.told(int(page[1]))


@contextmanager
def _told_of_pages(told: Callable[[int], None] | None) -> Iterator[None]:
    if told is None:
        yield
        return
    handler = PageTold(told)
    PROGRESS.addHandler(handler)
    PROGRESS.setLevel(logging.INFO)
    try:
        yield
    finally:
        PROGRESS.removeHandler(handler)


def pdf_of(issue: Issue, told: Callable[[int], None] | None = None) -> bytes:
    """The file of an issue; `told` hears of each page as it is laid out.

    Raises RuntimeError where a page asks for an address that is not packaged.
    """
    fetcher = PackagedAssets()
    try:
        with _told_of_pages(told):
            return _write(issue, fetcher)
    except AddressRefusedError as refused:
        # A BaseException to the library; to the sweep that calls, a report that cannot be made.
        raise RuntimeError(str(refused)) from refused


def _write(issue: Issue, fetcher: PackagedAssets) -> bytes:
    document = HTML(string=html_of(issue), base_url="asset:", url_fetcher=fetcher)
    return document.write_pdf(
        stylesheets=[CSS(string=_packaged(STYLES).decode(), url_fetcher=fetcher)],
        pdf_variant="pdf/ua-1",
        pdf_identifier=issue.fingerprint(),
        finisher=finish,
    )
