"""Who was reached: age, sex and ethnicity, over twelve months because a month is too few."""

from datetime import date

from django.db.models import Case, CharField, Count, Value, When

from reports import shapes
from reports.figures.part import Part, rows_of
from reports.figures.scope import Scope, latest_start
from spring.core.vocabulary import Ethnicity, Sex

AGES = (
    ("under-25", "Under 25", 0),
    ("25-34", "25 to 34", 25),
    ("35-44", "35 to 44", 35),
    ("45-54", "45 to 54", 45),
    ("55-64", "55 to 64", 55),
    ("65-74", "65 to 74", 65),
    ("75-84", "75 to 84", 75),
    ("85-over", "85 and over", 85),
)
TWELVE = "People who started in the twelve months that end with this one"


def _age_band(on: date) -> Case:
    """The age band on a day, from the date of birth alone."""
    return Case(
        *(
            When(
                participant__date_of_birth__lte=latest_start(on, 12 * years),
                then=Value(key),
            )
            for key, _, years in reversed(AGES[1:])
        ),
        default=Value(AGES[0][0]),
        output_field=CharField(),
    )


def reached(scope: Scope) -> Part:
    """Age, sex and ethnicity of the people who started in twelve months."""
    months = scope.month.twelve
    people = scope.journeys_started().filter(
        started_on__range=(months[0].first_day, months[-1].last_day)
    )
    ages = people.annotate(band=_age_band(scope.month.last_day)).values_list("band")
    sexes = people.values_list("participant__sex")
    ethnicities = people.values_list("participant__ethnicity")
    return Part(
        breakdowns=[
            shapes.Breakdown(
                "age",
                "Age",
                "Age",
                "year",
                rows_of([(key, label) for key, label, _ in AGES], dict(ages.annotate(Count("pk")))),
                f"{TWELVE}, by age on the last day of the month.",
            ),
            shapes.Breakdown(
                "sex",
                "Sex",
                "Sex",
                "year",
                rows_of(Sex.choices, dict(sexes.annotate(Count("pk")))),
                f"{TWELVE}, by sex as recorded.",
            ),
            shapes.Breakdown(
                "ethnicity",
                "Ethnicity",
                "Ethnic category",
                "year",
                rows_of(Ethnicity.choices, dict(ethnicities.annotate(Count("pk")))),
                f"{TWELVE}, by the 16 ethnic categories of 2001. People who were asked and did "
                "not say, and people who were never asked, are shown apart and never merged.",
            ),
        ]
    )
