"""What an action raises when a rule says no."""


class Refused(Exception):
    """The rules do not allow this now; the text tells the person who tried, and how to go on."""
