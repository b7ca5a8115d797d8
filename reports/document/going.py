"""The questions about journeys: who is with us, how often we meet, whom we reach, what changes."""

from decimal import Decimal

from reports import charts
from reports.document.pieces import Block, Pages, Section, Table, TableRow
from reports.published import Cell
from reports.story import number_words


def now(pages: Pages) -> Section:
    """Who came in, is with us and went, and why."""
    return Section(
        "now",
        "Who has a link worker now, and who has left?",
        pages.said("open", "People with a link worker at the end of the month:"),
        (
            Block(
                pages.counted("People accepted, with us and closed", "accepted", "open", "closed"),
                heading="People accepted, with us and closed",
            ),
            pages.bars("closure_reasons", total="All closed", colour=5),
        ),
        pages.how("accepted", "open", "closed", "closure_reasons"),
    )


def met(pages: Pages) -> Section:
    """Contacts, attempts and what came of them."""
    return Section(
        "met",
        "How often did we meet?",
        pages.said("conversations", "Conversations held:"),
        (
            Block(
                pages.counted(
                    "Contacts in the month",
                    "contacts",
                    "conversations",
                    "met",
                    "on_behalf",
                ),
                heading="Contacts in the month",
            ),
            pages.bars("outcomes", total="All contacts and attempts"),
        ),
        pages.how("contacts", "conversations", "met", "on_behalf", "outcomes"),
    )


def reached(pages: Pages) -> Section:
    """Age and sex over twelve months."""
    year = pages.published.count("year")
    told = number_words(year.cell, pages.published.threshold)
    return Section(
        "reached",
        "Who is reached?",
        f"People who started in the last twelve months: {told}. A single month would be too "
        "few to break down.",
        (
            pages.bars("age", total="All", colour=4),
            pages.bars("sex", total="All", colour=4),
        ),
        pages.how("year", "age", "sex"),
    )


def ethnicity(pages: Pages) -> Section:
    """The 16+1 categories, with Z and 99 apart."""
    return Section(
        "ethnicity",
        "Who is reached, by ethnicity?",
        "People who were asked and did not say stand apart from people who were never asked.",
        (pages.bars("ethnicity", total="All", colour=4),),
        pages.how("ethnicity"),
    )


def journey(pages: Pages) -> Section:
    """The journey line of everyone together."""
    measure = pages.published.measure
    held = [(months, measure(f"held_share.{months}").cell) for months in pages.reviews()]
    met, length = measure("conversation.50"), measure("length")
    table = Table(
        "journey",
        "The journey of everyone together",
        ("Milestone", "People", "What came of it"),
        (
            TableRow("First conversation", (met.n, met.cell)),
            *(
                TableRow(
                    f"Review at {months} months",
                    (measure(f"held_share.{months}").n, _held(cell)),
                )
                for months, cell in held
            ),
            TableRow("Half had closed after", (length.n, length.cell)),
        ),
    )
    chart = charts.journey("journey-chart", table.caption, met.cell, held, length.cell)
    answer = (
        ""
        if length.cell.hidden
        else f"Half of the journeys that began a year ago had closed after {length.cell}."
    )
    return Section(
        "journey",
        "How does a journey go?",
        answer,
        (Block(table, chart, heading=table.caption, wide=True),),
        pages.how("started", *(f"held_share.{months}" for months in pages.reviews()), "length"),
    )


def _held(cell: Cell) -> Cell | str:
    return cell if cell.hidden else f"{cell} held"


def six(pages: Pages, pitch: int = 46) -> Section:
    """How life felt at the start and at six months."""
    both, year = pages.published.count("six_both"), pages.published.count("due.6")
    complete = pages.published.measure("six_complete")
    items = (
        ("satisfied", "Satisfied with life"),
        ("worthwhile", "Things I do are worthwhile"),
        ("happy", "Happy yesterday"),
        ("anxious", "Anxious yesterday (lower is better)"),
    )
    rows, drawn = [], []
    for key, label in items:
        start, then = (pages.published.measure(f"{key}.{end}").cell for end in ("start", "six"))
        change = pages.published.measure(f"{key}.change").cell
        low = pages.published.measure(f"{key}.low").cell
        high = pages.published.measure(f"{key}.high").cell
        moved: Cell | str = change if change.hidden or low.hidden else f"{change} ({low} to {high})"
        better = pages.published.measure(f"{key}.better_share").cell
        rows.append(TableRow(label, (start, then, moved, better)))
        drawn.append((label, start, then))
    table = Table(
        "ons4",
        f"Four questions, each on its own: means of "
        f"{number_words(both.cell, pages.published.threshold)} people",
        (
            "From 0 to 10",
            "At the start",
            "At six months",
            "Change (95 % interval)",
            "Better by 1 or more",
        ),
        tuple(rows),
    )
    reviews = Table(
        "six_due",
        "Reviews held, and how complete the answers are",
        ("What", "Number", "Share"),
        (
            TableRow(
                "People at six months, this month", (pages.published.count("six_due").cell, "")
            ),
            TableRow(
                "Reviews held, this month",
                (
                    pages.published.count("six_held").cell,
                    pages.published.measure("six_held_share").cell,
                ),
            ),
            TableRow("People at six months, twelve months", (year.cell, "")),
            TableRow("Answered at both points, twelve months", (both.cell, complete.cell)),
        ),
    )
    chart = charts.ranges(
        "ons4-chart",
        "How life felt at the start and at six months",
        ("at the start", "at six months"),
        drawn,
        top=Decimal(10),
        colour=1,
        pitch=pitch,
    )
    note = "" if chart else "Too few people have answered at both points to speak of a change."
    better = pages.published.measure("satisfied.better_share").cell
    return Section(
        "six",
        "How did life feel after six months?",
        ""
        if better.hidden
        else f"{better.text} rate their life satisfaction higher by 1 or more. The four "
        "questions stand alone and are never added up.",
        (
            Block(table, chart, note=note, heading=table.caption, wide=True),
            Block(reviews, heading=reviews.caption),
        ),
        pages.how(
            "six_due",
            "six_held",
            "due.6",
            "six_both",
            *(f"{key}.start" for key, _ in items),
            "satisfied.change",
            "satisfied.better_share",
        ),
    )
