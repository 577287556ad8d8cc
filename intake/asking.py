"""Patients' own questions beside each page of part A: why, who sees it, and what if I skip it. No Django."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backup_plan_site.content import Text, build, identity, newest, read

FILE = newest(Path(__file__).parent / "content")["asking"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage:
    """One page before the safety questions, or one theme of them; those share what is said about skipping."""

    key: str
    why: Text
    skip: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The words of all pages. `summary` is what stands there while they are folded."""

    version: str
    source: str
    confirmed: bool
    summary: Text
    why_heading: Text
    who_heading: Text
    skip_heading: Text
    who: Text
    skip_safety: Text
    pages: tuple[AskedPage, ...]

    def told(self, key, language, *, practice):
        """What the page of `key` says, in one language. Raises KeyError for a page without words."""
        page = {one.key: one for one in self.pages}[key]
        skip = page.skip or self.skip_safety
        return {
            "summary": self.summary.in_language(language),
            "lines": [
                (self.why_heading.in_language(language), page.why.in_language(language)),
                (
                    self.who_heading.in_language(language),
                    self.who.in_language(language).format(practice=practice),
                ),
                (self.skip_heading.in_language(language), skip.in_language(language)),
            ],
        }


@cache
def asking() -> Asking:
    """The words of now. Read from disk once."""
    return build(Asking, {**read(FILE), "version": str(identity(FILE))}, FILE.name)
