"""Rules about the file as a whole and about what stands on its pages."""

import re
from collections.abc import Iterator

from pikepdf import Array, Name

from tests.reports.pdf_ua.model import Paper, check

LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")


@check("6.1 the version is PDF 1.x")
def _version(paper: Paper) -> Iterator[str]:
    if not paper.pdf.pdf_version.startswith("1."):
        yield paper.pdf.pdf_version


@check("5 the XMP says pdfuaid:part 1")
def _part(paper: Paper) -> Iterator[str]:
    if not re.search(r'pdfuaid:part(="1"|>1<)', paper.xmp):
        yield "no pdfuaid:part"


@check("5 the prefix pdfuaid stands for its namespace")
def _namespace(paper: Paper) -> Iterator[str]:
    if 'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"' not in paper.xmp:
        yield "no such namespace"


@check("7.1 there is an XMP metadata stream")
def _metadata(paper: Paper) -> Iterator[str]:
    stream = paper.root.get(Name.Metadata)
    if stream is None or stream.get(Name.Subtype) != Name.XML:
        yield "no metadata"


@check("7.1 the XMP has a title")
def _title(paper: Paper) -> Iterator[str]:
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+</rdf:li>", paper.xmp, re.DOTALL):
        yield "no dc:title"


@check("7.1 the title in the XMP and in the info dictionary agree")
def _same_title(paper: Paper) -> Iterator[str]:
    found = re.search(r"<dc:title>.*?<rdf:li[^>]*>([^<]+)</rdf:li>", paper.xmp, re.DOTALL)
    if found is None or found[1] != str(paper.pdf.docinfo.get(Name.Title, "")):
        yield "they differ"


@check("7.1 the window shows the title")
def _display(paper: Paper) -> Iterator[str]:
    if paper.root.get(Name.ViewerPreferences, {}).get(Name.DisplayDocTitle) is not True:
        yield "DisplayDocTitle is not true"


@check("6.2 the file says that it is marked")
def _marked(paper: Paper) -> Iterator[str]:
    if paper.root.get(Name.MarkInfo, {}).get(Name.Marked) is not True:
        yield "Marked is not true"


@check("7.1 no tag is suspect")
def _suspects(paper: Paper) -> Iterator[str]:
    if paper.root.get(Name.MarkInfo, {}).get(Name.Suspects) is True:
        yield "Suspects is true"


@check("7.1 there is a structure tree")
def _tree(paper: Paper) -> Iterator[str]:
    if paper.tree is None or not paper.tops:
        yield "no StructTreeRoot with kids"


@check("7.2 the document has a language")
def _language(paper: Paper) -> Iterator[str]:
    if not str(paper.root.get(Name.Lang, "")):
        yield "no Lang"


@check("7.2 every language named is a language tag")
def _languages(paper: Paper) -> Iterator[str]:
    named = [paper.root.get(Name.Lang)]
    named += [element.dictionary.get(Name.Lang) for element in paper.elements]
    for tag in named:
        if tag is not None and not LANGUAGE.fullmatch(str(tag)):
            yield str(tag)


@check("7.16 nothing keeps a screen reader out")
def _open(paper: Paper) -> Iterator[str]:
    if Name.Encrypt in paper.pdf.trailer and not paper.pdf.allow.accessibility:
        yield "encrypted"


@check("7.15 there is no XFA form")
def _xfa(paper: Paper) -> Iterator[str]:
    if Name.XFA in paper.root.get(Name.AcroForm, {}):
        yield "XFA"


@check("7.10 optional content has names")
def _layers_named(paper: Paper) -> Iterator[str]:
    properties = paper.root.get(Name.OCProperties)
    if properties is not None:
        for config in (properties.get(Name.D), *properties.get(Name.Configs, [])):
            if config is not None and not str(config.get(Name.Name, "")):
                yield "a configuration without a name"


@check("7.10 optional content does not switch itself")
def _layers_still(paper: Paper) -> Iterator[str]:
    properties = paper.root.get(Name.OCProperties)
    if properties is not None:
        for config in (properties.get(Name.D), *properties.get(Name.Configs, [])):
            if config is not None and Name.AS in config:
                yield "AS"


@check("7.11 embedded files have both names")
def _files(paper: Paper) -> Iterator[str]:
    for name, spec in paper.pdf.attachments.items():
        if not (Name.F in spec.obj and Name.UF in spec.obj):
            yield name


@check("7.17 there are bookmarks")
def _bookmarks(paper: Paper) -> Iterator[str]:
    if Name.First not in paper.root.get(Name.Outlines, {}):
        yield "no outlines"


# --- what is drawn --------------------------------------------------------------------------------


def _marks(paper: Paper) -> Iterator[tuple[int, str, tuple]]:
    for number, page in enumerate(paper.drawn, start=1):
        for drawn in page:
            yield number, drawn.operator, drawn.tags


