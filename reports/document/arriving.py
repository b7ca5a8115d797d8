"""The questions about the way in: who is referred, what is decided, how long people wait."""

from reports import charts
from reports.document.pieces import Block, Pages, Section, Table, TableRow, number_of
from reports.story import top_row


def referred(pages: Pages) -> Section:
    """How many were referred, by month and by source."""
    top = top_row(pages.published.breakdown("source"))
    most = f" Most were referred by: {top}." if top else ""
    return Section(
        "referred",
        "How many people were referred, and by whom?",
        pages.said("referred", "People referred:") + most,
        (pages.series("referred_by_month"), pages.bars("source", total="All referrals")),
        pages.how("referred", "source"),
    )


def places(pages: Pages) -> Section:
    """By council and by primary care network."""
    top = top_row(pages.published.breakdown("council"))
    return Section(
        "places",
        "Where do they live?",
        f"The most were from {top}." if top else "",
        (
            pages.bars("council", total="All referrals", colour=3),
            pages.bars("pcn", total="All referrals", colour=3),
        ),
        pages.how("council", "pcn"),
    )


def needs(pages: Pages) -> Section:
    """What people asked for help with."""
    top = top_row(pages.published.breakdown("needs"))
    return Section(
        "needs",
        "What did they ask for help with?",
        f"Named most often: {top}." if top else "",
        (pages.bars("needs", colour=3, total="People referred"),),
        pages.how("needs"),
    )


def decided(pages: Pages) -> Section:
    """What was decided, and why some were declined."""
    blocks = [pages.bars("decisions", total="All decided")]
    if pages.published.count("declined").cell.text != "0":
        blocks.append(pages.bars("decline_reasons", total="All declined", colour=2))
    return Section(
        "decided",
        "What was decided?",
        pages.said("decided", "Referrals decided:"),
        tuple(blocks),
        pages.how("decided", "decisions", "decline_reasons"),
    )


def waits(pages: Pages) -> Section:
    """Three waits, and how many were tried in time."""
    rows, drawn = [], []
    for key, words in (
        ("decision", "From referral to decision"),
        ("attempt", "From acceptance to the first attempt"),
        ("conversation", "From referral to the first conversation"),
    ):
        if not any(item.key == f"{key}.50" for item in pages.published.measures):
            continue
        half = pages.published.measure(f"{key}.50")
        most = pages.published.measure(f"{key}.90")
        days = tuple(number_of(cell) for cell in (half.cell, half.before, most.cell))
        rows.append(TableRow(words, (half.n, *days)))
        drawn.append((words, half.cell, most.cell))
    share = pages.published.measure("in_time")
    table = Table(
        "waits",
        "Waits that ended in the month, in working days",
        ("Wait", "People", "Half within", f"Half within, {pages.month}", "Nine in ten within"),
        tuple(rows),
    )
    in_time = Table(
        "in_time",
        "The first attempt, held against its target",
        ("What", "This month", pages.month),
        (
            TableRow(
                pages.published.count("attempt_due").label,
                (
                    pages.published.count("attempt_due").cell,
                    pages.published.count("attempt_due").before or "",
                ),
            ),
            TableRow(share.label, (share.cell, share.before or "")),
        ),
    )
    chart = charts.ranges(
        "waits-chart",
        "Waits that ended in the month",
        ("half within", "nine in ten within"),
        drawn,
        colour=4,
    )
    wait = pages.published.measure("conversation.50")
    answer = (
        ""
        if wait.cell.hidden
        else f"Half of the people met a link worker within {wait.cell.text} of referral."
    )
    if not share.cell.hidden:
        answer += f" {share.label}: {share.cell.text}."
    return Section(
        "waits",
        "How long did people wait?",
        answer.strip(),
        (
            Block(table, chart, heading=table.caption, wide=True),
            Block(in_time, heading=in_time.caption),
        ),
        (
            *pages.how("waited.decision", "decided", "waited.attempt", "started", "in_time"),
            (
                "Half within, nine in ten within",
                (
                    "Working days are Monday to Friday without England’s bank holidays. The "
                    "numbers are nearest-rank percentiles: a wait that somebody really had."
                ),
            ),
        ),
    )


def started(pages: Pages) -> Section:
    """How many had a first conversation, by month."""
    started = pages.published.count("started")
    goal = f" The month’s target is {started.target.text}." if started.target else ""
    return Section(
        "started",
        "How many people started?",
        pages.said("started", "People who had a first conversation:") + goal,
        (pages.series("started_by_month"),),
        pages.how("started", "started_by_month"),
    )
