"""The plan on paper against the plain call of WeasyPrint for the same page; in process, warm."""

import base64
import os
import re

ROUNDS = 9
DRAWING = re.compile(r'<img[^>]*src="data:image/svg\+xml;base64,([^"]+)"[^>]*>')
BARE = '<html lang="nl"><head><title>Leeg</title></head><body><p>Leeg.</p></body></html>'


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backup_plan_site.settings.test")
    import django

    django.setup()
    measure()


def measure():
    from backup_plan_site import pdf
    from plans import paper
    from tests import paper_people
    from tests.bench.timing import medians, tell

    copy = paper_people.izabel()
    variants = {
        "plain call, same page": lambda: plainly(paper.plan_html(copy)),
        "plain call, bare page": lambda: plainly(BARE),
        "the plan of Izabel": lambda: paper.plan_pdf(copy),
        "the plan of Jan": lambda: paper.plan_pdf(paper_people.jan()),
        "its HTML alone": lambda: paper.plan_html(copy),
        "a bare page": lambda: pdf.from_html(BARE),
    }
    tell(medians(variants, ROUNDS), against="plain call, same page")


def plainly(source):
    """As one would write it first: drawings inside the page; style sheet, fonts and fetcher anew for each document."""
    import weasyprint

    from backup_plan_site import pdf

    sheet = pdf._static() / pdf.PAPER
    page = source.replace("</head>", f"<style>{sheet.read_text()}</style></head>")
    page = DRAWING.sub(lambda found: base64.b64decode(found[1]).decode(), page)
    return weasyprint.HTML(string=page, base_url=sheet.as_uri()).write_pdf(pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main()
