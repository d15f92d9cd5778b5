"""Properties are strict: a mistake fails when the template compiles and says what is accepted."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.html import escape

from posthub.ui.component import COMPONENTS


def render(source: str, **context: object) -> str:
    """With one space wherever there is white space: where lines end is up to the templates."""
    return " ".join(Template(source).render(Context(context)).split())


def message_of(source: str) -> str:
    with pytest.raises(TemplateSyntaxError) as failure:
        Template(source)
    return str(failure.value)


def test_an_unknown_property_fails_at_compile_time_naming_the_accepted_ones():
    accepted = ", ".join(COMPONENTS["badge"].properties)
    assert message_of('{% badge "Late" colour="red" %}') == (
        f"{{% badge %}} has no property 'colour'. It accepts: {accepted}; "
        "attributes hx_*, data_* and aria_* pass through"
    )


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_every_component_refuses_an_unknown_property(name):
    assert f"{{% {name} %}} has no property 'misspelt'" in message_of(f"{{% {name} misspelt=1 %}}")


def test_a_constant_outside_the_accepted_values_fails_at_compile_time():
    assert message_of('{% badge "Late" kind="red" %}').startswith(
        "{% badge %}: kind='red' is not one of 'neutral'"
    )


def test_an_icon_that_is_not_in_the_sprite_fails_at_compile_time():
    assert message_of('{% icon "robot" %}') == "{% icon %}: no icon 'robot' in static/icons.svg"


def test_a_missing_required_property_fails_at_compile_time():
    assert message_of("{% badge %}") == "{% badge %} needs label"


def test_a_property_given_twice_fails_at_compile_time():
    assert message_of('{% badge "Late" label="Late" %}') == "{% badge %}: label is given twice"


def test_a_value_too_many_fails_at_compile_time():
    assert message_of('{% badge "Late" "red" %}') == '{% badge %} has no place for "red"; name the property'


def test_a_variable_outside_the_accepted_values_fails_when_it_renders():
    with pytest.raises(TemplateSyntaxError, match="kind='red' is not one of"):
        render('{% badge "Late" kind=kind %}', kind="red")


def test_an_inline_handler_does_not_pass_through():
    assert "has no property 'hx_on__click'" in message_of('{% button "Go" hx_on__click="x()" %}')


def test_a_slot_the_component_does_not_have_fails_at_compile_time():
    assert message_of('{% card %}{% slot "side" %}{% endslot %}{% endcard %}') == (
        "{% slot 'side' %} has no place here ({% card %} has slots: head, foot)"
    )


def test_attributes_pass_through_escaped_and_false_ones_are_left_out():
    html = render(
        '{% badge "Late" hx_get=url data_row=True aria_label=label data_gone=False %}',
        url="/x/?a=1&b=2",
        label='"',
    )
    assert html == (
        f'<span class="badge" hx-get="{escape("/x/?a=1&b=2")}" data-row aria-label="&quot;">Late</span>'
    )


def test_text_is_escaped():
    assert render("{% badge text %}", text="<b>") == '<span class="badge">&lt;b&gt;</span>'


def test_a_slot_and_the_content_both_see_the_page():
    html = render(
        '{% dialog "T" id="d" %}{{ x }}{% slot "actions" %}{{ y }}{% endslot %}{% enddialog %}',
        x="in",
        y="act",
    )
    assert 'in<div class="cluster">act</div>' in html


def test_an_undefined_variable_means_the_default():
    assert render('{% badge "Late" kind=nothing %}') == '<span class="badge">Late</span>'


def test_a_button_that_is_not_available_says_why_and_does_not_send():
    html = render('{% button "Approve" why_not="changed a minute ago" %}')
    assert 'type="button"' in html
    assert 'aria-disabled="true"' in html
    assert "changed a minute ago" in html


def test_an_icon_only_button_keeps_its_name():
    assert 'aria-label="More"' in render('{% button "More" icon="ellipsis" icon_only=True %}')


def test_a_running_task_asks_again_and_a_finished_one_does_not():
    class Task:
        id, state, poll_ms, step_label, progress, cause, result_url = (
            "7",
            "RUNNING",
            2000,
            "Writing",
            40,
            "",
            "",
        )
        active = True
        urls = {"status": "/jobs/7/"}

    running = render("{% task_progress task %}{% endtask_progress %}", task=Task())
    assert 'hx-get="/jobs/7/" hx-trigger="load delay:2000ms, resume" hx-swap="outerHTML"' in running
    assert 'aria-busy="true"' in running
    Task.active, Task.state = False, "DONE"
    finished = render("{% task_progress task %}{% endtask_progress %}", task=Task())
    assert "hx-trigger" not in finished
    assert 'aria-busy="false"' in finished


def test_a_state_reads_to_the_one_who_acts_as_theirs():
    assert "Waiting for you" in render('{% state "PENDING_APPROVAL" yours=True %}')
    assert "Waiting for client" in render('{% state "PENDING_APPROVAL" %}')


def test_a_difference_is_said_in_words_too():
    html = render("{% diff pieces prose=False %}", pieces=[("same", "a "), ("del", "b"), ("ins", "<c>")])
    assert '<del><span class="sr">removed: </span>b</del>' in html
    assert '<ins><span class="sr">added: </span>&lt;c&gt;</ins>' in html


def test_a_post_is_folded_where_its_network_folds_it():
    html = render('{% post_preview "instagram" author="A" text=text fold_at=9 %}', text="one two three four")
    assert "one two <details>" in html
    assert "three four</details>" in html


def test_a_full_meter_says_so():
    html = render('{% usage_meter "Posts" used=24 limit=24 %}')
    assert "24 of 24" in html
    assert 'value="24"' in html


def test_a_heading_in_a_difference_is_a_heading():
    pieces = [
        ("heading", 2),
        ("same", "At "),
        ("ins", "dawn"),
        ("break", ""),
        ("same", "Words."),
        ("fold", 3),
    ]
    html = render("{% diff pieces %}", pieces=pieces).replace("> <", "><")
    assert '<h2>At <ins><span class="sr">added: </span>dawn</ins></h2><p>Words.</p><p class="fold">' in html


def test_a_picture_that_leads_somewhere_has_a_name_though_nobody_described_it():
    tile = '{% media_tile "oven.png" src="/a" href="/edit"'
    assert 'href="/edit" aria-label="oven.png"' in render(tile + " %}{% endmedia_tile %}")
    assert "aria-label" not in render(tile + ' alt="An oven" %}{% endmedia_tile %}')


def test_a_table_in_which_nothing_can_be_pressed_is_reached_by_keys_itself():
    plain = render('{% table "Figures" %}<tr><td>{% icon "check" %}1</td></tr>{% endtable %}')
    pressed = render('{% table "Figures" %}<tr><td><a href="/">1</a></td></tr>{% endtable %}')
    assert 'tabindex="0" role="group" aria-label="Figures"' in plain
    assert "tabindex" not in pressed
