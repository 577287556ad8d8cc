"""The small tools that every drawing of glasses is written with. Pure Python: no Django, no files, no clock.

Numbers, colours, texts and the outer element of an SVG. Only presentation attributes are written, never a style,
so that a drawing may stand inside a page with a strict Content-Security-Policy.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape as _escape

Point = tuple[float, float]
Box = tuple[float, float, float, float]

# The same colours as static/css/tokens.css; a test compares them.
INK = "#1b2b3a"
MUTED = "#4a5a68"
WHITE = "#ffffff"
WATER = "#bfd9ee"
WATER_LIGHT = "#dcebf7"
WATER_LINE = "#5f8fb8"
# Outlines of what is not chosen, and the boards of the shelf: 3.1 on white.
FAINT = "#8494a3"

FONT = "Atkinson Hyperlegible Next, Noto Sans, Verdana, sans-serif"
# The width of one bold letter, in em. Nothing here can measure a font: this leaves room for a wider one than ours.
BOLD_EM = 0.64

# XML has no place for these, whatever they are escaped to.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """At most two decimals, no trailing zeros, never '-0'."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(*values: float) -> str:
    """Several numbers with one space between."""
    return " ".join(number(value) for value in values)


def clean(text: str) -> str:
    """The text on one line, without what XML cannot hold."""
    return " ".join(_NOT_XML.sub("", text).split())


def escaped(text: str) -> str:
    """The text as it may stand between tags and in attributes."""
    return _escape(clean(text))


def short_hash(text: str) -> str:
    """Eight hexadecimal digits (FNV-1a), the same for the same text: enough to keep two drawings' ids apart."""
    value = 2166136261
    for byte in text.encode("utf-8", "surrogatepass"):
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return f"{value:08x}"


def element(tag: str, inside: str = "", **attributes: str | float) -> str:
    """One element; `stroke_width=2` becomes stroke-width="2", and an attribute of '' is left out."""
    words = [tag]
    for name, value in attributes.items():
        if value != "":
            text = value if isinstance(value, str) else number(value)
            words.append(f'{name.strip("_").replace("_", "-")}="{text}"')
    head = " ".join(words)
    return f"<{head}>{inside}</{tag}>" if inside else f"<{head}/>"


def svg(inside: str, *, box: Box, size: Point, title: str = "") -> str:
    """A complete drawing: with `title` an image that says it, without one an ornament for screen readers."""
    words = escaped(title)
    if words:
        inside, role, hidden = f"<title>{words}</title>{inside}", "img", ""
    else:
        role, hidden = "", "true"
    return element(
        "svg",
        inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=numbers(*box),
        width=size[0],
        height=size[1],
        role=role,
        aria_hidden=hidden,
        font_family=FONT,
        # Every line in these drawings is round, at its ends and at its corners.
        stroke_linejoin="round",
        stroke_linecap="round",
    )


def path(points: Iterable[Point], *, closed: bool = True) -> str:
    """The path data of straight lines through the points."""
    return "M" + "L".join(numbers(*point) for point in points) + ("Z" if closed else "")


def text_lines(lines: Sequence[str], *, x: float, y: float, size: float, bold: bool, anchor: str) -> str:
    """Lines below each other, the first with its baseline on y."""
    return "".join(
        element(
            "text",
            escaped(line),
            x=x,
            y=y + row * leading(size),
            font_size=size,
            font_weight="700" if bold else "",
            text_anchor="" if anchor == "start" else anchor,
            fill=INK if bold else MUTED,
        )
        for row, line in enumerate(lines)
    )


def leading(size: float) -> float:
    """From baseline to baseline."""
    return 1.15 * size


def wrapped(label: str, *, width: float, size: float, most: int = 2) -> list[str]:
    """The label in at most `most` even lines that fit the width in bold; what is left over ends in '…'."""
    letters = _letters(width, size)
    lines = _filled(label, letters)
    if len(lines) > most:
        return [*lines[: most - 1], f"{lines[most - 1][: letters - 1]}…"]
    longest = max((len(word) for word in clean(label).split()), default=letters)
    for fewer in range(longest, letters):
        if len(_filled(label, fewer)) == len(lines):
            return _filled(label, fewer)
    return lines


def fitting(labels: Iterable[str], *, width: float, largest: float, smallest: float, most: int = 2) -> float:
    """The largest of the sizes at which every label fits whole; the smallest when none does."""
    labels = [clean(label) for label in labels]
    size = largest
    while size > smallest and not all(_fits(label, width, size, most) for label in labels):
        size -= 0.5
    return size


def _fits(label: str, width: float, size: float, most: int) -> bool:
    letters = _letters(width, size)
    return len(_filled(label, letters)) <= most and all(len(word) <= letters for word in label.split())


def _letters(width: float, size: float) -> int:
    return max(2, int(width / (BOLD_EM * size)))


def _filled(label: str, letters: int) -> list[str]:
    """The words in lines of at most so many letters; a longer word is cut."""
    lines: list[str] = []
    for word in clean(label).split():
        for piece in (word[at : at + letters] for at in range(0, len(word), letters)):
            if lines and len(lines[-1]) + 1 + len(piece) <= letters:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return lines
