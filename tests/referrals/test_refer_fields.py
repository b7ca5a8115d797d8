"""Awkward answers to the referral form: each is kept clean, or asked about in plain words."""

from datetime import date

import pytest
import time_machine

from referrals.models import Referral
from spring.core.middleware import Utf8Only
from tests.referrals.answers import mistakes, send, typed

pytestmark = pytest.mark.django_db
REFUSED = None

BIRTHS = {
    "27 3 1955": date(1955, 3, 27),
    "27/3/55": date(1955, 3, 27),
    "27.3.1955": date(1955, 3, 27),
    "27-03-1955": date(1955, 3, 27),
    "27031955": date(1955, 3, 27),
    "1955-03-27": date(1955, 3, 27),
    "27 March 1955": date(1955, 3, 27),
    "27th of March, 1955": date(1955, 3, 27),
    " 27  3   1955 ": date(1955, 3, 27),
    "29/2/1956": date(1956, 2, 29),
    "1 12 1906": date(1906, 12, 1),
    "22/11/2026": date(2026, 11, 22),
    "1/1/15": date(2015, 1, 1),
    "23/11/2026": REFUSED,  # tomorrow
    "1/1/2030": REFUSED,
    "21 11 1905": REFUSED,  # 121 years
    "1 1 1066": REFUSED,
    "29/2/1955": REFUSED,
    "31/2/55": REFUSED,
    "0/3/1955": REFUSED,
    "27/13/1955": REFUSED,
    "27 3": REFUSED,
    "3": REFUSED,
    "Margaret": REFUSED,
    "27 3 195": REFUSED,
    "२७ ३ १९५५": date(1955, 3, 27),
    "27/3/1955\x00": REFUSED,
    "27;3;1955": REFUSED,
    "9" * 500: REFUSED,
    "<script>": REFUSED,
}

TELEPHONES = {
    "07700 900123": "07700 900123",
    "07700900123": "07700 900123",
    "+44 7700 900123": "07700 900123",
    "+44 (0)7700 900123": "07700 900123",
    "0044 7700 900123": "07700 900123",
    "(01604) 700-456": "01604 700456",
    "01604.700.456": "01604 700456",
    "07700\u00a0900\u00a0123": "07700 900123",
    "016977 2345": "016977 2345",
    "+48 22 123 45 67": "+48 22 123 45 67",
    "٠٧٧٠٠٩٠٠١٢٣": "07700 900123",
    "\t07700 900123\n": "07700 900123",
    "712345": REFUSED,
    "0770090012": REFUSED,  # one figure short
    "077009001234567": REFUSED,
    "07700 900123 or 01604 700456": REFUSED,
    "07700 900123 / 01604 700456": REFUSED,
    "07700 900123 (her son)": REFUSED,
    "01604 700456 ext 12": REFUSED,
    "0800 FLOWERS": REFUSED,
    "999": REFUSED,
    "ask at reception": REFUSED,
    "07700 900123\x00": REFUSED,
    "1" * 200: REFUSED,
    "'; DROP TABLE referrals;--": REFUSED,
}

POSTCODES = {
    "": "",
    "  ": "",
    "NN1 2AB": "NN1 2AB",
    "nn12ab": "NN1 2AB",
    "nN16  0aB": "NN16 0AB",
    " NN1 2AB ": "NN1 2AB",
    "N N 1 2 A B": "NN1 2AB",
    "NN1\u00a02AB": "NN1 2AB",
    "NN1\t2AB": "NN1 2AB",
    "SW1A 1AA": "SW1A 1AA",
    "PE8 4AA": "PE8 4AA",
    "M1 1AE": "M1 1AE",
    "NN1": REFUSED,
    "NN1 2": REFUSED,
    "NN1 2AV": REFUSED,  # no inward part has a V
    "1NN 2AB": REFUSED,
    "NN1 2AB, Kettering": REFUSED,
    "Kettering": REFUSED,
    "90210": REFUSED,
    "NN1-2AB": REFUSED,
    "NN1 2AB NN1 2AC": REFUSED,
    "ＮＮ１ ２ＡＢ": REFUSED,
    "NN1 2AB\x00": REFUSED,
    "A" * 300: REFUSED,
}