@check("7.1 everything drawn is tagged or an artifact")
def _all_marked(paper: Paper) -> Iterator[str]:
    for number, operator, tags in _marks(paper):
        if operator == "begin":
            continue
        if not any(tag == "Artifact" or mcid is not None for tag, mcid in tags):
            yield f"page {number}: {operator} outside"


@check("7.1 no artifact stands inside tagged content")
def _no_artifact_inside(paper: Paper) -> Iterator[str]:
    for number, _, tags in _marks(paper):
        names = [tag for tag, _ in tags]
        if "Artifact" in names and any(
            mcid is not None for _, mcid in tags[: names.index("Artifact")]
        ):
            yield f"page {number}"


@check("7.1 nothing tagged stands inside an artifact")
def _no_tag_inside(paper: Paper) -> Iterator[str]:
    for number, _, tags in _marks(paper):
        names = [tag for tag, _ in tags]
        if "Artifact" in names and any(
            mcid is not None for _, mcid in tags[names.index("Artifact") :]
        ):
            yield f"page {number}"


@check("7.1 marked content begins and ends in pairs")
def _paired(paper: Paper) -> Iterator[str]:
    for number, operator, _ in _marks(paper):
        if operator in ("EMC without a beginning", "never ended"):
            yield f"page {number}: {operator}"


@check("7.1 the number of a piece of content is used once on its page")
def _numbers_once(paper: Paper) -> Iterator[str]:
    for number, page in enumerate(paper.drawn, start=1):
        begun = [drawn.tags[-1][1] for drawn in page if drawn.operator == "begin"]
        begun = [mcid for mcid in begun if mcid is not None]
        if len(begun) != len(set(begun)):
            yield f"page {number}"


@check("7.1 every tagged piece of content is in the structure tree")
def _in_tree(paper: Paper) -> Iterator[str]:
    held = {(page.objgen, mcid) for element in paper.elements for page, mcid in element.mcids}
    for number, (page, drawn) in enumerate(zip(paper.pages, paper.drawn, strict=True), start=1):
        for item in drawn:
            mcid = item.tags[-1][1] if item.operator == "begin" else None
            if mcid is not None and (page.objgen, mcid) not in held:
                yield f"page {number}: {mcid}"


@check("7.1 every piece of content in the structure tree is on its page")
def _on_page(paper: Paper) -> Iterator[str]:
    there = {
        (page.objgen, drawn.tags[-1][1])
        for page, marks in zip(paper.pages, paper.drawn, strict=True)
        for drawn in marks
        if drawn.operator == "begin"
    }
    for element in paper.elements:
        for page, mcid in element.mcids:
            if (page.objgen, mcid) not in there:
                yield f"{element.kind} {mcid}"


@check("7.1 each page leads back to the structure tree")
def _leads_back(paper: Paper) -> Iterator[str]:
    for number, page in enumerate(paper.pages, start=1):
        key = page.get(Name.StructParents)
        if key is None or not isinstance(paper.parent_tree.get(int(key)), Array):
            yield f"page {number}"


@check("7.1 the parent tree names the element that holds each piece")
def _parent_tree(paper: Paper) -> Iterator[str]:
    holders = {
        (page.objgen, mcid): element.dictionary.objgen
        for element in paper.elements
        for page, mcid in element.mcids
    }
    for number, page in enumerate(paper.pages, start=1):
        listed = paper.parent_tree.get(int(page.get(Name.StructParents, -1)), [])
        for mcid, holder in enumerate(listed):
            found = None if holder is None else holder.objgen
            if holders.get((page.objgen, mcid)) != found:
                yield f"page {number}: {mcid}"


@check("7.20 no page is drawn from another file")
def _reference_objects(paper: Paper) -> Iterator[str]:
    for number, page in enumerate(paper.pages, start=1):
        for name, form in page.get(Name.Resources, {}).get(Name.XObject, {}).items():
            if Name.Ref in form:
                yield f"page {number}: {name}"


@check("7.20 no form that is drawn has tags of its own")
def _tagged_forms(paper: Paper) -> Iterator[str]:
    for number, page in enumerate(paper.pages, start=1):
        for name, form in page.get(Name.Resources, {}).get(Name.XObject, {}).items():
            if form.get(Name.Subtype) == Name.Form and b"/MCID" in form.read_bytes():
                yield f"page {number}: {name}"


@check("7.8 what stands in the margins of a page is an artifact")
def _margins(paper: Paper) -> Iterator[str]:
    """Words drawn as artifacts are there on every page: the foot with its page number."""
    for number, page in enumerate(paper.drawn, start=1):
        words = [item for item in page if item.operator in ("Tj", "TJ")]
        if not any(tag == "Artifact" for item in words for tag, _ in item.tags):
            yield f"page {number}"
