"""The drawing 160 pixels wide, for a row of a list."""

from spring.core.journey_line.shapes import Line, Span

WIDTH, MARGIN, BASE, DOTS = 160, 6, 20, 8


def small_paths(line: Line) -> dict[str, str]:
    """One path for each kind of mark of the small drawing, those without marks left out."""

    def px(x: float) -> str:
        return f"{MARGIN + x * (WIDTH - 2 * MARGIN) / 100:.1f}".removesuffix(".0")

    def level(spans: tuple[Span | None, ...]) -> str:
        return "".join(f"M{px(s.start)} {BASE}H{px(s.end)}" for s in spans if s)

    paths = {
        "way": level((line.way,)),
        "walked": level(line.walked),
        "pause": level(line.paused),
        "over": level((line.over,)),
        "met": "".join(f"M{px(x)} {DOTS}h0" for x in line.met),
        "missed": "".join(f"M{px(x)} {DOTS}m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0" for x in line.missed),
    }
    for state in ("to_come", "skipped", "done", "due", "late"):
        marks = [review.x for review in line.reviews if review.state == state]
        paths[state] = "".join(f"M{px(x)} {BASE}{SHAPES[state]}" for x in marks)
    paths["due-heart"] = "".join(
        f"M{px(review.x)} {BASE}{HEART}" for review in line.reviews if review.state == "due"
    )
    if line.today is not None:
        paths["today"] = f"M{px(line.today)} {BASE - 17}v26"
    if line.closed is not None:
        paths["end"] = f"M{px(line.closed)} {BASE - 6}v12"
    return {kind: path for kind, path in paths.items() if path}


DIAMOND = "m0-5l5 5-5 5-5-5z"
SHAPES = {
    "done": DIAMOND,
    "due": DIAMOND,
    "to_come": DIAMOND,
    "skipped": f"{DIAMOND}m-5 10l10-10",
    "late": "m0-6l6 10h-12z",
}
HEART = "m0-2l2 2-2 2-2-2z"
