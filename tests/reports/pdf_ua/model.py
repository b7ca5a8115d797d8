"""A PDF opened once: its structure tree, what is drawn on each page, its annotations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

Check = Callable[["Paper"], Iterator[str]]
CHECKS: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Register a rule under the clause of ISO 14289-1 it stands for, and a few words."""

    def register(rule: Check) -> Check:
        assert name not in CHECKS, name
        CHECKS[name] = rule
        return rule

    return register


@dataclass(eq=False)
class Element:
    """One structure element with its place in the tree."""

    dictionary: Dictionary
    kind: str
    raw_kind: str
    parent: "Element | None"
    kids: list["Element"] = field(default_factory=list)
    mcids: list[tuple[Any, int]] = field(default_factory=list)
    objects: list[Dictionary] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def table_attribute(self, name: str) -> Any:
        found = self.dictionary.get(Name.A)
        every = list(found) if isinstance(found, Array) else [found]
        for item in every:
            if isinstance(item, Dictionary) and name in item:
                return item[name]
        return None

    def above(self) -> Iterator["Element"]:
        at = self.parent
        while at is not None:
            yield at
            at = at.parent


@dataclass
class Drawn:
    """What a page draws: each mark with the tags it stands in, innermost last."""

    operator: str
    tags: tuple[tuple[str, int | None], ...]


PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "Tj", "TJ", "'", '"', "EI"}


class Paper:
    """A PDF, read for checking."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root
        self.tree = pdf.Root.get(Name.StructTreeRoot)

    @cached_property
    def role_map(self) -> dict[str, str]:
        found = self.tree.get(Name.RoleMap) if self.tree is not None else None
        return {str(key): str(value) for key, value in (found or {}).items()}

    @cached_property
    def tops(self) -> list[Element]:
        if self.tree is None or Name.K not in self.tree:
            return []
        return [self._element(kid, None, None) for kid in _listed(self.tree[Name.K])]

    def _element(self, dictionary: Dictionary, parent: Element | None, page: Any) -> Element:
        raw = str(dictionary.get(Name.S, "/"))
        kind, seen = raw, set()
        while kind in self.role_map and kind not in seen:
            seen.add(kind)
            kind = self.role_map[kind]
        element = Element(dictionary, kind[1:], raw[1:], parent)
        page = dictionary.get(Name.Pg, page)
        for kid in _listed(dictionary.get(Name.K)):
            if isinstance(kid, int):
                element.mcids.append((page, kid))
            elif kid.get(Name.Type) == Name.MCR:
                element.mcids.append((kid.get(Name.Pg, page), int(kid[Name.MCID])))
            elif kid.get(Name.Type) == Name.OBJR:
                element.objects.append(kid[Name.Obj])
            else:
                element.kids.append(self._element(kid, element, page))
        return element

    @cached_property
    def elements(self) -> list[Element]:
        return [element for top in self.tops for element in top.walk()]

    def of(self, *kinds: str) -> list[Element]:
        return [element for element in self.elements if element.kind in kinds]

    @cached_property
    def pages(self) -> list[pikepdf.Page]:
        return list(self.pdf.pages)

    @cached_property
    def drawn(self) -> list[list[Drawn]]:
        return [list(_drawn(page)) for page in self.pages]

    @cached_property
    def annotations(self) -> list[tuple[pikepdf.Page, Dictionary]]:
        return [(page, item) for page in self.pages for item in page.get(Name.Annots, [])]

    @cached_property
    def parent_tree(self) -> dict[int, Any]:
        numbers = self.tree.get(Name.ParentTree) if self.tree is not None else None
        if numbers is None:
            return {}
        listed = list(numbers.get(Name.Nums, []))
        return {int(key): value for key, value in zip(listed[::2], listed[1::2], strict=True)}

    @cached_property
    def fonts(self) -> list[tuple[str, Dictionary]]:
        found: dict[tuple, tuple[str, Dictionary]] = {}
        for page in self.pages:
            for name, font in page.get(Name.Resources, {}).get(Name.Font, {}).items():
                found[font.objgen] = (str(name), font)
        return list(found.values())

    @cached_property
    def xmp(self) -> str:
        stream = self.root.get(Name.Metadata)
        return stream.read_bytes().decode() if isinstance(stream, Stream) else ""

    @cached_property
    def names(self) -> dict[str, Any]:
        """Named destinations."""
        listed = list(self.root.get(Name.Names, {}).get(Name.Dests, {}).get(Name.Names, []))
        return {str(key): value for key, value in zip(listed[::2], listed[1::2], strict=True)}


def _listed(kids: Any) -> list:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _drawn(page: pikepdf.Page) -> Iterator[Drawn]:
    tags: list[tuple[str, int | None]] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        operands = instruction.operands
        if operator in ("BMC", "BDC"):
            mcid = None
            if operator == "BDC" and isinstance(operands[1], Dictionary):
                mcid = operands[1].get(Name.MCID)
            tags.append((str(operands[0])[1:], None if mcid is None else int(mcid)))
            yield Drawn("begin", tuple(tags))
        elif operator == "EMC":
            if not tags:
                yield Drawn("EMC without a beginning", ())
            else:
                tags.pop()
        elif operator in PAINT:
            yield Drawn(operator, tuple(tags))
    if tags:
        yield Drawn("never ended", tuple(tags))


def problems(pdf: pikepdf.Pdf) -> dict[str, list[str]]:
    """Every rule that is broken, with at most five places each."""
    paper = Paper(pdf)
    found = {name: list(rule(paper))[:5] for name, rule in CHECKS.items()}
    return {name: places for name, places in found.items() if places}