NUMBERS = {
    "": "",
    "   ": "",
    "999 000 0018": "9990000018",
    "9990000018": "9990000018",
    "999-000-0018": "9990000018",
    " 999 000 0018 ": "9990000018",
    "999\u00a0000\u00a00018": "9990000018",
    "999–000–0018": "9990000018",
    "9 9 9 0 0 0 0 0 1 8": "9990000018",
    "943 476 5919": "9434765919",
    "401 023 2137": "4010232137",
    "943 476 5910": REFUSED,  # wrong check digit
    "943 476 5991": REFUSED,  # two figures swapped
    "0000000000": REFUSED,  # right by arithmetic alone
    "1111111111": REFUSED,
    "999000001": REFUSED,
    "99900000188": REFUSED,
    "999 000 0018 and 943 476 5919": REFUSED,
    "NHS 999 000 0018": REFUSED,
    "9990000O18": REFUSED,
    "٩٩٩٠٠٠٠٠١٨": REFUSED,
    "not known": REFUSED,
    "999 000 0018\x00": REFUSED,
    "9" * 5000: REFUSED,
    "-1": REFUSED,
}

NAMES = {
    "Teresa": "Teresa",
    "O'Brien": "O'Brien",
    "  Margaret \t O’Brien  ": "Margaret O’Brien",
    "Stanisław Wiśniewski": "Stanisław Wiśniewski",
    "李 小龍": "李 小龍",
    "محمد": "محمد",
    "Featherstonehaugh-" * 8 + "X": "Featherstonehaugh-" * 8 + "X",
    "Ann\r\nBcc: everyone@example.org": "Ann Bcc: everyone@example.org",
    "Ann\u202eevil": "Annevil",  # turns the direction of what follows
    "Ann\x07 Bell": "Ann Bell",
    "<b>Ann</b>": "<b>Ann</b>",
    "": REFUSED,
    "   ": REFUSED,
    "-": REFUSED,
    "...": REFUSED,
    "\u200b": REFUSED,
    "A" * 161: REFUSED,
    "Ann\x00": REFUSED,
}

EMAILS = {
    "ada@surgery.example": "ada@surgery.example",
    " ada@surgery.example ": "ada@surgery.example",
    "ada+referrals@surgery.example": "ada+referrals@surgery.example",
    "ada@surgery": REFUSED,
    "ada surgery.example": REFUSED,
    "ada@surgery.example, bob@surgery.example": REFUSED,
    "ada@surgery.example\nBcc: everyone@example.org": REFUSED,
    "Ada <ada@surgery.example>": REFUSED,
    "ada@surgery.example\x00": REFUSED,
    "a" * 250 + "@surgery.example": REFUSED,
}

TABLES = {
    "date_of_birth": BIRTHS,
    "telephone": TELEPHONES,
    "postcode": POSTCODES,
    "nhs_number": NUMBERS,
    "name": NAMES,
    "referrer_email": EMAILS,
}
CASES = [(name, given, kept) for name, table in TABLES.items() for given, kept in table.items()]


@pytest.mark.parametrize(
    ("name", "given", "kept"), CASES, ids=[f"{name}-{n}" for n, (name, _, _) in enumerate(CASES)]
)
@time_machine.travel("2026-11-22T12:00:00Z")
def test_each_answer_is_kept_clean_or_asked_about(client, name, given, kept):
    answered = send(client, **{name: given})
    if kept is REFUSED:
        said = mistakes(answered)
        assert list(said) == [name]
        assert said[name].endswith((".", "?")), said
        assert not Referral.objects.exists()
    else:
        assert answered.status_code == 302, mistakes(answered)
        assert getattr(Referral.objects.get(), name) == kept


def test_the_tables_are_long_enough():
    for name in ("date_of_birth", "telephone", "postcode", "nhs_number"):
        assert len(TABLES[name]) >= 20, name
        assert list(TABLES[name].values()).count(REFUSED) >= 7, name


