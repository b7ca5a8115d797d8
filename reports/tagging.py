"""What the layout library leaves out of the structure of a tagged PDF, put right before writing.

- Which way a heading cell of a table points.
- Where a figure lies, in points from the page's lower left corner.
- Where a link leads, in words.
- That what stands in the margins of every page is an artifact: the library numbers it like
  content and leaves it out of the tree, so a screen reader could stumble over it on every page.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

POINTS = 0.75  # to a CSS pixel
LINK_WORDS = "To how this is counted"


def finish(document: Any, pdf: pydyf.PDF) -> None:
    """Mend the structure; the library calls it with its document and the unwritten file."""
    dictionaries = {
        item.reference: item for item in pdf.objects if isinstance(item, pydyf.Dictionary)
    }
    for element in dictionaries.values():
        if element.get("S") == "/TH":
            group = dictionaries[dictionaries[element["P"]]["P"]]
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
        elif element.get("S") == "/Figure":
            _place(element, dictionaries[element["Pg"]])
        elif element.get("Subtype") == "/Link":
            element["Contents"] = pydyf.String(LINK_WORDS)
    _margins_are_artifacts(pdf, dictionaries)


def _place(figure: pydyf.Dictionary, page: pydyf.Dictionary) -> None:
    left, top, right, bottom = (float(edge) * POINTS for edge in figure["A"]["BBox"])
    height = page["MediaBox"][3]
    figure["A"]["BBox"][:] = [left, height - bottom, right, height - top]


def _margins_are_artifacts(pdf: pydyf.PDF, dictionaries: dict) -> None:
    root = dictionaries[pdf.catalog["StructTreeRoot"]]
    in_tree = set(_references(root, dictionaries))
    numbers = dictionaries[root["ParentTree"]]["Nums"]
    holders = dict(zip(numbers[::2], numbers[1::2], strict=True))
    streams = {item.reference: item for item in pdf.objects if isinstance(item, pydyf.Stream)}
    for page in dictionaries.values():
        if page.get("Type") != "/Page":
            continue
        listed = holders[page["StructParents"]]
        loose = {mcid for mcid, holder in enumerate(listed) if holder not in in_tree}
        for mcid in loose:
            listed[mcid] = "null"
        _unnumber(streams[page["Contents"]].stream, loose)


def _references(element: Any, dictionaries: dict) -> Iterator[Any]:
    for kid in element.get("K", ()):
        if kid in dictionaries:
            yield kid
            yield from _references(dictionaries[kid], dictionaries)


def _unnumber(operations: list, loose: set[int]) -> None:
    """Begin these pieces of content as artifacts instead."""
    for place, item in enumerate(operations):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in loose:
            operations[place - 1] = "/Artifact"
            operations[place] = pydyf.Dictionary({"Type": "/Pagination"})
