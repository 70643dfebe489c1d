"""A page's text becomes a form by the rules of docs/fields.md."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.acting.forms import Field, Option
from second_me.core.acting.html_page import read_page

PIECES = """<input> <select> </select> <label> </label> <p> </p> x <form> </form> <table> <option> <textarea>
  </textarea> <h1> <template> </template>""".split()
BROKEN = ["", "\0", "<", "<input", "no page", "<select><option>", "\ud800<input>", "<!--", "]]>"]


def only(html: str) -> Field:
    (field,) = read_page(html).fields
    return field


def test_the_fields_are_those_of_the_contract_in_the_order_of_the_document() -> None:
    page = """<input name=a><select name=b></select><input type=hidden name=x><textarea name=c></textarea>
      <input type=SUBMIT><input type=button><input type=reset><input type=image><input type=checkbox name=d>
      <input type=quatsch name=e><button>go</button>"""
    fields = read_page(page).fields
    assert [(each.index, each.name, each.kind) for each in fields] == [
        (0, "a", "text"), (1, "b", "select-one"), (2, "c", "textarea"), (3, "d", "checkbox"), (4, "e", "text"),
    ]  # fmt: skip


def test_the_label_is_found_by_for_by_wrapping_and_by_aria() -> None:
    page = """<label for=a>First <b>name</b> *</label><input id=a>
      <label>Town <select><option>Bern</select></label>
      <span id=s>Street</span><i id=n>and number</i><input aria-labelledby="s n gone">"""
    assert [each.label for each in read_page(page).fields] == ["First name *", "Town", "Street and number"]


def test_a_label_of_an_id_that_stands_twice_is_the_first_ones() -> None:
    page = "<label for=a>One</label><input id=a><input id=a>"
    assert [each.label for each in read_page(page).fields] == ["One", ""]


def test_the_texts_around_a_field_end_at_its_neighbours() -> None:
    page = "<p>Given name</p><input><td>Family\n name</td><input><small>as in the passport</small>"
    first, second = read_page(page).fields
    assert (first.before, first.after) == ("Given name", "Family name")
    assert (second.before, second.after) == ("Family name", "as in the passport")


def test_long_texts_are_cut_at_the_far_end() -> None:
    field = only(f"<p>{'x ' * 500}near</p><input><p>close {'y ' * 500}")
    assert len(field.before) == 200 and field.before.endswith("near")
    assert len(field.after) == 120 and field.after.startswith("close")


def test_scripts_styles_and_values_are_no_texts() -> None:
    page = """<script>var a = "card number"</script><style>p {color: red}</style><svg><text>no</text></svg>
      <select><option>Peru</select><textarea>said</textarea>Name<input>
      <button>Subscribe</button><input type=submit value=Go>"""
    field = read_page(page).fields[2]
    assert (field.before, field.after) == ("Name", "Subscribe Go")


def test_a_hidden_text_is_for_hidden_fields_only() -> None:
    page = "<div style='display:none'>Secret <input name=trap></div><p hidden>Wrong</p>Name<input name=seen>"
    trap, seen = read_page(page).fields
    assert (trap.obstacle, trap.before, trap.after) == ("hidden", "Secret", "Wrong Name")
    assert (seen.obstacle, seen.before) == ("", "Name")


def test_the_section_is_the_last_heading_above() -> None:
    page = "<h2>Delivery <i>address</i></h2><input><fieldset><legend>Bill</legend><input></fieldset><h3></h3>"
    page += "<input>"
    assert [each.section for each in read_page(page).fields] == ["Delivery address", "Bill", "Bill"]


def test_hints_come_from_descriptions_and_titles_above() -> None:
    field = only("<p id=d>Two digits</p><div title='The day'><span><input aria-describedby=d></span></div>")
    assert field.hint == "Two digits The day"


def test_options_carry_values_and_texts() -> None:
    select, radio = read_page(
        "<select><optgroup><option value=DE> Ger\nmany<option>Peru</optgroup></select>"
        "<label><input type=radio value=f>Mrs</label>"
    ).fields
    assert select.options == (Option("DE", "Ger many"), Option("Peru", "Peru"))
    assert radio.options == (Option("f", "Mrs"),)


def test_forms_are_numbered_and_named_by_id() -> None:
    page = "<input><form><input></form><form id=f><input></form><input form=f><input form=gone>"
    assert [each.form for each in read_page(page).fields] == [-1, 0, 1, 1, -1]


def test_attributes_are_kept() -> None:
    page = """<html lang=de-CH><title>Kasse</title><input name=plz id=p autocomplete="billing postal-code"
      placeholder=8000 title=PLZ aria-label=Postleitzahl maxlength=4 pattern="[0-9]{4}" inputmode=numeric
      required value=8000>"""
    form = read_page(page)
    (field,) = form.fields
    assert (form.language, form.title) == ("de-CH", "Kasse")
    assert (field.name, field.id, field.autocomplete) == ("plz", "p", "billing postal-code")
    assert (field.placeholder, field.title, field.aria) == ("8000", "PLZ", "Postleitzahl")
    assert (field.maxlength, field.pattern, field.inputmode) == (4, "[0-9]{4}", "numeric")
    assert field.required and field.filled
    assert only("<input maxlength=-1>").maxlength is None


def test_what_the_page_chose_is_not_filled() -> None:
    page = "<select><option selected value=1>1</select><input type=checkbox checked value=y><input value=''>"
    page += "<textarea>x</textarea>"
    assert [each.filled for each in read_page(page).fields] == [False, False, False, True]


@pytest.mark.parametrize(
    ("page", "obstacle"),
    [
        ("<input style='visibility:hidden'>", "hidden"),
        ("<div hidden><p><input></p></div>", "hidden"),
        ("<p><noscript><input></noscript>", "hidden"),
        ("<div style='opacity: 0'><input></div>", "transparent"),
        ("<input style='position:absolute;left:-9999px'>", "off_screen"),
        ("<input style='position:absolute; top: -200em'>", "off_screen"),
        ("<input style='transform: translateX(-3000px)'>", "off_screen"),
        ("<input style='position:absolute; clip: rect(0, 0, 0, 0)'>", "off_screen"),
        ("<div style='height:0;overflow:hidden'><input></div>", "too_small"),
        ("<input style='width:1px;height:1px'>", "too_small"),
        ("<style>.hp, #b {display: none !important}</style><div class=hp><input></div>", "hidden"),
        (
            "<style>/* {} */ @media print { .q {display:none} } .w{left:-5000px}</style><input class=w>",
            "off_screen",
        ),
        ("<fieldset disabled><input></fieldset>", "disabled"),
        ("<input readonly>", "read_only"),
        ("<div style='height:0'><input style='width:100%'></div>", ""),
        ("<input style='left:-5px;width:10px;margin-left:-20px'>", ""),
        ("<style>.a:hover {display:none} ??{display:none}</style><input class=a>", ""),
    ],
)
def test_what_hides_a_field_is_told(page: str, obstacle: str) -> None:
    assert only(page).obstacle == obstacle


@pytest.mark.parametrize("page", BROKEN)
def test_what_is_hardly_a_page_is_read_all_the_same(page: str) -> None:
    assert len(read_page(page).fields) <= 1


def test_a_deep_and_a_long_page_are_read() -> None:
    assert len(read_page("<div>" * 5_000 + "<input>").fields) == 1
    assert len(read_page("<label>x<input></label>" * 3000).fields) == 3000


def test_labels_and_headings_in_one_another_are_not_read_over_and_over() -> None:
    page = "<label>x<div role=heading>" * 2000 + "<input>"
    (field,) = read_page(page).fields
    assert field.label.startswith("x x") and field.section == "x"


@given(st.lists(st.sampled_from(PIECES)))
@settings(max_examples=100, deadline=None)
def test_any_mixture_of_tags_gives_fields_in_order(parts: list[str]) -> None:
    fields = read_page("".join(parts)).fields
    assert [each.index for each in fields] == list(range(len(fields)))