EVERY_TEXT = [
    "referrer_name",
    "referrer_organisation",
    "referrer_reference",
    "what_matters",
    "risks",
    "safe_contact",
    "known_as",
    "language",
    "reading",
    "adjustments",
    "exception_reason",
    "address",
    "email",
]


@pytest.mark.parametrize("name", EVERY_TEXT)
def test_a_character_that_no_database_keeps_is_asked_about(client, name):
    answered = send(client, **{name: "words\x00more"})
    assert name in mistakes(answered)


@pytest.mark.parametrize("name", EVERY_TEXT)
def test_text_that_is_too_long_is_asked_about_and_still_there(client, name):
    words = "word " * 1000
    answered = send(client, **{name: words})
    assert name in mistakes(answered)
    assert words.strip() in answered.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "martian"},
        {"source": "\x00"},
        {"needs": ["loneliness", "martian"]},
        {"needs": ["loneliness"] * 500 + ["martian"]},
        {"agreement": "yes"},
        {"sex": "x"},
        {"practice": "Z00000"},
        {"practice": "\x00"},
        {"referring_practice": "Z00000", "source": "practice"},
    ],
)
def test_a_choice_that_was_not_offered_is_asked_about(client, changes):
    assert list(mistakes(send(client, **changes))) == [next(iter(changes))]


def test_the_same_need_twice_is_one(client):
    assert send(client, needs=["money", "money"]).status_code == 302
    assert Referral.objects.get().needs.count() == 1


@pytest.mark.parametrize("submission", [None, "", "x", "\x00", "0" * 400])
def test_a_form_without_its_number_gets_one(client, submission):
    assert send(client, submission=submission).status_code == 302
    assert Referral.objects.count() == 1


def _with_a_lone_surrogate(client, charset: str):
    lines = []
    for name, value in typed(needs="loneliness", name="NAME").items():
        lines += ["--X", f'Content-Disposition: form-data; name="{name}"', "", value]
    body = "\r\n".join([*lines, "--X--", ""]).encode().replace(b"NAME", rb"Ann\ud800")
    kind = f"multipart/form-data; boundary=X; charset={charset}"
    return client.generic("POST", "/refer/", body, content_type=kind)


@pytest.mark.parametrize("charset", ["unicode_escape", "raw-unicode-escape", "utf-7", "nonsense"])
def test_another_encoding_is_refused_cleanly(client, charset):
    assert _with_a_lone_surrogate(client, charset).status_code == 400
    assert _with_a_lone_surrogate(client, "utf-8").status_code == 302


def test_the_guard_against_other_encodings_is_needed(client, monkeypatch):
    """Without it a lone surrogate reaches the form, and the page cannot even be sent."""
    monkeypatch.setattr(Utf8Only, "__call__", lambda self, request: self.get_response(request))
    with pytest.raises(UnicodeEncodeError):
        _with_a_lone_surrogate(client, "unicode_escape")


def test_bytes_that_are_no_utf_8_are_kept_as_a_mark(client):
    body = "&".join(f"{name}={value}" for name, value in typed(needs="mood", name="N").items())
    raw = body.replace(" ", "+").encode().replace(b"name=N", b"name=Ann%FF%ED%A0%80")
    answered = client.post("/refer/", raw, content_type="application/x-www-form-urlencoded")
    assert answered.status_code == 302
    assert Referral.objects.get().name.startswith("Ann\ufffd")


@pytest.mark.parametrize(("lines", "kept"), [(66, True), (67, True), (68, False), (100, False)])
def test_an_address_of_many_lines_fits_its_column_or_is_asked_about(client, lines, kept):
    """Lines are joined with a comma and a space, which makes them longer than they were typed."""
    reply = send(client, address="\n".join(["a"] * lines))
    assert Referral.objects.exists() is kept
    if kept:
        assert len(Referral.objects.get().address) <= 200
    else:
        assert reply.status_code in (200, 422)
