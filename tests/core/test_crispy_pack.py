"""The forms as drawn: what a reader, a keyboard and a screen reader find."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Div, Field, Fieldset, Layout, Row, Submit
from django import forms
from django.template import engines
from django.test import RequestFactory

from spring.core.forms import (
    ButtonRow,
    Save,
    SpringForm,
    TypedDateField,
    choices_with_blank,
    form_helper,
)
from tests.conftest import BadPage, check_page


class ReferralLike(SpringForm):
    name = forms.CharField(label="Name", help_text="One name is enough", max_length=100)
    born = TypedDateField(
        label="Date of birth", help_text="For example 27 3 1955", not_after_today=True
    )
    nhs_number = forms.CharField(
        label="NHS number",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    needs = forms.MultipleChoiceField(
        label="What would help?",
        help_text="Choose all that apply",
        choices=[("lonely", "Loneliness"), ("money", "Money")],
        widget=forms.CheckboxSelectMultiple,
    )
    risk = forms.ChoiceField(
        label="Risks", choices=[("none", "None known"), ("some", "Some")], widget=forms.RadioSelect
    )
    mode = forms.ChoiceField(
        label="How", choices=[("phone", "Phone"), ("person", "In person")], widget=ButtonRow
    )
    practice = forms.ChoiceField(label="Practice", choices=choices_with_blank([("a", "A")]))
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="They know and agree", help_text="If not, say why")
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    helper = form_helper(
        Fieldset("The person", "name", Row("born", Field("nhs_number", wrapper_class="fit"))),
        Fieldset("Why now", "needs", "risk", "mode", "practice", "note"),
        HTML("<p>{{ service }} is not an emergency service.</p>"),
        Div("agree", css_class="agreement", data_test="yes"),
        "version",
        save="Send the referral",
    )

    def clean(self):
        if self.cleaned_data.get("name") == "Nobody":
            raise forms.ValidationError("Nobody cannot be referred.")
        return self.cleaned_data


def page_of(form, source="{% load crispy_forms_tags %}{% crispy form %}", **context):
    request = RequestFactory().get("/")
    html = (
        engines["django"]
        .from_string(source)
        .render({"form": form, "service": "Spring", **context}, request)
    )
    check_page(f"<!doctype html><title>x</title>{html}")
    return BeautifulSoup(html, "html5lib")


@pytest.fixture
def fresh():
    return page_of(ReferralLike())


@pytest.fixture
def wrong():
    return page_of(ReferralLike({"born": "29/2/2023"}))


def assert_wired(page) -> None:
    """Every id that anything points at exists, once."""
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for attribute in ("aria-describedby", "aria-labelledby", "for"):
        for tag in page.find_all(attrs={attribute: True}):
            for target in tag[attribute].split():
                assert target in ids, f"{attribute} of <{tag.name}> points at {target}"
    for link in page.select("a[href^='#']"):
        target = page.find(id=link["href"][1:])
        assert target is not None, f"a link goes to {link['href']}, which is not there"
        assert target.name in ("input", "textarea", "select"), f"{link['href']} cannot be typed in"


def test_nothing_points_nowhere(fresh, wrong):
    assert_wired(fresh)
    assert_wired(wrong)


def test_the_check_of_ids_sees_a_link_that_goes_nowhere():
    planted = BeautifulSoup('<a href="#id_risk">Risks</a><p id="id_risk"></p>', "html5lib")
    with pytest.raises(AssertionError, match="cannot be typed in"):
        assert_wired(planted)
    planted = BeautifulSoup('<input id="a" aria-describedby="a_error">', "html5lib")
    with pytest.raises(AssertionError, match="points at a_error"):
        assert_wired(planted)


def test_the_error_summary_links_to_each_first_box(wrong):
    links = {link.get_text(): link["href"] for link in wrong.select(".govuk-error-summary a")}
    assert links == {
        "Enter the name": "#id_name",
        "Date of birth: February 2023 has no day 29.": "#id_born",
        "Answer “What would help?”": "#id_needs_0",
        "Choose an answer to “Risks”": "#id_risk_0",
        "Choose an answer to “How”": "#id_mode_0",
        "Choose an answer to “Practice”": "#id_practice",
        "Tick “They know and agree”": "#id_agree",
    }
    summary = wrong.select_one(".govuk-error-summary")
    assert summary["role"] == "alert"
    assert summary["tabindex"] == "-1"
    assert summary.h2.get_text() == "7 things to put right"


def test_a_fresh_form_has_no_summary(fresh):
    assert fresh.select_one(".govuk-error-summary") is None
    assert fresh.select_one("[aria-invalid]") is None


def test_what_was_typed_is_kept(wrong):
    assert wrong.find(id="id_born")["value"] == "29/2/2023"
    assert wrong.find(id="id_born")["aria-invalid"] == "true"


def test_an_error_of_the_whole_form_is_said_without_a_link():
    page = page_of(ReferralLike({"name": "Nobody"}))
    first = page.select(".govuk-error-summary li")[0]
    assert first.get_text(strip=True) == "Nobody cannot be referred."
    assert first.a is None


def test_a_summary_drawn_above_is_not_drawn_again():
    source = "{% load crispy_forms_tags %}{% error_summary form %}<h1>Refer</h1>{% crispy form %}"
    page = page_of(ReferralLike({}), source)
    assert len(page.select(".govuk-error-summary")) == 1
    assert page.select_one(".govuk-error-summary").find_next("h1")


def test_groups_have_a_fieldset_and_a_legend(fresh):
    for name in ("needs", "risk", "mode"):
        group = fresh.find(id=f"id_{name}_0").find_parent("fieldset")
        assert group.legend.get_text(strip=True) in ("What would help?", "Risks", "How")
        assert group.find("label", attrs={"for": f"id_{name}_0"})
    assert fresh.find(id="id_needs_0").find_parent("fieldset")["aria-describedby"] == (
        "id_needs_helptext"
    )
    assert [h2.get_text() for h2 in fresh.select("legend h2")] == ["The person", "Why now"]


def test_single_boxes_have_a_label_of_their_own(fresh):
    for name in ("name", "born", "nhs_number", "practice", "note", "agree"):
        assert fresh.find("label", attrs={"for": f"id_{name}"}), name
    assert fresh.find(id="id_version").find_parent(class_="govuk-form-group") is None


def test_only_what_is_optional_says_so(fresh):
    optional = {tag.parent.get_text(" ", strip=True) for tag in fresh.select(".optional")}
    assert optional == {"NHS number (optional)", "Note (optional)"}


def test_the_browser_leaves_checking_to_the_server(fresh):
    assert fresh.form.has_attr("novalidate")
    assert fresh.select("[required]") == []
    assert fresh.find(id="id_nhs_number")["inputmode"] == "numeric"
    assert "maxlength" in fresh.find(id="id_name").attrs


def test_a_row_of_buttons_is_radio_buttons(fresh):
    row = fresh.select_one(".seg")
    assert [box["type"] for box in row.select("input")] == ["radio", "radio"]
    assert [label.get_text() for label in row.select("label")] == ["Phone", "In person"]


def test_the_button_says_what_happens(fresh):
    button = fresh.select_one("button.govuk-button")
    assert button.get_text() == "Send the referral"
    assert button["type"] == "submit"
    assert fresh.select_one("[class*=btn]") is None


def test_layouts_keep_their_attributes(fresh):
    assert fresh.select_one(".agreement")["data-test"] == "yes"
    assert fresh.select_one(".form-row .fit").find(id="id_nhs_number")
    assert "Spring is not an emergency service." in fresh.get_text()


def test_a_plain_crispy_form_works_too():
    class Plain(forms.Form):
        name = forms.CharField(max_length=20)

    form = Plain({})
    form.helper = FormHelper()
    form.helper.form_method = "get"
    form.helper.form_class = "filters"
    form.helper.form_id = "looking"
    form.helper.layout = Layout(
        "name",
        ButtonHolder(Submit("show", "Show"), Save("Clear", css_class="govuk-button--secondary")),
    )
    page = page_of(form)
    assert page.form["method"] == "get"
    assert page.form["class"] == ["filters"]
    assert page.form["id"] == "looking"
    assert page.find("input", attrs={"name": "csrfmiddlewaretoken"}) is None
    assert page.select_one(".govuk-button--secondary").get_text() == "Clear"
    assert_wired(page)


def test_the_crispy_filter_and_a_formset_work_too():
    page = page_of(ReferralLike({}), "{% load crispy_forms_tags %}<form>{{ form|crispy }}</form>")
    assert page.find(id="id_name")
    assert_wired(page)
    formset = forms.formset_factory(ReferralLike, extra=2)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "Meg"}
    )
    formset.is_valid()
    page = page_of(formset, "{% load crispy_forms_tags %}{% crispy form helper %}", helper=helper())
    assert page.find(id="id_form-0-name")["value"] == "Meg"
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_form-0-born"
    assert_wired(page)


def helper():
    return form_helper(save="Save")


def test_what_people_typed_cannot_become_markup():
    typed = '"><script>alert(1)</script>'
    page = page_of(ReferralLike({"name": typed, "born": typed, "note": f"</textarea>{typed}"}))
    assert page.find("script") is None
    assert page.find(id="id_name")["value"] == typed


def test_the_strict_page_check_sees_a_missing_variable():
    with pytest.raises(BadPage, match="undefined"):
        page_of(ReferralLike(), "{{ nobody_gave_this }}")


class DateForm(SpringForm):
    on = TypedDateField(label="When", not_after_today=True, earliest=date(1900, 1, 1))
    due = TypedDateField(label="On", required=False, century="near", not_before_today=True)


@pytest.fixture
def _on_a_sunday_in_november():
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        yield


@pytest.mark.usefixtures("_on_a_sunday_in_november")
def test_a_typed_date_is_a_date():
    form = DateForm({"on": "today", "due": "6 dec"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"on": date(2026, 11, 22), "due": date(2026, 12, 6)}


@pytest.mark.usefixtures("_on_a_sunday_in_november")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": "23/11/2026"}, "This date must not be in the future."),
        ({"on": "1/1/1899"}, "This date must be 1 January 1900 or later."),
        ({"on": ""}, "Enter a date"),
        ({"on": "today", "due": "21/11"}, "This date must be today or later."),
        ({"on": "soon"}, "Write a day, a month and a year, like 27 3 1955."),
    ],
)
def test_a_date_that_cannot_be_says_how_to_put_it_right(typed, said):
    errors = [text for texts in DateForm(typed).errors.values() for text in texts]
    assert errors == [said]


def test_a_date_known_already_is_shown_as_people_write_it():
    page = page_of(DateForm(initial={"on": date(2026, 3, 3)}))
    assert page.find(id="id_on")["value"] == "3 March 2026"
    assert not DateForm({"on": "3/3/2026"}, initial={"on": date(2026, 3, 3)}).has_changed()
    assert DateForm({"on": "4/3/2026"}, initial={"on": date(2026, 3, 3)}).has_changed()
    assert DateForm({"on": "rubbish"}, initial={"on": date(2026, 3, 3)}).has_changed()
