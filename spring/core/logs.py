"""How a line of the log looks."""

import logging
import traceback


class Line(logging.Formatter):
    """One line, and for a fault where it happened and of what kind, never its message.

    A database error quotes the row it refused, so a message may hold a name or an NHS number.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s")

    def formatException(self, ei) -> str:  # noqa: N802  (logging's own name)
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")
