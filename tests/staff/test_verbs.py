"""Every verb that the code writes in the audit trail has words."""

import re
from pathlib import Path

from backup_plan_site.staff.verbs import in_words
from intake.models import Clearance, Notice

ROOT = Path(__file__).resolve().parents[2]
RECORD = re.compile(r"""record\(\s*[\w.]+,\s*(f?)"([^"]+)\"""", re.DOTALL)
SPELT_OUT = {"flag.{kind}": Clearance.Kind.values, "notice.{kind}": Notice.Kind.values}


def written():
    for folder in ("backup_plan_site", "intake", "plans"):
        for file in (ROOT / folder).rglob("*.py"):
            for _f, verb in RECORD.findall(file.read_text(encoding="utf-8")):
                kinds = SPELT_OUT.get(verb)
                yield from (verb.replace("{kind}", kind) for kind in kinds) if kinds else (verb,)


def test_every_verb_has_words():
    verbs = set(written())

    assert len(verbs) > 25
    assert {verb for verb in verbs if in_words(verb) == verb} == set()


def test_a_verb_that_nobody_named_shows_itself():
    assert in_words("thing.happened") == "thing.happened"
