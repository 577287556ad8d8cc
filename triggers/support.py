"""The words that hold someone: the support box, the page 'Hulp nu', and the calm lines for who does not feel safe.

Read from `content/support.v<version>.toml`. No Django: the numbers come from `intake.contact.support_lines`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backup_plan_site.content import Text, build, identity, newest, read

FILE = newest(Path(__file__).parent / "content")["support"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The box of clinical-brief G3 in its order: `text`, `talk` + a line, `danger` + the emergency number, `also`.

    `summary` is what stands there while the box is closed.
    """

    summary: Text
    text: Text
    talk: Text
    danger: Text
    also: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """What each number of `SupportLines` is for."""

    emergency: Text
    suicide: Text
    talk: Text
    violence: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """The page 'Hulp nu'. `chat` stands before an address and is left out where the line has none."""

    title: Text
    heading: Text
    sentences: tuple[Text, ...]
    calls: Calls
    chat: Text
    also: tuple[Text, ...]
    back: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Violence:
    """The box beside the statement and the page behind `more`; both say `talk` + a line and `danger` + a number."""

    heading: Text
    box: tuple[Text, ...]
    talk: Text
    danger: Text
    more: Text
    page_heading: Text
    page: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """All of it. `neutral_title` names every page that must not give itself away, `exit` is its quick way out."""

    version: str
    source: str
    confirmed: bool
    button: Text
    neutral_title: Text
    exit: Text
    exit_hint: Text
    box: Box
    help: HelpPage
    violence: Violence


def load_support(path: Path) -> Support:
    """The words from one file. Raises ValueError with the place that is wrong."""
    return build(Support, {**read(path), "version": str(identity(path))}, path.name)


@cache
def support() -> Support:
    """The words of this version. Read from disk once."""
    return load_support(FILE)
