"""Every rule of PDF/UA-1 that we can check holds for every kind of report, and each can fail."""

import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.reports.pdf_ua import CHECKS, NOT_CHECKED, Paper, problems

VARIANTS = ("service", "partner", "tiny", "empty")
pytestmark = pytest.mark.django_db  # the figures are counted in the test database


def test_enough_rules_are_checked_and_the_others_are_named():
    assert len(CHECKS) >= 60
    assert NOT_CHECKED


@pytest.mark.parametrize("variant", VARIANTS)
def test_no_rule_is_broken(files, variant):
    with pikepdf.open(files[variant]) as pdf:
        assert problems(pdf) == {}


def first(paper: Paper, kind: str):
    return paper.of(kind)[0].dictionary


def edit_page(paper: Paper, old: bytes, new: bytes, count: int = 1) -> None:
    page = paper.pages[0]
    content = page.Contents.read_bytes()
    assert re.search(old, content), "nothing to spoil"
    page.Contents.write(re.sub(old, new, content, count=count))


def add_kid(paper: Paper, kind: str, added: str) -> None:
    holder = first(paper, kind)
    kid = paper.pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name(f"/{added}"), P=holder, K=Array([]))
    )
    holder.K.append(kid)


def annotate(paper: Paper, **facts) -> None:
    page = paper.pages[0]
    item = paper.pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([0, 0, 1, 1]), **facts))
    page.Annots = Array([*page.get(Name.Annots, []), item])


def linked_page(paper: Paper):
    return next(page for page in paper.pages if Name.Annots in page)


def link(paper: Paper):
    return linked_page(paper).Annots[0]


def font(paper: Paper):
    return paper.fonts[0][1]


def glyphs(paper: Paper):
    return font(paper).DescendantFonts[0]


def delete(holder, name: str) -> None:
    del holder[name]


def replace_xmp(paper: Paper, old: str, new: str) -> None:
    assert old in paper.xmp
    paper.root.Metadata.write(paper.xmp.replace(old, new).encode())


