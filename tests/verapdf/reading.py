"""What stands in a PDF, read back with poppler's tools and with plain Python."""

import re
import subprocess
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
A4 = "595.276 x 841.89 pts (A4)"


def poppler(tool, *arguments, pdf):
    """What one of poppler's tools says of these bytes."""
    told = subprocess.run([tool, *arguments, "-", "-"], input=pdf, capture_output=True, check=True)
    return told.stdout


def info(pdf):
    """pdfinfo's table as a dictionary."""
    told = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return dict(map(str.strip, line.split(":", 1)) for line in told.splitlines() if ":" in line)


def pages(pdf):
    """The words of each page, foot and all."""
    return poppler("pdftotext", "-layout", pdf=pdf).decode().split("\f")[:-1]


def body(page, ends="Bladzijde|Page"):
    """The words of a page above its foot, whose first line ends in the page's number."""
    lines = page.rstrip().splitlines()
    foot = [at for at, line in enumerate(lines) if re.search(rf"({ends}) \d+ (van|of) \d+$", line)]
    return "\n".join(lines[: foot[-1]] if foot else lines)


def words(pdf):
    """All words above the feet as one text without a space, so that no line end hides a sentence."""
    plain = poppler("pdftotext", "-raw", pdf=pdf).decode()
    return "".join(plain.split())


def fonts(pdf):
    """The names of the fonts inside, without the six letters that mark a subset."""
    table = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return {line.split()[0].partition("+")[2] for line in table.splitlines()[2:]}


def inside(pdf):
    """The bytes of the file and of everything compressed in it."""
    parts = [pdf]
    for found in STREAM.finditer(pdf):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def grey(pdf, page, dots=254):
    """One page as rows of brightness 0-255, at 10 dots a millimetre."""
    command = ("-gray", "-r", str(dots), "-f", str(page), "-l", str(page))
    raw = subprocess.run(["pdftoppm", *command, "-"], input=pdf, capture_output=True, check=True).stdout
    _kind, size, _white, pixels = raw.split(b"\n", 3)
    width = int(size.split()[0])
    return [pixels[at : at + width] for at in range(0, len(pixels), width)]
