"""What the published numbers say, in sentences. Pure; it knows nothing but `Published`.

Every comparison is between numbers as printed. A difference of one step of rounding may be no
difference at all, so it is never called one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.periods import Month
from reports.published import Cell, Published, ShownBreakdown, ShownCount


@dataclass(frozen=True)
class Sentence:
    """Words before, the number that matters, words after; `weight` orders sentences."""

    before: str
    strong: str
    after: str
    weight: float = 0.0

    def __str__(self) -> str:
        return f"{self.before}{self.strong}{self.after}"


def number_words(cell: Cell, threshold: str) -> str:
    """A published number inside a sentence."""
    if cell.text == "*":
        return f"1 to {threshold}"
    return cell.text


def compared(now: Cell, before: Cell | None, month: str, rounding: str) -> str:
    """ ", up from 90 in September"; nothing where either number is hidden."""
    if now.number is None or before is None or before.number is None:
        return ""
    difference = now.number - before.number
    if abs(difference) <= Decimal(rounding):
        return f", about as many as in {month} ({before.text})"
    return f", {'up' if difference > 0 else 'down'} from {before.text} in {month}"


def previous_name(published: Published) -> str:
    """The month before, as it is named in a sentence."""
    month = Month.parse(published.month)
    before = month.previous
    return before.name if before.year == month.year else before.label


def top_row(item: ShownBreakdown) -> str:
    """ "Most came from GP practice (60)" made of the greatest row, where one stands out."""
    shown = [row for row in item.rows if row.cell.number is not None and row.cell.number > 0]
    if not shown:
        return ""
    first = max(shown, key=lambda row: row.cell.number or 0)
    equal = [row for row in shown if row.cell.number == first.cell.number]
    if len(equal) > 1:
        return ""
    return f"{first.label} ({first.cell.text})"


def three_things(published: Published) -> tuple[Sentence, ...]:
    """The three sentences of the cover: what changed most, then what matters though it did not."""
    found = sorted(_changes(published), key=lambda sentence: -sentence.weight)
    found += sorted(_standing(published), key=lambda sentence: -sentence.weight)
    return tuple(found[:3])


def _changes(published: Published) -> Iterator[Sentence]:
    month = previous_name(published)
    yield from _share_changes(published, month)
    yield from _wait_changes(published, month)
    for key, more, fewer in (
        ("referred", "More people were referred: ", "Fewer people were referred: "),
        ("started", "More people started with a link worker: ", "Fewer people started: "),
        ("open", "More people have a link worker: ", "Fewer people have a link worker: "),
        ("closed", "More journeys closed: ", "Fewer journeys closed: "),
        (
            "conversations",
            "Link workers had more conversations: ",
            "Link workers had fewer conversations: ",
        ),
    ):
        count = published.count(key)
        change = relative_change(count, published)
        if change:
            words = "up" if change > 0 else "down"
            before = count.before.text if count.before else ""
            yield Sentence(
                more if change > 0 else fewer,
                count.cell.text,
                f", {words} from {before} in {month}.",
                abs(change),
            )


def relative_change(count: ShownCount, published: Published) -> float:
    """By what part a count changed; 0 where that could be rounding, or is hidden."""
    now, before = count.cell.number, count.before.number if count.before else None
    if now is None or not before or abs(now - before) <= Decimal(published.rounding):
        return 0.0
    change = float((now - before) / before)
    return change if abs(change) >= 0.05 else 0.0


def _share_changes(published: Published, month: str) -> Iterator[Sentence]:
    """Only a change greater than what rounding both parts of both shares could make."""
    share, due = published.measure("in_time"), published.count("attempt_due")
    now, before = share.cell.number, share.before.number if share.before else None
    people, people_before = due.cell.number, due.before.number if due.before else None
    if now is None or before is None or not people or not people_before:
        return
    off = Decimal(published.rounding) - 1  # by how much two counts may be out together
    if abs(now - before) <= 100 * off * (1 / people + 1 / people_before):
        return
    yield Sentence(
        f"People were tried in time {'more' if now > before else 'less'} often: ",
        share.cell.text,
        f" {share.label.removeprefix('Tried ')}, {'up' if now > before else 'down'} from "
        f"{share.before.text if share.before else ''} in {month}.",
        float(abs(now - before)) / 25,
    )


def _wait_changes(published: Published, month: str) -> Iterator[Sentence]:
    wait = published.measure("conversation.50")
    now, before = wait.cell.number, wait.before.number if wait.before else None
    if now is None or before is None or now == before:
        return
    better = now < before
    yield Sentence(
        f"Waiting got {'shorter' if better else 'longer'}: half met a link worker within ",
        wait.cell.text,
        f" of referral; in {month} it was {before}.",
        float(abs(now - before) / max(before, Decimal(1))),
    )


def _standing(published: Published) -> Iterator[Sentence]:
    """True whether or not anything changed."""
    month = previous_name(published)
    started = published.count("started")
    if started.target is not None and started.cell.number is not None:
        gap = started.cell.number - (started.target.number or 0)
        where = (
            "close to"
            if abs(gap) <= Decimal(published.rounding)
            else "above"
            if gap > 0
            else "below"
        )
        yield Sentence(
            "People who started with a link worker: ",
            started.cell.text,
            f", {where} the month’s target of {started.target.text}.",
            3,
        )
    satisfied = published.measure("satisfied.better_share")
    if not satisfied.cell.hidden:
        yield Sentence(
            "After six months ",
            satisfied.cell.text,
            " of the people who answered rate their life satisfaction higher than at the start.",
            2.5,
        )
    for key, words, weight in (
        ("referred", "People referred: ", 2),
        ("open", "People with a link worker at the end of the month: ", 1.5),
        ("started", "People who started with a link worker: ", 1.2),
        ("closed", "Journeys closed: ", 1),
        ("contacts", "Contacts and attempts: ", 0.5),
    ):
        count = published.count(key)
        if key == "started" and started.target is not None and not started.cell.hidden:
            continue
        if relative_change(count, published):
            continue
        text = number_words(count.cell, published.threshold)
        same = compared(count.cell, count.before, month, published.rounding)
        yield Sentence(words, text, f"{same}.", weight)
