"""The plan on paper: against the plain call of WeasyPrint, against Chromium, and two processes against one.

Seconds of processor time, the smallest of the rounds: waiting for other programs is not counted. `plain` runs in a
process of its own, in which nothing of ours has touched WeasyPrint.
"""

import base64
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROUNDS = 5
DRAWING = re.compile(r'<img[^>]*src="data:image/svg\+xml;base64,([^"]+)"[^>]*>')
BARE = '<html lang="nl"><head><title>Leeg</title></head><body><p>Leeg.</p></body></html>'
ROOT = Path(__file__).resolve().parents[2]


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backup_plan_site.settings.test")
    import django

    django.setup()
    if sys.argv[1:2] == ["plain"]:
        page = sys.stdin.read()
        print(json.dumps([least(lambda: plainly(page)), least(lambda: plainly(BARE))]))
    else:
        measure(int(sys.argv[1]) if sys.argv[1:] else 300)


def measure(documents):
    from backup_plan_site import press
    from plans import paper
    from tests import paper_people

    page = paper.plan_html(paper_people.izabel())
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_paper", "plain"],
        input=page,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout
    plain, bare = json.loads(told)
    one = press.Press(1, seconds=120)
    ours = in_the_press(one, page)
    cold, warm = chromium_cold(page), chromium_warm(page)
    say("plain call, same page", plain)
    say("plain call, bare page", bare)
    say("the press, warm", ours, f"{ours / plain:.2f} of plain, {ours / bare:.1f} bare pages")
    say("Chromium, cold", cold, f"{cold / ours:.1f} times the press")
    say("Chromium, warm", warm, f"the press takes {ours / warm:.1f} times that")
    single = per_second(one, page, 1)
    two = press.Press(2, seconds=120)
    double = per_second(two, page, 2)
    print(f"two processes against one          {double / single:.2f} times as many documents")
    two.end()
    first = last = 0
    for number in range(documents):
        one.make(page)
        if number == 50:
            first = memory(one)
    last = memory(one)
    print(f"memory, document 50 to {documents}        {first} to {last} kB, {last / first - 1:+.1%}")
    one.end()


def say(name, seconds, beside=""):
    print(f"{name:32} {seconds * 1000:7.0f} ms  {beside}", flush=True)


def least(work, seconds=time.process_time):
    """The fewest seconds of processor time that one call took, after one that is not counted."""
    work()
    found = []
    for _round in range(ROUNDS):
        begun = seconds()
        work()
        found.append(seconds() - begun)
    return min(found)


def plainly(source):
    """As one would write it first: drawings inside the page; style sheet, fonts and fetcher anew for each document."""
    import weasyprint

    sheet = ROOT / "static/css/paper.css"
    page = source.replace("</head>", f"<style>{sheet.read_text()}</style></head>")
    page = DRAWING.sub(lambda found: base64.b64decode(found[1]).decode(), page)
    return weasyprint.HTML(string=page, base_url=sheet.as_uri()).write_pdf(pdf_variant="pdf/ua-1")


# --- the press ----------------------------------------------------------------------------------------


def in_the_press(one, page):
    one.make(page)
    [pid] = one.pids()
    return least(lambda: one.make(page), lambda: used_by(pid))


def per_second(one, page, threads, each=6):
    """Documents a second by the clock, with so many threads asking at once."""

    def ask():
        for _number in range(each):
            one.make(page)

    for _number in range(threads):
        one.make(page)
    asking = [threading.Thread(target=ask) for _number in range(threads)]
    begun = time.perf_counter()
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    return threads * each / (time.perf_counter() - begun)


def used_by(*pids):
    """Seconds of processor time that these processes have used."""
    ticks = os.sysconf("SC_CLK_TCK")
    return sum(sum(map(int, status(pid)[11:13])) for pid in pids if status(pid)) / ticks


def status(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def memory(one):
    [pid] = one.pids()
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1])


# --- Chromium, the same page --------------------------------------------------------------------------


def chromium():
    from tests import servers

    return servers.chromium()


def whole(page):
    """The page as a browser reads it, with its style sheet beside it."""
    style = (ROOT / "static/css/paper.css").read_text()
    return page.replace(
        "<head>", f'<head><base href="{(ROOT / "static/css").as_uri()}/"><style>{style}</style>'
    )


def chromium_cold(page):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(whole(page))
        command = [chromium(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/me"]
        command += [f"--print-to-pdf={folder}/page.pdf", "--no-pdf-header-footer", file.as_uri()]

        def print_it():
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

        return least(print_it, of_ended_children)


def of_ended_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def chromium_warm(page):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        tab = browser.new_page()

        def print_it():
            tab.set_content(whole(page))
            tab.pdf(format="A4", tagged=True)

        found = least(print_it, lambda: used_by(*descendants(os.getpid())))
        browser.close()
        return found


def descendants(pid):
    """The processes below this one that are a browser's."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := status(entry.name)):
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, ahead = [], [pid]
    while ahead:
        below = parents.get(ahead.pop(), [])
        found += [one for one in below if "chrom" in command_of(one)]
        ahead += below
    return found


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").lower()
    except OSError:
        return ""


if __name__ == "__main__":
    main()
