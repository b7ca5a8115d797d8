"""The PDF: tagged by the rules, the same bytes every time, from packaged things alone."""

import hashlib
import http.server
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from pikepdf import Name
from pypdf import PdfReader
from weasyprint.urls import URLFetcher

from reports.disclosure import disclose
from reports.pdf import AddressRefusedError, PackagedAssets, pdf_of
from reports.published import Issue
from reports.shapes import Count, Figures
from tests.reports.pdf_ua import Paper

VARIANTS = ("service", "partner", "tiny", "empty")
pytestmark = pytest.mark.django_db  # the figures are counted in the test database


# --- what stands in it ----------------------------------------------------------------------------


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_words_are_there_and_the_demonstration_says_so(files):
    text = text_of(files["service"])
    assert "October 2026" in text
    assert "Three things to know" in text
    assert "How each figure is counted" in text
    assert "Fictional demonstration data" in text
    assert "Fictional demonstration data" not in text_of(files["partner"])


def test_no_true_number_reaches_the_file(issues, tmp_path):
    """A count of 111,113 is printed as 111,115: in words, charts, alternative texts, metadata."""
    odd = disclose(
        Figures("2026-10", "", "", counts=(Count("referred", "", 111_113, "", 111_118),))
    )
    published = issues["service"].published
    counts = tuple(odd.counts[0] if c.key == "referred" else c for c in published.counts)
    path = tmp_path / "odd.pdf"
    path.write_bytes(
        pdf_of(replace(issues["service"], published=replace(published, counts=counts)))
    )
    text = text_of(path)
    assert "111,115" in text
    with pikepdf.open(path) as pdf:
        paper = Paper(pdf)
        told = text + paper.xmp + str(pdf.docinfo)
        told += "".join(str(e.dictionary.get(Name.Alt, "")) for e in paper.elements)
    for raw in ("111,113", "111113", "111,118", "111118"):
        assert raw not in told


def test_an_inline_chart_has_its_title_as_alternative_text(files):
    """The library takes Alt from <svg><title> alone: every chart must have one."""
    with pikepdf.open(files["service"]) as pdf:
        alts = [str(e.dictionary.Alt) for e in Paper(pdf).of("Figure")]
    assert len(alts) >= 15
    assert any(alt.startswith("People started, last 12 months") for alt in alts)


@pytest.mark.parametrize(
    ("inside", "has_alt"), [("<title>Words</title>", True), ("<desc>Words</desc>", False)]
)
def test_why_a_title_is_needed(inside, has_alt):
    """Negative control for the rule above: a label that is no <title> does not arrive."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" aria-label="Words" width="9" height="9">{inside}'
    )
    html = f"<html lang=en><title>t</title><body>{svg}<rect width='9' height='9'/></svg>"
    content = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        figure = Paper(pdf).of("Figure")[0].dictionary
        assert (Name.Alt in figure) is has_alt


# --- the same bytes -----------------------------------------------------------------------------------

AGAIN = """
import hashlib, json, sys
import django
django.setup()
from reports.pdf import pdf_of
from reports.published import Issue
kept = json.load(open(sys.argv[1]))
print(hashlib.sha256(pdf_of(Issue.from_json(kept, 1))).hexdigest())
"""


def test_the_same_issue_gives_the_same_bytes_in_any_process(files, issues, tmp_path):
    kept = tmp_path / "issue.json"
    kept.write_text(json.dumps(issues["tiny"].to_json()))
    expected = hashlib.sha256(files["tiny"].read_bytes()).hexdigest()
    for zone, seed, words in (
        ("Pacific/Auckland", "1", "C"),
        ("America/New_York", "77", "C.UTF-8"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", AGAIN, str(kept)],
            env=os.environ
            | {
                "TZ": zone,
                "PYTHONHASHSEED": seed,
                "LC_ALL": words,
                "PYTHONPATH": str(Path.cwd()),
                "DJANGO_SETTINGS_MODULE": "spring.settings.testing",
            },
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == expected


def test_another_version_gives_other_bytes(issues, files):
    second = Issue(issues["empty"].published, 2, issues["empty"].made_on)
    assert pdf_of(second) != files["empty"].read_bytes()


# --- nothing is fetched ---------------------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """(an address of this machine, what was asked of it)"""
    asked: list[str] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()


CHANNELS = {
    "img": '<img alt="" src="{}/x">',
    "link": '<link rel="stylesheet" href="{}/x">',
    "import": '<style>@import url("{}/x")</style>',
    "background": '<style>body {{ background: url("{}/x") }}</style>',
    "font": '<style>@font-face {{ font-family: x; src: url("{}/x") }} p {{ font-family: x }}</style>',
    "object": '<object data="{}/x"></object>',
    "embed": '<embed src="{}/x">',
    "link attachment": '<link rel="attachment" href="{}/x">',
    "a attachment": '<a rel="attachment" href="{}/x">a</a>',
    "svg image": '<svg width="9" height="9"><image href="{}/x" width="9" height="9"/></svg>',
    "list style": '<style>li {{ list-style: url("{}/x") }}</style>',
    "content": '<style>p::before {{ content: url("{}/x") }}</style>',
    "border image": '<style>p {{ border: 3px solid; border-image: url("{}/x") 1 }}</style>',
    "base": '<base href="{}/"><img alt="" src="x">',
    "iframe": '<iframe src="{}/x"></iframe>',
}


def write(channel: str, address: str, fetcher: URLFetcher) -> None:
    html = CHANNELS[channel].format(address)
    page = weasyprint.HTML(
        string=f"<html lang=en><title>t</title><body>{html}<ul><li>x</ul><p>x", url_fetcher=fetcher
    )
    page.write_pdf()


@pytest.mark.parametrize("channel", sorted(CHANNELS))
def test_a_page_cannot_reach_the_network_or_the_disk(channel, listener):
    address, asked = listener
    for target in (address, "file:///etc/hostname?"):
        with suppress(AddressRefusedError):  # some channels are not followed at all
            write(channel, target, PackagedAssets())
    assert asked == []


def test_the_refusal_does_not_repeat_the_address():
    with pytest.raises(AddressRefusedError) as refused:
        PackagedAssets().fetch("file:///etc/hostname")
    assert "hostname" not in str(refused.value)


def test_the_library_alone_would_reach_it(listener):
    """Negative control: with its own fetcher most channels ask."""
    address, asked = listener
    for channel in CHANNELS:
        write(channel, address, URLFetcher())
    assert len(asked) >= 10


def test_a_name_full_of_markup_stays_words(issues, tmp_path, listener):
    """What people may type (a partner's name) is escaped on its way into the pages."""
    address, asked = listener
    evil = f'<img src="{address}/x"><script>x</script>'
    published = replace(issues["empty"].published, partner=evil)
    path = tmp_path / "evil.pdf"
    path.write_bytes(pdf_of(replace(issues["empty"], published=published)))
    assert asked == []
    assert "<script>" in text_of(path)


def test_a_report_that_asks_for_more_than_is_packaged_is_not_made(issues, monkeypatch):
    monkeypatch.setattr("reports.pdf.ASSETS", {})
    with pytest.raises(RuntimeError, match="packaged"):
        pdf_of(issues["empty"])