SPOILT = {
    "5 the XMP says pdfuaid:part 1": lambda p: replace_xmp(p, 'part="1"', 'part="2"'),
    "5 the prefix pdfuaid stands for its namespace": lambda p: replace_xmp(
        p, "http://www.aiim.org/pdfua/ns/id/", "http://else.example/"
    ),
    "7.1 there is an XMP metadata stream": lambda p: delete(p.root, "/Metadata"),
    "7.1 the XMP has a title": lambda p: replace_xmp(p, "dc:title", "dc:name"),
    "7.1 the title in the XMP and in the info dictionary agree": lambda p: (
        p.pdf.docinfo.__setitem__("/Title", "Other")
    ),
    "7.1 the window shows the title": lambda p: delete(p.root, "/ViewerPreferences"),
    "6.2 the file says that it is marked": lambda p: delete(p.root, "/MarkInfo"),
    "7.1 no tag is suspect": lambda p: p.root.MarkInfo.__setitem__("/Suspects", True),
    "7.1 there is a structure tree": lambda p: delete(p.root, "/StructTreeRoot"),
    "7.2 the document has a language": lambda p: delete(p.root, "/Lang"),
    "7.2 every language named is a language tag": lambda p: p.root.__setitem__(
        "/Lang", String("British English")
    ),
    "7.15 there is no XFA form": lambda p: p.root.__setitem__(
        "/AcroForm", Dictionary(XFA=Array([]))
    ),
    "7.10 optional content has names": lambda p: p.root.__setitem__(
        "/OCProperties", Dictionary(D=Dictionary())
    ),
    "7.10 optional content does not switch itself": lambda p: p.root.__setitem__(
        "/OCProperties", Dictionary(D=Dictionary(Name=String("x"), AS=Array([])))
    ),
    "7.17 there are bookmarks": lambda p: delete(p.root, "/Outlines"),
    "7.1 everything drawn is tagged or an artifact": lambda p: edit_page(
        p, rb"EMC\s", b"EMC 0 0 1 1 re f "
    ),
    "7.1 no artifact stands inside tagged content": lambda p: edit_page(
        p, rb"(/Span\s+<<\s*/MCID \d+\s*>>\s+BDC)", rb"\1 /Artifact BMC EMC "
    ),
    "7.1 nothing tagged stands inside an artifact": lambda p: edit_page(
        p, rb"/Artifact\s+BMC", b"/Artifact BMC /Span <</MCID 999>> BDC EMC"
    ),
    "7.1 marked content begins and ends in pairs": lambda p: edit_page(p, rb"EMC\s", b" "),
    "7.1 the number of a piece of content is used once on its page": lambda p: edit_page(
        p, rb"/MCID 1\b", b"/MCID 0"
    ),
    "7.1 every tagged piece of content is in the structure tree": lambda p: edit_page(
        p, rb"/MCID 1\b", b"/MCID 998"
    ),
    "7.1 every piece of content in the structure tree is on its page": lambda p: edit_page(
        p, rb"/MCID 1\b", b"/MCID 998"
    ),
    "7.1 each page leads back to the structure tree": lambda p: delete(
        p.pages[0].obj, "/StructParents"
    ),
    "7.1 the parent tree names the element that holds each piece": lambda p: p.tree.ParentTree.Nums[
        1
    ].__setitem__(0, p.tops[0].dictionary),
    "7.8 what stands in the margins of a page is an artifact": lambda p: edit_page(
        p, rb"/Artifact\s+<<\s*/Type\s*/Pagination\s*>>\s+BDC", b"/Span <</MCID 997>> BDC", count=0
    ),
    "7.1 every kind of element is a standard one, or mapped to one": lambda p: first(
        p, "P"
    ).__setitem__("/S", Name.Paragraph),
    "7.1 no mapping of kinds runs in a circle": lambda p: p.tree.__setitem__(
        "/RoleMap", Dictionary(A=Name.B, B=Name.A)
    ),
    "7.1 no standard kind is given another meaning": lambda p: p.tree.__setitem__(
        "/RoleMap", Dictionary(P=Name.Span)
    ),
    "7.1 every element knows its parent": lambda p: delete(first(p, "H2"), "/P"),
    "7.1 the tree begins with one Document": lambda p: p.tops[0].dictionary.__setitem__(
        "/S", Name.Part
    ),
    "7.4.2 the first heading is an H1": lambda p: first(p, "H1").__setitem__("/S", Name.H2),
    "7.4.2 no level of heading is skipped": lambda p: first(p, "H2").__setitem__("/S", Name.H4),
    "7.4.4 H and H1 to H6 are not mixed": lambda p: first(p, "H2").__setitem__("/S", Name.H),
    "7.4 headings have words": lambda p: first(p, "H1").__setitem__("/K", Array([])),
    "7.3 every Figure has Alt or ActualText": lambda p: delete(first(p, "Figure"), "/Alt"),
    "7.3 no Alt is empty": lambda p: first(p, "Figure").__setitem__("/Alt", String(" ")),
    "7.3 a Formula has Alt or ActualText": lambda p: first(p, "P").__setitem__("/S", Name.Formula),
    "7.3 every Figure says where it lies, on its page": lambda p: first(p, "Figure").A.__setitem__(
        "/BBox", Array([0, 0, 9999, 9999])
    ),
    "7.2 a Table holds rows, groups of rows and a caption": lambda p: add_kid(p, "Table", "P"),
    "7.2 a TR holds only TH and TD": lambda p: add_kid(p, "TR", "P"),
    "7.2 a THead holds only TR": lambda p: add_kid(p, "THead", "P"),
    "7.2 a TBody holds only TR": lambda p: add_kid(p, "TBody", "P"),
    "7.2 a TR stands in a Table or a group of rows": lambda p: add_kid(p, "Sect", "TR"),
    "7.2 a THead stands in a Table": lambda p: add_kid(p, "Sect", "THead"),
    "7.2 a TBody stands in a Table": lambda p: add_kid(p, "Sect", "TBody"),
    "7.2 a TFoot stands in a Table": lambda p: add_kid(p, "Sect", "TFoot"),
    "7.2 a TH stands in a TR": lambda p: add_kid(p, "Sect", "TH"),
    "7.2 a TD stands in a TR": lambda p: add_kid(p, "Sect", "TD"),
    "7.2 an L holds only items, lists and a caption": lambda p: add_kid(p, "L", "P"),
    "7.2 an LI holds only Lbl and LBody": lambda p: add_kid(p, "LI", "P"),
    "7.2 an LI stands in an L": lambda p: add_kid(p, "Sect", "LI"),
    "7.2 an LBody stands in an LI": lambda p: add_kid(p, "Sect", "LBody"),
    "7.2 an Lbl stands in an LI or a Note": lambda p: add_kid(p, "Sect", "Lbl"),
    "7.2 a TOCI stands in a TOC": lambda p: add_kid(p, "Sect", "TOCI"),
    "7.2 a Table has at most one THead": lambda p: add_kid(p, "Table", "THead"),
    "7.2 a Table with a THead or TFoot has a TBody": lambda p: first(p, "TBody").__setitem__(
        "/S", Name.THead
    ),
    "7.2 every row of a Table fills every column, once": lambda p: add_kid(p, "TR", "TD"),
    "7.5 every TH says which way it points": lambda p: delete(first(p, "TH").A, "/Scope"),
    "7.5 every TD has a heading": lambda p: add_kid(p, "TBody", "TR") or _bare_cell(p),
    "7.5 the Headers of a cell exist in its Table": lambda p: first(p, "TD").A.__setitem__(
        "/Headers", Array([String("nowhere")])
    ),
    "7.5 identifiers of elements are used once": lambda p: p.of("TH")[1].dictionary.__setitem__(
        "/ID", p.of("TH")[0].dictionary.ID
    ),
    "7.9 every Note has an identifier": lambda p: add_kid(p, "Sect", "Note"),
    "7.18.1 every annotation leads back to the structure tree": lambda p: delete(
        link(p), "/StructParent"
    ),
    "7.18.1 every annotation stands in an element of its kind": lambda p: annotate(
        p, Subtype=Name.Text
    ),
    "7.18.3 pages with annotations are tabbed through in the order of the structure": lambda p: (
        linked_page(p).__setitem__("/Tabs", Name.R)
    ),
    "7.18.5 every link has words for where it leads": lambda p: delete(link(p), "/Contents"),
    "7.18.5 every Link element holds its annotation": lambda p: first(p, "Link").__setitem__(
        "/K", Array([])
    ),
    "7.18.5 every Link element holds words": lambda p: first(p, "Link").__setitem__(
        "/K", Array([])
    ),
    "7.18.5 every link within the file leads somewhere": lambda p: link(p).__setitem__(
        "/Dest", String("nowhere")
    ),
    "7.18.2 there is no trap network annotation": lambda p: annotate(p, Subtype=Name.TrapNet),
    "7.18.6 there is no film, sound or three-dimensional model": lambda p: annotate(
        p, Subtype=Name.Movie
    ),
    "7.21.4.1 every font is embedded": lambda p: delete(glyphs(p).FontDescriptor, "/FontFile2"),
    "7.21.7 every font can be read as text": lambda p: delete(font(p), "/ToUnicode"),
    "7.21.7 every glyph that is drawn has its text": lambda p: delete(font(p), "/ToUnicode"),
    "7.21.7 no glyph stands for nothing": lambda p: font(p).ToUnicode.write(
        b"1 beginbfchar <0003> <FEFF> endbfchar"
    ),
    "7.21.5 widths in the file and in the font agree": lambda p: glyphs(p).__setitem__(
        "/W", Array([0, 65535, 123])
    ),
    "7.21.3.1 a composite font and its map of characters agree": lambda p: delete(
        glyphs(p), "/CIDSystemInfo"
    ),
    "7.21.3.2 a composite TrueType font says how codes become glyphs": lambda p: delete(
        glyphs(p), "/CIDToGIDMap"
    ),
    "7.21.3.3 maps of characters are standard or embedded": lambda p: font(p).__setitem__(
        "/Encoding", Name("/Own-H")
    ),
}


def _bare_cell(paper: Paper) -> None:
    row = Paper(paper.pdf).of("TR")[-1]
    body = Paper(paper.pdf).of("TBody")[0].dictionary.K[-1]
    assert row is not None
    body.K.append(
        paper.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TD, P=body, K=Array([])))
    )


@pytest.mark.parametrize("rule", sorted(SPOILT))
def test_each_rule_notices_when_it_is_broken(files, rule):
    with pikepdf.open(files["tiny"]) as pdf:
        assert list(CHECKS[rule](Paper(pdf))) == []
        SPOILT[rule](Paper(pdf))
        assert list(CHECKS[rule](Paper(pdf)))
