"""Practices and networks in the shape of the Organisation Data Service's files. Pure.

Reading tells every bad row with its reason; comparing tells what would change. Nothing is written.
"""

import csv
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from spring.core.identifiers import clean_postcode, clean_telephone
from spring.core.typed import NotADate, parse_typed_date

MOST_ROWS = 2_000
MOST_CHARACTERS = 1_000_000
REQUIRED = ("Organisation Code", "Name")
COLUMNS = {
    "Organisation Code": "a practice (K83001) or a network (U12345); its kind follows from it",
    "Name": "up to 160 characters",
    "Address Line 1": "and so on to Address Line 5",
    "Postcode": "",
    "Open Date": "like 20210401, 2021-04-01 or 1/4/2021",
    "Close Date": "the last day, in the same way; empty while it is open",
    "Status Code": "A or Active, C or Closed, D or Dormant, P or Proposed",
    "Contact Telephone Number": "",
    "PCN Code": "the network of a practice; known here, or in the same file",
    "Council": "West or North",
}
_ADDRESS = tuple(f"Address Line {n}" for n in range(1, 6))
_KNOWN = {name.casefold(): name for name in (*COLUMNS, *_ADDRESS)}
_STATUSES = {"a": "A", "active": "A", "c": "C", "closed": "C", "inactive": "C"} | {
    "d": "D", "dormant": "D", "p": "P", "proposed": "P", "": ""
}  # fmt: skip
_COUNCILS = {"west": "west", "north": "north", "": ""} | {
    "west northamptonshire": "west", "north northamptonshire": "north"
}  # fmt: skip
_STANDS_FOR_NONE = ("V81997", "V81998", "V81999")
LABELS = {
    "name": "name",
    "address": "address",
    "postcode": "postcode",
    "telephone": "telephone",
    "valid_from": "open date",
    "valid_to": "close date",
    "network": "network",
    "council": "council",
}


class NotReadable(ValueError):
    """The file as a whole cannot be used; the message says what to do."""


class _BadRow(ValueError):
    pass


@dataclass(frozen=True)
class Row:
    """One organisation as the file has it; `facts` holds only the columns that the file has."""

    line: int
    code: str
    kind: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """A row that cannot be taken, and why."""

    line: int
    code: str
    reason: str


@dataclass(frozen=True)
class Difference:
    """What would change about an organisation that is known: (what, before, after)."""

    row: Row
    name: str
    changes: tuple[tuple[str, Any, Any], ...]


@dataclass
class Plan:
    """What an import would do."""

    added: list[Row] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    closed: list[Difference] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def does_something(self) -> bool:
        return bool(self.added or self.changed or self.closed)

    @property
    def digest(self) -> str:
        """Two plans with one digest do the same."""
        return sha256(repr((self.added, self.changed, self.closed)).encode()).hexdigest()


def read(text: str, *, today: date) -> tuple[list[Row], list[Problem]]:
    """The rows of a file with a header line, and what is wrong with the others."""
    if len(text) > MOST_CHARACTERS:
        raise NotReadable(f"This is more than {MOST_CHARACTERS:,} characters. Split it.")
    if "\0" in text:
        raise NotReadable("This is not a CSV file. Save it as CSV (UTF-8) and try again.")
    lines = csv.reader(text.splitlines(), strict=True)
    try:
        header = [_KNOWN.get(cell.strip().casefold(), "") for cell in next(lines, [])]
        if missing := [name for name in REQUIRED if name not in header]:
            raise NotReadable(f"The first line must name the columns; missing: {missing[0]}.")
        if twice := [name for name in header if name and header.count(name) > 1]:
            raise NotReadable(f"The column “{twice[0]}” is there twice.")
        rows, problems = _rows(lines, header, today)
    except csv.Error as error:
        raise NotReadable(f"Line {lines.line_num} is not CSV: {error}.") from None
    if not rows and not problems:
        raise NotReadable("There is a header line and nothing below it.")
    return rows, problems


def _rows(lines: Any, header: list[str], today: date) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) + len(problems) >= MOST_ROWS:
            raise NotReadable(f"There are more than {MOST_ROWS:,} rows. Split the file.")
        line = lines.line_num
        said = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
        code = said.get("Organisation Code", "")[:12]
        try:
            if len(cells) != len(header):
                raise _BadRow(f"It has {len(cells)} columns; the first line has {len(header)}.")
            row = _row(line, said, today)
            if row.code in seen:
                raise _BadRow(f"This code is in line {seen[row.code]} already.")
        except _BadRow as problem:
            problems.append(Problem(line, code, str(problem)))
        else:
            seen[row.code] = line
            rows.append(row)
    return rows, problems


