"""`./run figures DIR`: every picture on one sheet."""

import re
import shutil
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from exercises import poses


@pytest.fixture
def without_a_browser(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)


def test_every_figure_is_written_with_its_other_side_and_stands_on_the_sheet(tmp_path, without_a_browser):
    call_command("figures", tmp_path / "new")

    for name in poses.figures():
        ElementTree.parse(tmp_path / "new" / f"{name}.svg")
        ElementTree.parse(tmp_path / "new" / f"{name}.other-side.svg")
    sheet = (tmp_path / "new" / "index.html").read_text(encoding="utf-8")
    assert sorted(re.findall(r'src="([^"]+)\.svg"', sheet)) == sorted(poses.figures())
    assert not (tmp_path / "new" / "sheet.png").exists()


def test_only_what_was_asked(tmp_path, without_a_browser):
    call_command("figures", tmp_path, "m7")

    assert {path.name for path in tmp_path.iterdir()} == {"m7.svg", "m7.other-side.svg", "index.html"}


def test_an_unknown_figure_is_told(tmp_path):
    with pytest.raises(CommandError, match=r"No figure of m99\."):
        call_command("figures", tmp_path, "m99")


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("figures", tmp_path / "file" / "below")
