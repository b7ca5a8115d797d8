"""The report as pages: questions, answers, charts and their tables. Pure; page and PDF share it."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from reports.document import arriving, going
from reports.document.cover import cover, tiles
from reports.document.pieces import Block, Document, Pages, Section
from reports.published import MissingFigureError, Published
from reports.story import three_things

Question = Callable[[Pages], Section]


def document_of(published: Published, *, beside: bool) -> Document:
    """The whole report, laid out for paper (`beside`) or for a screen."""
    pages = Pages(published, beside)
    questions: list[Question] = [arriving.referred, arriving.places, arriving.needs]
    if not published.partner:
        questions.append(arriving.decided)
    questions += [
        arriving.waits,
        arriving.started,
        going.now,
        going.met,
        going.reached,
        going.ethnicity,
        going.journey,
        going.six,
    ]
    return Document(
        published,
        three_things(published),
        tiles(pages),
        cover(pages) if beside else (),
        tuple(_answered(questions, pages)),
    )


def _answered(questions: list[Question], pages: Pages) -> Iterator[Section]:
    """The questions that this report can answer: one made long ago may lack a later figure."""
    for question in questions:
        with suppress(MissingFigureError):
            yield question(pages)


__all__ = ["Block", "Document", "document_of"]