def _row(line: int, said: dict[str, str], today: date) -> Row:
    code, kind = _code(said["Organisation Code"])
    facts: dict[str, Any] = {"name": _calm(said["Name"])}
    if not facts["name"]:
        raise _BadRow("It has no name.")
    if len(facts["name"]) > 160:
        raise _BadRow("The name is longer than 160 characters.")
    if any(column in said for column in _ADDRESS):
        parts = [_calm(said[column]) for column in _ADDRESS if said.get(column)]
        facts["address"] = ", ".join(parts)
        if len(facts["address"]) > 200:
            raise _BadRow("The address is longer than 200 characters.")
    if "Postcode" in said:
        facts["postcode"] = _cleaned(said["Postcode"], clean_postcode, "a postcode")
    if "Contact Telephone Number" in said:
        number = said["Contact Telephone Number"]
        facts["telephone"] = _cleaned(number, clean_telephone, "a telephone number")
    for column, name in (("Open Date", "valid_from"), ("Close Date", "valid_to")):
        if column in said:
            facts[name] = _day(said[column], column, today)
    _check_dates(facts, _status(said), today)
    if "PCN Code" in said:
        facts["network"] = said["PCN Code"].upper()
        if facts["network"] and kind == "pcn":
            raise _BadRow("A network is not part of a network.")
    if "Council" in said:
        council = said["Council"].casefold()
        if council not in _COUNCILS:
            raise _BadRow(f"“{said['Council'][:40]}” is not one of the two councils: West, North.")
        facts["council"] = _COUNCILS[council]
    return Row(line=line, code=code, kind=kind, facts=facts)


def _code(text: str) -> tuple[str, str]:
    code = "".join(text.split()).upper()
    if code in _STANDS_FOR_NONE:
        raise _BadRow("This code stands for having no practice.")
    if re.fullmatch(r"U[0-9]{5}", code):
        return code, "pcn"
    if re.fullmatch(r"[A-Z][0-9]{5}", code):
        return code, "practice"
    if re.fullmatch(r"[A-Z][0-9]{8}", code):
        raise _BadRow("This is the code of a branch. Leave branches out.")
    raise _BadRow(
        "The code is neither that of a practice (a letter and five figures, like K83001) nor of "
        "a network (U and five figures)."
    )


def _calm(text: str) -> str:
    """The files shout; people read more easily what does not. Mixed case stays as it is."""
    text = " ".join(text.split())
    if not text.isupper():
        return text
    words = string.capwords(text).split(" ")
    return " ".join(w.upper() if w in ("Pcn", "Nhs", "Gp", "Ltd", "Cic") else w for w in words)


def _cleaned(text: str, clean: Any, what: str) -> str:
    if not text:
        return ""
    cleaned = clean(text)
    if cleaned is None:
        raise _BadRow(f"“{text[:40]}” is not {what}.")
    return cleaned


def _day(text: str, column: str, today: date) -> date | None:
    if not text:
        return None
    try:
        return parse_typed_date(text, today=today)
    except NotADate as problem:
        raise _BadRow(f"{column}: {problem}") from None


def _status(said: dict[str, str]) -> str:
    text = said.get("Status Code", "")
    if text.casefold() not in _STATUSES:
        raise _BadRow(f"“{text[:40]}” is not a status: A, C, D or P.")
    return _STATUSES[text.casefold()]


def _check_dates(facts: dict[str, Any], status: str, today: date) -> None:
    opened, closed = facts.get("valid_from"), facts.get("valid_to")
    if opened and closed and closed < opened:
        raise _BadRow("The close date is before the open date.")
    if status == "C" and not closed:
        raise _BadRow("Its status is closed, and there is no close date.")
    if status == "A" and closed and closed < today:
        raise _BadRow("Its status is active, and its close date has passed.")


def compare(
    rows: Iterable[Row], problems: Iterable[Problem], known: Mapping[str, Mapping[str, Any]]
) -> Plan:
    """What the rows would change. `known` has, by code, the kind and the facts of what is there;
    it must also hold the networks that rows name.
    """
    rows = list(rows)
    plan = Plan(problems=list(problems))
    networks = {code for code, facts in known.items() if facts["kind"] == "pcn"}
    networks |= {row.code for row in rows if row.kind == "pcn"}
    for row in rows:
        network = row.facts.get("network")
        there = known.get(row.code)
        if network and network not in networks:
            reason = f"The network {network[:12]} is not known. Put it into the same file."
            plan.problems.append(Problem(row.line, row.code, reason))
        elif there is None:
            plan.added.append(row)
        elif there["kind"] != row.kind:
            reason = f"{there['name']} has this code, and is something else."
            plan.problems.append(Problem(row.line, row.code, reason))
        elif changes := tuple(_changes(row, there)):
            closing = any(what == "valid_to" and after for what, _, after in changes)
            kept = plan.closed if closing else plan.changed
            kept.append(Difference(row=row, name=there["name"], changes=changes))
        else:
            plan.unchanged += 1
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


def _changes(row: Row, there: Mapping[str, Any]) -> Iterable[tuple[str, Any, Any]]:
    for what, after in row.facts.items():
        before = there[what]
        same_words = isinstance(after, str) and str(before).casefold() == after.casefold()
        if before != after and not same_words:
            yield what, before, after
