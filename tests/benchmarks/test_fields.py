"""Figures of field typing: pages are read, sites kept apart, numbers counted as the head of `fields.py` says."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import fields
import numpy as np
import pytest
from field_data import labels_of, pages_of, site_of
from field_fitting import Fitting, Scale, cross_scaled, rising
from fields import Answer, measured

from second_me.core.acting.recognition.rules import Rules

RULES = (fields.RESOURCES / "fields" / "rules.toml").read_text("utf-8")
ADDRESS = (
    ("First name", "given-name"),
    ("Last name", "family-name"),
    ("Email", "email"),
    ("City", "address-level2"),
)


def page(number: int) -> str:
    """A form of its own ids and order, half of its labels before the field, half in it."""
    rows = ADDRESS[number % 4 :] + ADDRESS[: number % 4]
    inputs = (
        f"<label for=f{at}{number}>{label}</label><input id=f{at}{number} data-moz-autofill-type={kind}>"
        if (at + number) % 2
        else f"<input placeholder='{label}' data-moz-autofill-type={kind}>"
        for at, (label, kind) in enumerate(rows)
    )
    return f"<form><input name=q placeholder=Search>{''.join(inputs)}<input type=submit></form>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(12):
        (tmp_path / f"QA_DE_www.shop{number}.de.html").write_text(page(number))
    return tmp_path


def test_labels_are_read_beside_the_form_and_other_is_none() -> None:
    html = (
        "<input data-moz-autofill-type=email><input type=hidden data-moz-autofill-type=tel><select></select>"
    )
    assert labels_of(html + "<textarea data-moz-autofill-type=other></textarea>") == ("email", None, None)


@pytest.mark.parametrize(
    ("source", "name", "site"),
    [
        ("train", "QA_DE_www.thomann.de", "thomann"), ("train", "FR_www.thomann.fr", "thomann"),
        ("train", "QA_GR_QA_IT_www.notos.gr", "notos"), ("train", "QA_NZ_www.farmers.co.nz", "farmers"),
        ("train", "EN_B102b", "B102b"), ("train", "uk", "uk"), ("crawl", "CC_acs_056d2c5a", "acs"),
        ("generated", "GEN_bg-BG_billing_example_00072", "GEN_bg-BG_billing_example_00072"),
    ],
)  # fmt: skip
def test_a_firm_is_one_site_in_all_countries(source: str, name: str, site: str) -> None:
    assert site_of(source, name) == site


def test_a_zip_has_the_same_pages_as_its_folder(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for each in folder.glob("*.html"):
            archive.write(each, f"inner/{each.name}")
    assert pages_of(tmp_path / "pages.zip") == pages_of(folder)


def test_the_figures_are_counted_as_said() -> None:
    answers = [
        Answer("DE", "email", "email", 0.9), Answer("DE", "email", "tel", 0.1), Answer("DE", "tel", "tel", 0.8),
        Answer("DE", "name", None, 0.0), Answer("DE", None, "tel", 0.7), Answer("DE", None, None, 0.9),
    ]  # fmt: skip
    figures = measured(answers * 5)
    assert figures["right"] == 0.5
    assert figures["precision"] == pytest.approx(2 / 3)
    assert figures["unlabelled_typed"] == 0.5
    assert figures["precision_at_85"] is None
    assert figures["macro_f1"] == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)


def test_the_surest_are_kept_until_the_coverage() -> None:
    sure = [Answer("", "tel", "tel", 0.9)] * 17
    assert measured([*sure, *[Answer("", "tel", "email", 0.2)] * 3])["precision_at_85"] == 1
    assert measured([*sure, *[Answer("", "tel", "email", 0.95)] * 3])["precision_at_85"] == pytest.approx(
        14 / 17
    )


def test_no_model_sees_the_site_that_it_is_tested_on(folder: Path) -> None:
    fitting = Fitting.of(pages_of(folder), Rules.read(RULES), 3)
    tested = fitting.tested()
    assert len(tested.labels) == 12 * 5
    assert set(tested.folds.tolist()) == set(fitting.fold_of)
    kinds, sure = cross_scaled(tested, tested.first)
    assert (kinds == tested.labels).mean() > 0.8
    assert ((sure >= 0) & (sure <= 1)).all()
    words = fitting.first(frozenset({0}))
    unseen = next(at for at in range(12) if fitting.fold_of[at] == 0)
    assert len(words.known(fitting.looks[unseen].hashes[0])) < len(fitting.looks[unseen].hashes[0])


def test_a_curve_rises_and_the_reluctance_keeps_the_unlabelled() -> None:
    random = np.random.default_rng(1)
    said = random.random(500).astype(np.float32)
    places, heights = rising(said, random.random(500) < said**2)
    assert (np.diff(heights) >= 0).all() and (np.diff(places) > 0).all()
    chances = np.stack([np.linspace(1, 0, 200), np.linspace(0, 1, 200)], axis=1).astype(np.float32)
    labels = np.repeat([0, 1], 100)
    scale = Scale.of(chances, labels)
    typed, _ = scale.apply(chances)
    assert (typed[:100] > 0).mean() <= 0.055
    assert scale.reluctance < 1 or (typed[100:] > 0).all()


def test_the_command_measures_the_shipped_weights(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fields.py", str(folder), "--regions"])
    assert fields.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0].strip() for line in lines[:3]] == [
        "attribute alone",
        "rules alone",
        "shipped weights",
    ]
    assert lines[2].split("right ")[1].startswith("1.000")


def test_a_folder_without_pages_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fields.py", str(tmp_path)])
    assert fields.main() == 2
    assert "no HTML files" in capsys.readouterr().err
