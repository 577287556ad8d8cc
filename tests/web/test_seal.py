"""Sealing a content file: it is written into the manifest once, and only when nothing is wrong with it."""

import pytest
from django.core.management import CommandError, call_command

from backup_plan_site.content import fingerprint, problems

TEXT = 'ask = { nl = "Slaap je goed?", en = "Do you sleep well?", fr = "Dormez-vous bien ?" }\n'


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sleep.v1.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_sealed_file_that_changes_is_found(file):
    call_command("seal", str(file))
    assert problems(file.parent) == []

    file.write_text(TEXT.replace("goed", "fijn"), encoding="utf-8")
    assert "has changed" in problems(file.parent)[0]


def test_seals_stand_beside_each_other(file):
    other = file.with_name("food.v2.toml")
    other.write_text(TEXT, encoding="utf-8")
    call_command("seal", str(file), str(other))

    manifest = (file.parent / "manifest.toml").read_text(encoding="utf-8")
    assert f'"sleep.v1.toml" = "{fingerprint(file)}"' in manifest
    assert manifest.index("food.v2") < manifest.index("sleep.v1")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('fr = "Dormez-vous bien ?"', 'fr = ""', "fr"),
        ("Slaap je goed?", "Is je rug versleten?", "versleten"),
        ("ask = {", "ask = ", "cannot be read"),
    ],
)
def test_a_file_with_a_fault_is_not_sealed(file, old, new, said):
    file.write_text(TEXT.replace(old, new), encoding="utf-8")

    with pytest.raises(CommandError, match=said):
        call_command("seal", str(file))
    assert not (file.parent / "manifest.toml").exists()


def test_a_sealed_file_is_not_sealed_over(file):
    call_command("seal", str(file))
    file.write_text(TEXT.replace("goed", "fijn"), encoding="utf-8")

    with pytest.raises(CommandError, match="has changed"):
        call_command("seal", str(file))


@pytest.mark.parametrize("name", ["sleep.toml", "nothing.v1.toml"])
def test_what_is_no_content_file_is_refused(file, name):
    with pytest.raises(CommandError):
        call_command("seal", str(file.with_name(name)))
