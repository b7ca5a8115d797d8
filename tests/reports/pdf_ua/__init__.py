"""A named part of the rules of PDF/UA-1 (ISO 14289-1), read with pikepdf.

It stands in for a validator that cannot be had from the package registries, and says what it does
not look at.
"""

from tests.reports.pdf_ua import document, fonts, structure
from tests.reports.pdf_ua.model import CHECKS, Paper, problems

NOT_CHECKED = (
    "whether the words of an Alt, a heading or a link are good ones (a person must read them)",
    "whether the order of the tree is the order of reading (looked at, not reckoned)",
    "whether contrast and the use of colour suffice (tests of the palette do that)",
    "natural language of single words in another language (Lang on spans, ActualText, E)",
    "language of the strings in annotations and form fields (TU, Contents)",
    "that a Form element holds exactly one Widget, and TU on fields (no form fields here)",
    "content with flickering or sound, scripts and their triggers (none here; scripts not searched)",
    "CMaps with UseCMap, their WMode, and CIDToGIDMap streams in detail",
    "TrueType cmap tables of symbolic and non-symbolic simple fonts (only composite fonts here)",
    "Type 3 and Type 1 fonts: CharSet and CIDSet lists",
    "file attachments as annotations, media clips\u2019 CT and Alt entries (none here)",
    "article threads, page labels, and tab order of widgets",
    "the syntax of the file itself (cross-reference tables, object streams)",
)

__all__ = ["CHECKS", "NOT_CHECKED", "Paper", "document", "fonts", "problems", "structure"]
