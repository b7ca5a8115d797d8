"""Finding a person among those one may see, without a word of it in an address or a log."""

from contextlib import nullcontext
from datetime import date
from importlib import import_module
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, connection

from linkworkers.search import wanted
from participants.models import Journey
from spring.audit.models import AuditEvent
from tests.factories import JourneyFactory, ParticipantFactory
from tests.linkworkers.cases import counted_queries


def found(browser, words) -> list[str]:
    response = browser.post("/find/", {"words": words})
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html5lib")
    return [link.get_text() for link in soup.select(".row__name")]


@pytest.fixture
def zofia(world):
    person = ParticipantFactory(
        name="Zofia Wiśniewska-O’Hara",
        known_as="Zosia",
        telephone="07700 900111",
        postcode="NN1 2AB",
        date_of_birth="1961-02-03",
        nhs_number="",
    )
    JourneyFactory(participant=person, partner=world.partner, lead=world.worker)
    return person


@pytest.mark.parametrize(
    "words",
    [
        "zofia",
        "ZOFIA  wisn",
        "wiśniewska o'hara",
        "ohara",
        "Zosia",
        "nn1 2ab",
        "NN12AB",
        "07700 900111",
        "+44 7700 900111",
        "900111",
        "3 2 1961",
        "3/2/61",
        "3 February 1961",
    ],
)
def test_a_person_is_found_however_it_is_typed(world, zofia, sign_in, words):
    assert found(sign_in(world.worker), words) == ["Zosia Wiśniewska-O’Hara"]


@pytest.mark.parametrize(
    "words", ["zofia smith", "4 2 1961", "900112", "nn1 2ac", "SPR-346-789-A", "%", "_", "--", "z"]
)
def test_nobody_else_is_found(world, zofia, sign_in, words):
    assert found(sign_in(world.worker), words) == []


@pytest.mark.parametrize("shown", [lambda n: n, lambda n: f"{n[:3]} {n[3:6]} {n[6:]}"])
def test_an_nhs_number_leads_straight_to_the_person(world, sign_in, shown):
    words = shown(world.participant.nhs_number)

    response = sign_in(world.worker).post("/find/", {"words": words})

    assert response.status_code == 302
    assert response["Location"] == f"/participants/{world.participant.pk}/"


@pytest.mark.parametrize("change", [str, str.lower, lambda r: r.replace("-", " ")])
def test_a_reference_leads_straight_to_the_person(world, sign_in, change):
    response = sign_in(world.worker).post("/find/", {"words": change(world.journey.reference)})

    assert response["Location"] == f"/participants/{world.participant.pk}/"


def test_people_of_others_are_not_found_by_anything(world, sign_in):
    other = world.other_participant
    browser = sign_in(world.worker)

    for words in (other.name, other.nhs_number, world.other_journey.reference):
        assert found(browser, words) == []
    assert found(sign_in(world.stranger), other.name) == [other.name]


def test_the_test_above_would_see_another_partners_people(world, sign_in, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(type(Journey.objects.all()), "visible_to", lambda self, user: self)

    assert found(sign_in(world.worker), world.other_participant.name)


def test_a_closed_journey_can_still_be_found(world, zofia, sign_in):
    Journey.objects.filter(participant=zofia).update(
        closed_on="2030-01-01", stage="closed", closure_reason="goals_met"
    )

    page = sign_in(world.worker).post("/find/", {"words": "zofia"}).content.decode()

    assert "Closed" in page


def test_someone_whose_journey_is_with_another_partner_shows_only_the_journey_one_may_see(
    world, zofia, sign_in
):
    Journey.objects.filter(participant=zofia).update(
        closed_on="2030-01-01", stage="closed", closure_reason="goals_met"
    )
    newer = JourneyFactory(participant=zofia, partner=world.other_partner, lead=world.stranger)

    page = sign_in(world.worker).post("/find/", {"words": "zofia"}).content.decode()

    assert newer.reference not in page
    assert "Mayday Trust" not in page


def test_the_log_keeps_how_many_were_found_and_who_but_not_the_words(world, zofia, sign_in):
    sign_in(world.worker).post("/find/", {"words": "Zofia"})

    searched = AuditEvent.objects.get(verb="searched")
    assert searched.detail == {"hits": 1}
    assert AuditEvent.objects.get(verb="listed").participant_id == zofia.pk
    assert "zofia" not in str(list(AuditEvent.objects.values())).lower()


def test_the_words_never_stand_in_an_address(world, zofia, sign_in):
    response = sign_in(world.worker).get("/find/?words=zofia")

    soup = BeautifulSoup(response.content, "html5lib")
    assert soup.select(".row__name") == []
    assert {form["method"] for form in soup.select("form[action='/find/']")} == {"post"}


def test_too_little_is_asked_for_again(world, sign_in):
    page = sign_in(world.worker).post("/find/", {"words": "m"}).content.decode()

    assert "Write at least two letters or figures." in page


def test_many_are_cut_short_and_it_is_said(world, sign_in):
    for _ in range(30):
        JourneyFactory(partner=world.partner, lead=world.worker)

    browser = sign_in(world.worker)
    assert len(found(browser, "margaret")) == 25
    page = browser.post("/find/", {"words": "margaret"}).content.decode()
    assert "the first 25" in page


def test_the_number_of_queries_does_not_grow_with_what_is_found(world, sign_in):
    browser = sign_in(world.service_manager)
    with counted_queries() as few:
        found(browser, "margaret")
    for _ in range(20):
        JourneyFactory(partner=world.partner, lead=world.worker)
    with counted_queries() as more:
        found(browser, "margaret")

    assert len(more) == len(few) <= 8, few


@pytest.mark.parametrize("actor", ["commissioner", "administrator", "nobody"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_others_there_is_no_finding(world, sign_in, actor, method):
    browser = sign_in(world.actors()[actor])

    assert getattr(browser, method)("/find/", {"words": "meg"}).status_code == 404


def test_what_was_typed_is_kept_and_never_longer_than_a_search(world, sign_in):
    page = sign_in(world.worker).post("/find/", {"words": "x" * 500})

    assert BeautifulSoup(page.content, "html5lib").select_one("#words")["value"] == "x" * 100


def test_where_the_database_can_it_has_an_index_for_searching_within_words(db):
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")
        offered = cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FROM pg_indexes WHERE indexname = 'participant_search_trigram'"
        )
        assert cursor.fetchone()[0] == offered


def test_a_database_that_refuses_the_extension_is_left_as_it_is():
    """No permission, no index, no failure: the migration goes on."""
    migration = import_module("participants.migrations.0002_search_index")
    asked = []

    class Refusing:
        vendor, alias = "postgresql", "default"

        def cursor(self):
            return nullcontext(self)

        def execute(self, sql):
            asked.append(sql)
            if sql.startswith("CREATE EXTENSION"):
                raise DatabaseError("permission denied")

        def fetchone(self):
            return (1,)

    class Editor:
        connection = Refusing()

    with patch.object(migration.transaction, "atomic", lambda using: nullcontext()):
        migration.add_index(None, Editor())

    assert not any("CREATE INDEX" in sql for sql in asked)


def test_digits_are_joined_and_words_folded():
    assert wanted("07700 900 111", date(2026, 1, 1)).words == ("07700900111",)
    assert wanted("O’Brien Łukasz", date(2026, 1, 1)).words == ("obrien", "lukasz")
