"""Rules about fonts: embedded, and every glyph readable as text."""

import io
import re
from collections.abc import Iterator

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name, Stream

from tests.reports.pdf_ua.model import Paper, check

FILES = (Name.FontFile, Name.FontFile2, Name.FontFile3)


def descendants(paper: Paper) -> Iterator[tuple[str, Dictionary, Dictionary]]:
    """(name, font, the font that has the glyphs)"""
    for name, font in paper.fonts:
        below = font.get(Name.DescendantFonts)
        yield name, font, below[0] if below is not None else font


def used_codes(paper: Paper) -> dict[str, set[int]]:
    """The two-byte codes each composite font of the file is asked to draw."""
    found: dict[str, set[int]] = {}
    streams: list = list(paper.pages)
    for page in paper.pages:
        for form in page.get(Name.Resources, {}).get(Name.XObject, {}).values():
            if form.get(Name.Subtype) == Name.Form:
                streams.append(form)
    for stream in streams:
        font = ""
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            if operator == "Tf":
                font = str(instruction.operands[0])
            elif operator in ("Tj", "TJ"):
                first = instruction.operands[0]
                for part in first if operator == "TJ" else [first]:
                    if isinstance(part, pikepdf.String):
                        raw = bytes(part)
                        codes = (raw[n] << 8 | raw[n + 1] for n in range(0, len(raw) - 1, 2))
                        found.setdefault(font, set()).update(codes)
    return found


def to_unicode(font: Dictionary) -> dict[int, str]:
    """The map from codes to text."""
    stream = font.get(Name.ToUnicode)
    if not isinstance(stream, Stream):
        return {}
    text = stream.read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    return found


@check("7.21.4.1 every font is embedded")
def _embedded(paper: Paper) -> Iterator[str]:
    for name, _, glyphs in descendants(paper):
        descriptor = glyphs.get(Name.FontDescriptor)
        if descriptor is None or not any(file in descriptor for file in FILES):
            yield name


@check("7.21.7 every font can be read as text")
def _readable(paper: Paper) -> Iterator[str]:
    for name, font in paper.fonts:
        if not to_unicode(font):
            yield name


@check("7.21.7 no glyph stands for nothing")
def _nothing(paper: Paper) -> Iterator[str]:
    for name, font in paper.fonts:
        for code, text in to_unicode(font).items():
            if text == "" or text in ("\x00", "\ufeff", "\ufffe"):
                yield f"{name} {code}"


@check("7.21.7 every glyph that is drawn has its text")
def _all_text(paper: Paper) -> Iterator[str]:
    maps = {name: to_unicode(font) for name, font in paper.fonts}
    for name, codes in used_codes(paper).items():
        for code in sorted(codes - maps.get(name, {}).keys()):
            yield f"{name} {code}"


@check("7.21.8 the glyph for a missing character is never drawn")
def _missing(paper: Paper) -> Iterator[str]:
    for name, codes in used_codes(paper).items():
        if 0 in codes:
            yield name


@check("7.21.4.1 the embedded font has every glyph that is drawn")
def _glyphs(paper: Paper) -> Iterator[str]:
    used = used_codes(paper)
    for name, _, glyphs in descendants(paper):
        file = glyphs.get(Name.FontDescriptor, {}).get(Name.FontFile2)
        if file is None:
            continue
        count = TTFont(io.BytesIO(file.read_bytes()), lazy=True)["maxp"].numGlyphs
        if any(code >= count for code in used.get(name, ())):
            yield name


@check("7.21.5 widths in the file and in the font agree")
def _widths(paper: Paper) -> Iterator[str]:
    used = used_codes(paper)
    for name, _, glyphs in descendants(paper):
        file = glyphs.get(Name.FontDescriptor, {}).get(Name.FontFile2)
        if file is None:
            continue
        font = TTFont(io.BytesIO(file.read_bytes()), lazy=True)
        scale = 1000 / font["head"].unitsPerEm
        order, metrics = font.getGlyphOrder(), font["hmtx"].metrics
        told = _told_widths(glyphs)
        for code in used.get(name, ()):
            if (
                code < len(order)
                and abs(metrics[order[code]][0] * scale - told.get(code, 1000)) > 1.5
            ):
                yield f"{name} {code}: {told.get(code)}"


def _told_widths(glyphs: Dictionary) -> dict[int, float]:
    told, listed = {}, list(glyphs.get(Name.W, []))
    while listed:
        first, second = int(listed.pop(0)), listed.pop(0)
        if isinstance(second, pikepdf.Array):
            told |= {first + n: float(width) for n, width in enumerate(second)}
        else:
            width = float(listed.pop(0))
            told |= dict.fromkeys(range(first, int(second) + 1), width)
    return told


@check("7.21.3.1 a composite font and its map of characters agree")
def _ordering(paper: Paper) -> Iterator[str]:
    for name, font, glyphs in descendants(paper):
        if font.get(Name.Subtype) != Name.Type0:
            continue
        info = glyphs.get(Name.CIDSystemInfo)
        identity = str(font.get(Name.Encoding)) in ("/Identity-H", "/Identity-V")
        if info is None or (not identity and Name.CIDSystemInfo not in font[Name.Encoding]):
            yield name


@check("7.21.3.2 a composite TrueType font says how codes become glyphs")
def _to_glyphs(paper: Paper) -> Iterator[str]:
    for name, _, glyphs in descendants(paper):
        if glyphs.get(Name.Subtype) == Name.CIDFontType2 and Name.CIDToGIDMap not in glyphs:
            yield name


@check("7.21.3.3 maps of characters are standard or embedded")
def _maps(paper: Paper) -> Iterator[str]:
    for name, font in paper.fonts:
        encoding = font.get(Name.Encoding)
        if font.get(Name.Subtype) != Name.Type0 or isinstance(encoding, Stream):
            continue
        if str(encoding) not in ("/Identity-H", "/Identity-V"):
            yield name


@check("7.21.6 no TrueType font is used with an unknown encoding")
def _truetype(paper: Paper) -> Iterator[str]:
    for name, font in paper.fonts:
        symbolic = int(font.get(Name.FontDescriptor, {}).get(Name.Flags, 0)) & 4
        if font.get(Name.Subtype) == Name.TrueType and not symbolic and Name.Encoding not in font:
            yield name
