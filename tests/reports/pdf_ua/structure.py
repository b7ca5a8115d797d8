"""Rules about headings, figures, tables, lists and links."""

from collections import Counter
from collections.abc import Iterator

from pikepdf import Array, Name

from tests.reports.pdf_ua.model import Element, Paper, check

STANDARD = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"),
    *("NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6"),
    *("L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
    *("Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
    *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
}
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def kids_of(kind: str, *allowed: str):
    """A rule: elements of a kind hold only these."""

    def rule(paper: Paper) -> Iterator[str]:
        for element in paper.of(kind):
            for kid in element.kids:
                if kid.kind not in allowed:
                    yield f"{kid.kind} in {kind}"

    return rule


def parent_of(kind: str, *allowed: str):
    """A rule: elements of a kind stand only in these."""

    def rule(paper: Paper) -> Iterator[str]:
        for element in paper.of(kind):
            if element.parent is None or element.parent.kind not in allowed:
                yield f"{kind} in {element.parent.kind if element.parent else 'nothing'}"

    return rule


GROUPS = ("THead", "TBody", "TFoot")
check("7.2 a Table holds rows, groups of rows and a caption")(
    kids_of("Table", "TR", "Caption", *GROUPS)
)
check("7.2 a TR holds only TH and TD")(kids_of("TR", "TH", "TD"))
check("7.2 a THead holds only TR")(kids_of("THead", "TR"))
check("7.2 a TBody holds only TR")(kids_of("TBody", "TR"))
check("7.2 a TFoot holds only TR")(kids_of("TFoot", "TR"))
check("7.2 a TR stands in a Table or a group of rows")(parent_of("TR", "Table", *GROUPS))
check("7.2 a THead stands in a Table")(parent_of("THead", "Table"))
check("7.2 a TBody stands in a Table")(parent_of("TBody", "Table"))
check("7.2 a TFoot stands in a Table")(parent_of("TFoot", "Table"))
check("7.2 a TH stands in a TR")(parent_of("TH", "TR"))
check("7.2 a TD stands in a TR")(parent_of("TD", "TR"))
check("7.2 an L holds only items, lists and a caption")(kids_of("L", "LI", "L", "Caption"))
check("7.2 an LI holds only Lbl and LBody")(kids_of("LI", "Lbl", "LBody"))
check("7.2 an LI stands in an L")(parent_of("LI", "L"))
check("7.2 an LBody stands in an LI")(parent_of("LBody", "LI"))
check("7.2 an Lbl stands in an LI or a Note")(
    parent_of("Lbl", "LI", "Note", "Reference", "BibEntry")
)
check("7.2 a TOC holds only TOCI, TOC and a caption")(kids_of("TOC", "TOCI", "TOC", "Caption"))
check("7.2 a TOCI stands in a TOC")(parent_of("TOCI", "TOC"))


@check("7.1 every kind of element is a standard one, or mapped to one")
def _standard(paper: Paper) -> Iterator[str]:
    for element in paper.elements:
        if element.kind not in STANDARD:
            yield element.kind


@check("7.1 no mapping of kinds runs in a circle")
def _circles(paper: Paper) -> Iterator[str]:
    for start in paper.role_map:
        at, seen = start, set()
        while at in paper.role_map:
            if at in seen:
                yield start
                break
            seen.add(at)
            at = paper.role_map[at]


@check("7.1 no standard kind is given another meaning")
def _remapped(paper: Paper) -> Iterator[str]:
    for kind in paper.role_map:
        if kind[1:] in STANDARD:
            yield kind


@check("7.1 every element knows its parent")
def _parents(paper: Paper) -> Iterator[str]:
    for element in paper.elements:
        above = element.parent.dictionary if element.parent else paper.tree
        found = element.dictionary.get(Name.P)
        if found is None or found.objgen != above.objgen:
            yield element.kind


@check("7.1 the tree begins with one Document")
def _document(paper: Paper) -> Iterator[str]:
    if [top.kind for top in paper.tops] != ["Document"]:
        yield str([top.kind for top in paper.tops])


# --- headings ---------------------------------------------------------------------------------------


@check("7.4.2 the first heading is an H1")
def _first_heading(paper: Paper) -> Iterator[str]:
    headings = paper.of("H", *HEADINGS)
    if headings and headings[0].kind not in ("H", "H1"):
        yield headings[0].kind


@check("7.4.2 no level of heading is skipped")
def _levels(paper: Paper) -> Iterator[str]:
    last = 0
    for element in paper.of(*HEADINGS):
        level = int(element.kind[1])
        if level > last + 1:
            yield f"H{last} then H{level}"
        last = level


@check("7.4.4 H and H1 to H6 are not mixed")
def _mixed(paper: Paper) -> Iterator[str]:
    if paper.of("H") and paper.of(*HEADINGS):
        yield "both"


@check("7.4 headings have words")
def _empty_headings(paper: Paper) -> Iterator[str]:
    for element in paper.of("H", *HEADINGS):
        if not any(part.mcids for part in element.walk()):
            yield element.kind


# --- figures ------------------------------------------------------------------------------------------


@check("7.3 every Figure has Alt or ActualText")
def _alt(paper: Paper) -> Iterator[str]:
    for element in paper.of("Figure"):
        if Name.Alt not in element.dictionary and Name.ActualText not in element.dictionary:
            yield "a Figure"


@check("7.3 no Alt is empty")
def _alt_empty(paper: Paper) -> Iterator[str]:
    for element in paper.of("Figure"):
        if Name.Alt in element.dictionary and not str(element.dictionary[Name.Alt]).strip():
            yield "a Figure"


@check("7.3 a Formula has Alt or ActualText")
def _formula(paper: Paper) -> Iterator[str]:
    for element in paper.of("Formula"):
        if Name.Alt not in element.dictionary and Name.ActualText not in element.dictionary:
            yield "a Formula"


@check("7.3 every Figure says where it lies, on its page")
def _box(paper: Paper) -> Iterator[str]:
    for element in paper.of("Figure"):
        box = element.table_attribute("/BBox")
        page = element.dictionary.get(Name.Pg)
        if box is None or page is None:
            yield "no BBox"
            continue
        left, bottom, right, top = (float(edge) for edge in box)
        _, _, width, height = (float(edge) for edge in page[Name.MediaBox])
        if not (0 <= left < right <= width + 1 and 0 <= bottom < top <= height + 1):
            yield f"{left} {bottom} {right} {top}"


# --- tables --------------------------------------------------------------------------------------------


def rows_of(table: Element) -> list[Element]:
    return [element for element in table.walk() if element.kind == "TR"]


def span(cell: Element, name: str) -> int:
    return int(cell.table_attribute(name) or 1)


@check("7.2 a Table has at most one THead")
def _one_head(paper: Paper) -> Iterator[str]:
    for table in paper.of("Table"):
        if Counter(kid.kind for kid in table.kids)["THead"] > 1:
            yield "more"


@check("7.2 a Table has at most one TFoot")
def _one_foot(paper: Paper) -> Iterator[str]:
    for table in paper.of("Table"):
        if Counter(kid.kind for kid in table.kids)["TFoot"] > 1:
            yield "more"


@check("7.2 a Table with a THead or TFoot has a TBody")
def _body(paper: Paper) -> Iterator[str]:
    for table in paper.of("Table"):
        kinds = {kid.kind for kid in table.kids}
        if kinds & {"THead", "TFoot"} and "TBody" not in kinds:
            yield "no TBody"


@check("7.2 a caption is the first or last of its Table")
def _caption(paper: Paper) -> Iterator[str]:
    for table in paper.of("Table"):
        if "Caption" in [kid.kind for kid in table.kids[1:-1]]:
            yield "in the middle"


@check("7.2 every row of a Table fills every column, once")
def _regular(paper: Paper) -> Iterator[str]:
    for table in paper.of("Table"):
        filled: dict[tuple[int, int], int] = {}
        rows = rows_of(table)
        for y, row in enumerate(rows):
            x = 0
            for cell in row.kids:
                while (y, x) in filled:
                    x += 1
                for down in range(span(cell, "/RowSpan")):
                    for along in range(span(cell, "/ColSpan")):
                        place = (y + down, x + along)
                        filled[place] = filled.get(place, 0) + 1
                x += span(cell, "/ColSpan")
        width = max((x for _, x in filled), default=-1) + 1
        wanted = {(y, x) for y in range(len(rows)) for x in range(width)}
        if set(filled) != wanted or set(filled.values()) - {1}:
            yield f"{len(rows)} rows, {width} columns"


@check("7.5 every TH says which way it points")
def _scope(paper: Paper) -> Iterator[str]:
    for cell in paper.of("TH"):
        if str(cell.table_attribute("/Scope")) not in ("/Row", "/Column", "/Both"):
            yield str(cell.table_attribute("/Scope"))


@check("7.5 every TD has a heading")
def _headed(paper: Paper) -> Iterator[str]:
    for table in paper.of("Table"):
        for row in rows_of(table):
            headed = any(cell.kind == "TH" for cell in row.kids)
            for cell in row.kids:
                if (
                    cell.kind == "TD"
                    and not headed
                    and not list(cell.table_attribute("/Headers") or [])
                ):
                    yield "a TD"


@check("7.5 the Headers of a cell exist in its Table")
def _headers(paper: Paper) -> Iterator[str]:
    for table in paper.of("Table"):
        there = {str(e.dictionary[Name.ID]) for e in table.walk() if Name.ID in e.dictionary}
        for cell in table.walk():
            for header in cell.table_attribute("/Headers") or []:
                if str(header) not in there:
                    yield str(header)


@check("7.5 identifiers of elements are used once")
def _identifiers(paper: Paper) -> Iterator[str]:
    every = Counter(str(e.dictionary[Name.ID]) for e in paper.elements if Name.ID in e.dictionary)
    yield from (key for key, n in every.items() if n > 1)


@check("7.9 every Note has an identifier")
def _notes(paper: Paper) -> Iterator[str]:
    for element in paper.of("Note"):
        if Name.ID not in element.dictionary:
            yield "a Note"


# --- links and other annotations -----------------------------------------------------------------------


@check("7.18.1 every annotation leads back to the structure tree")
def _annotation_parent(paper: Paper) -> Iterator[str]:
    for _, item in paper.annotations:
        key = item.get(Name.StructParent)
        if key is None or int(key) not in paper.parent_tree:
            yield str(item.get(Name.Subtype))


@check("7.18.1 every annotation stands in an element of its kind")
def _annotation_element(paper: Paper) -> Iterator[str]:
    holders = {obj.objgen: element.kind for element in paper.elements for obj in element.objects}
    wanted = {"/Link": "Link", "/Widget": "Form"}
    for _, item in paper.annotations:
        if holders.get(item.objgen) != wanted.get(str(item.get(Name.Subtype)), "Annot"):
            yield f"{item.get(Name.Subtype)} in {holders.get(item.objgen)}"


@check("7.18.3 pages with annotations are tabbed through in the order of the structure")
def _tabs(paper: Paper) -> Iterator[str]:
    for number, page in enumerate(paper.pages, start=1):
        if Name.Annots in page and page.get(Name.Tabs) != Name.S:
            yield f"page {number}"


@check("7.18.5 every link has words for where it leads")
def _contents(paper: Paper) -> Iterator[str]:
    for _, item in paper.annotations:
        if item.get(Name.Subtype) == Name.Link and not str(item.get(Name.Contents, "")).strip():
            yield "a link"


@check("7.18.5 every Link element holds its annotation")
def _link_object(paper: Paper) -> Iterator[str]:
    for element in paper.of("Link"):
        if not any(part.objects for part in element.walk()):
            yield "a Link"


@check("7.18.5 every Link element holds words")
def _link_words(paper: Paper) -> Iterator[str]:
    for element in paper.of("Link"):
        if not any(part.mcids for part in element.walk()):
            yield "a Link"


@check("7.18.5 every link within the file leads somewhere")
def _destinations(paper: Paper) -> Iterator[str]:
    for _, item in paper.annotations:
        target = item.get(Name.Dest)
        if target is not None and not isinstance(target, Array) and str(target) not in paper.names:
            yield str(target)


@check("7.18.2 there is no trap network annotation")
def _trap(paper: Paper) -> Iterator[str]:
    for _, item in paper.annotations:
        if item.get(Name.Subtype) == Name.TrapNet:
            yield "TrapNet"


@check("7.18.8 no printer's mark is in the structure tree")
def _printer(paper: Paper) -> Iterator[str]:
    for element in paper.elements:
        for item in element.objects:
            if item.get(Name.Subtype) == Name.PrinterMark:
                yield "PrinterMark"


@check("7.18.6 there is no film, sound or three-dimensional model")
def _media(paper: Paper) -> Iterator[str]:
    for _, item in paper.annotations:
        if str(item.get(Name.Subtype)) in ("/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"):
            yield str(item.get(Name.Subtype))
