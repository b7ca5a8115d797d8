"""Words, numbers and small pieces of page; built in, so no template loads it."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils import timezone

from spring.core import clock
from spring.core.dates import whole_months_between
from spring.core.identifiers import show_nhs_number
from spring.core.journey_line import JourneyFacts, draw, small_paths

register = template.Library()

TAGS = ("ok", "due", "late", "info", "quiet", "special")
Day = date | datetime | None


def _day(value: Day) -> date | None:
    if isinstance(value, datetime):
        return clock.london_date(value) if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


# --- dates ----------------------------------------------------------------------------------------
@register.filter
def long_date(value: Day) -> str:
    """Tuesday 3 March 2026."""
    day = _day(value)
    return f"{day:%A} {day.day} {day:%B %Y}" if day else ""


@register.filter
def plain_date(value: Day) -> str:
    """3 March 2026."""
    day = _day(value)
    return f"{day.day} {day:%B %Y}" if day else ""


@register.filter
def short_date(value: Day) -> str:
    """Tuesday 3 March: the year only where it is not this one."""
    day = _day(value)
    if not day:
        return ""
    return f"{day:%A} {day.day} {day:%B}" + (
        "" if day.year == clock.today().year else f" {day.year}"
    )


@register.filter
def clock_time(value: datetime | None) -> str:
    """10:42, in London."""
    return f"{value.astimezone(clock.LONDON):%H:%M}" if isinstance(value, datetime) else ""


@register.filter
def since(value: Day) -> str:
    """How long ago or ahead a day is, in words; stand it beside the date, never alone."""
    day = _day(value)
    if not day:
        return ""
    days = (clock.today() - day).days
    if days in (-1, 0, 1):
        return {-1: "tomorrow", 0: "today", 1: "yesterday"}[days]
    return f"{_length(abs(days), day)} ago" if days > 0 else f"in {_length(abs(days), day)}"


def _length(days: int, day: date) -> str:
    if days < 70:
        return f"{days} days"
    today = clock.today()
    return months(abs(whole_months_between(min(day, today), max(day, today))))


# --- numbers --------------------------------------------------------------------------------------
@register.filter
def months(value: int | None) -> str:
    """1 month, 7 months."""
    return counted(value, "month,months")


@register.filter
def counted(value: Any, words: str) -> str:
    """`{{ n|counted:"person,people" }}`: 1 person, 3 people, 1,204 people; a list is counted."""
    if value is None or value == "":
        return ""
    number = len(value) if hasattr(value, "__len__") and not isinstance(value, str) else int(value)
    one, many = words.split(",")
    return f"{number:,} {one if number == 1 else many}"


@register.filter
def nhs_number(value: str | None) -> str:
    """943 476 5919: in its printed form; anything that is not ten digits stays as it is."""
    text = str(value or "")
    return show_nhs_number(text) if len(text) == 10 and text.isdecimal() else text


@register.filter
def signed(value: Any) -> str:
    """+1.5, −2, 0: a change, with a true minus."""
    if value is None or value == "":
        return ""
    return f"{value:+}".replace("-", "−") if value else "0"


# --- pieces of page ---------------------------------------------------------------------------------
@register.simple_tag
def service(name: str) -> Any:
    """A setting of the service, for pages that are drawn without a request."""
    return settings.SPRING[name]


@register.inclusion_tag("core/_tag.html")
def tag(words: Any, kind: str = "quiet") -> dict:
    """A word on a coloured ground: ok, due, late, info, quiet or special."""
    if kind not in TAGS:
        raise ValueError(f"There is no tag “{kind}”; there are {', '.join(TAGS)}.")
    return {"words": words, "kind": kind}


@register.inclusion_tag("core/_empty.html")
def empty(heading: str, text: str = "", url: str = "", link: str = "", level: int = 2) -> dict:
    """A good place to be: nothing here, said warmly, with the way on."""
    return {"heading": heading, "text": text, "url": url, "link": link, "level": level}


@register.inclusion_tag("core/_pager.html", takes_context=True)
def pager(context: template.Context, page: Any, label: str = "Pages") -> dict:
    """Links to the other pages of a list; nothing where there is only one."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "label": label, "request": context["request"]}


@register.inclusion_tag("core/_summary_list.html")
def summary_list(rows: Iterable[tuple]) -> dict:
    """Rows of (key, value) or (key, value, url, words of the link)."""
    return {"rows": [(*row, "", "")[:4] for row in rows]}


@register.inclusion_tag("core/journey_line_large.html")
def journey_line(facts: JourneyFacts, name: str = "") -> dict:
    """The whole case as one drawing, with the same in words behind it."""
    return {"line": draw(facts), "name": name}


@register.inclusion_tag("core/journey_line_small.html")
def journey_line_small(facts: JourneyFacts, name: str = "") -> dict:
    """The same, 160 pixels wide, for a row of a list."""
    line = draw(facts)
    return {"line": line, "paths": small_paths(line), "name": name}


# --- forms ------------------------------------------------------------------------------------------
@register.filter
def control_kind(field: BoundField) -> str:
    """Which of the pack's shapes a field takes."""
    widget = field.field.widget
    if getattr(widget, "appearance", "") == "row":
        return "row"
    kinds: tuple[tuple[type, str], ...] = (
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
    )
    return next((kind for shape, kind in kinds if isinstance(widget, shape)), "input")


@register.filter
def is_optional(field: BoundField) -> bool:
    """False where an answer is needed, always or (`needed_sometimes`) after another answer."""
    sometimes = getattr(field.form, "needed_sometimes", ())
    return not field.field.required and field.name not in sometimes


@register.simple_tag
def control(field: BoundField, css_class: str) -> str:
    """The field's own widget, with the pack's class and, after a mistake, its error class."""
    own = field.field.widget.attrs.get("class", "")
    classes = [css_class, f"{css_class}--error" if field.errors else "", own]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


@register.simple_tag
def control_option(option: BoundWidget, css_class: str) -> str:
    """One radio button or checkbox of a group."""
    option.data["attrs"]["class"] = css_class
    return option.tag()


def first_control(field: BoundField) -> str:
    """The id that a link to this field must have: its only input, or its first."""
    if field.use_fieldset:
        if isinstance(field.field.widget, forms.widgets.ChoiceWidget):
            return field.subwidgets[0].id_for_label if field.subwidgets else ""
        return f"{field.auto_id}_0"
    return field.id_for_label


def _problems(form: forms.BaseForm) -> list[dict[str, str]]:
    found = [{"text": str(text), "target": ""} for text in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else first_control(field)
        found += [
            {"text": _named(str(field.label), str(text)), "target": target} for text in field.errors
        ]
    return found


def _named(label: str, text: str) -> str:
    """An error that, away from its field, still says which field it is about."""
    said = re.search(rf"\b{re.escape(label.rstrip('?'))}\b", text, re.IGNORECASE)
    return text if said else f"{label}: {text}"


@register.inclusion_tag("core/_error_summary.html")
def error_summary(form: forms.BaseForm) -> dict:
    """Everything to put right in a form, once in a page however often it is asked for."""
    if not form.is_bound or getattr(form, "summary_drawn", False):
        return {"problems": []}
    form.summary_drawn = True  # type: ignore[attr-defined]
    return {"problems": _problems(form)}


@register.inclusion_tag("core/_error_summary.html")
def formset_error_summary(formset: forms.BaseFormSet) -> dict:
    """The same for several forms at once."""
    if not formset.is_bound:
        return {"problems": []}
    found = [{"text": text, "target": ""} for text in formset.non_form_errors()]
    return {"problems": found + [problem for form in formset for problem in _problems(form)]}
