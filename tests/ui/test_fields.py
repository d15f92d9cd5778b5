"""A Django form is drawn by the design system, with its errors tied to its inputs."""

from datetime import date

from django import forms
from django.template import Context, Template

from posthub.ui.renderer import FormRenderer


class Wish(forms.Form):
    default_renderer = FormRenderer

    email = forms.EmailField(help_text="We write once.")
    wish = forms.CharField(widget=forms.Textarea)
    tone = forms.ChoiceField(choices=[("a", "Calm"), ("b", "Bold")])
    starts = forms.DateField(initial=date(2026, 12, 3), widget=forms.DateInput(attrs={"type": "date"}))
    remind = forms.BooleanField(required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def render(source: str, **context: object) -> str:
    """With one space wherever there is white space: where lines end is up to the templates."""
    return " ".join(Template(source).render(Context(context)).split())


def test_a_field_has_label_help_and_native_input():
    html = render("{% field form.email %}", form=Wish())
    assert '<label class="label" for="id_email">Email</label>' in html
    assert 'type="email"' in html
    assert 'aria-describedby=" id_email-help"' in html
    assert "required" in html


def test_a_wrong_value_is_tied_to_its_input_and_listed_on_top():
    form = Wish({"email": "nobody", "wish": "x", "tone": "a", "starts": "2026-12-03", "token": "t"})
    html = render("{% form_fields form %}", form=form)
    assert 'aria-invalid="true" aria-describedby="id_email-error id_email-help"' in html
    assert '<a href="#id_email">Email: Enter a valid email address.</a>' in html
    assert html.count('type="hidden"') == 1


def test_the_form_itself_looks_the_same():
    form = Wish()
    assert " ".join(str(form).split()) == render("{% form_fields form %}", form=form)


def test_an_initial_date_is_written_as_the_browser_reads_it():
    assert 'value="2026-12-03"' in render("{% field form.starts %}", form=Wish())


def test_choices_can_be_chips_and_a_check_box_a_switch():
    form = Wish({"tone": "b", "remind": "on"})
    chips = render("{% field form.tone chips=True %}", form=form)
    assert 'type="radio" id="id_tone_1" name="tone" value="b" checked' in chips
    assert 'role="switch" class="switch" id="id_remind" name="remind" checked' in render(
        "{% field form.remind toggle=True %}", form=form
    )


def test_what_passes_through_lands_on_the_input():
    html = render('{% field form.email hx_get="/slug/" %}', form=Wish())
    assert html.index("<input") < html.index('hx-get="/slug/"') < html.index(">", html.index("<input"))


def test_text_of_an_area_is_escaped_and_counted():
    html = render("{% field form.wish counter=400 %}", form=Wish({"wish": "</textarea><b>"}))
    assert "&lt;/textarea&gt;&lt;b&gt;</textarea>" in html
    assert 'data-limit="400"><span data-counter-now>14</span> / 400' in html
