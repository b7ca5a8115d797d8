"""What a fault leaves in the log."""

import logging
import sys

from spring.core.logs import Line


def test_a_fault_is_logged_without_its_message():
    told = "Key (nhs_number)=(9990000018) already exists."
    try:
        raise ValueError(told)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "Fault", None, sys.exc_info())
    record.request_id = "abc"
    line = Line().format(record)

    assert "9990000018" not in line
    assert "ValueError" in line
    assert "test_a_fault_is_logged_without_its_message" in line
    # The negative control: the usual formatter would have told.
    record.exc_text = None
    assert "9990000018" in logging.Formatter().format(record)
