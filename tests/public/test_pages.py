"""What everyone may read."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import override_settings

PAGES = ["/", "/about/", "/who-it-suits/", "/privacy/", "/accessibility/", "/sign-in/"]
pytestmark = pytest.mark.django_db


def soup_of(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html5lib")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_one_heading_and_ways_to_get_help(client, path):
    soup = soup_of(client.get(path))
    assert len(soup.find_all("h1")) == 1
    assert soup.title.string.strip().endswith("Spring")
    text = soup.get_text()
    assert "01604 000000" in text
    assert "999" in text
    assert "111, option 2" in text


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_somewhere(client, path):
    for link in soup_of(client.get(path)).find_all("a", href=True):
        href = link["href"]
        if href.startswith("/"):
            assert client.get(href).status_code == 200, href
        else:
            assert href.startswith(("tel:", "mailto:", "https://", "#")), href


def test_home_says_what_it_is_who_may_refer_and_what_it_is_not(client):
    text = soup_of(client.get("/")).main.get_text(" ")
    for words in ("link worker", "6 to 12 months", "Refer someone", "Not for emergencies",
                  "18 or over", "Sign in"):  # fmt: skip
        assert words in text


def test_the_public_home_is_easy_to_read(client):
    """Automated readability index: about the age of 11 (school year 6)."""
    main = soup_of(client.get("/")).main
    text = " ".join(tag.get_text(" ", strip=True) for tag in main.find_all(["p", "h3"]))
    assert grade(text) <= 7, grade(text)


def grade(text: str) -> float:
    sentences = [s for s in re.split(r"[.!?:]+\s", text) if re.search(r"\w", s)]
    words = re.findall(r"[\w’']+", text)
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(sentences) - 21.43


def test_the_measure_of_easy_reading_knows_hard_reading():
    """The negative control."""
    assert grade(
        "Multidisciplinary biopsychosocial interventions facilitate personalised "
        "self-management, notwithstanding considerable socioeconomic heterogeneity."
    ) > 15  # fmt: skip


def test_privacy_says_what_why_how_long_and_where_to_complain(client):
    text = soup_of(client.get("/privacy/")).main.get_text(" ")
    for words in ("8 years", "who has looked", "within one month", "within 30 days",
                  "0303 123 1113", "Two, and both only make the pages work"):  # fmt: skip
        assert words in text


def test_the_cookies_are_the_two_that_are_named(client):
    for path in PAGES:
        client.get(path)
    assert set(client.cookies) <= {"sessionid", "csrftoken"}


def test_accessibility_says_what_was_not_tested(client):
    text = soup_of(client.get("/accessibility/")).main.get_text(" ")
    assert "What was not tested" in text
    assert "screen reader" in text


def test_names_and_numbers_are_settings(client, settings):
    changed = {**settings.SPRING, "SERVICE_NAME": "Catkin", "TELEPHONE": "020 7946 0000"}
    with override_settings(SPRING=changed):
        for path in PAGES:
            text = soup_of(client.get(path)).get_text()
            assert "Spring" not in text
            assert "Catkin" in text


def test_signed_in_people_come_to_their_own_page(world, sign_in):
    page = sign_in(world.worker).get("/")
    assert "Someone to walk alongside you" not in page.content.decode()
