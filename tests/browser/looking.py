"""Looking at a page: as a screen reader's checker does, for what is wider than the screen, and where the focus is."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESKTOP, PHONE

NARROWEST = {"width": 320, "height": 700}
AXE = Axe().axe_script
VIOLATIONS = """async () => (await axe.run({resultTypes: ['violations'], elementRef: false})).violations.map(
    (one) => `${one.id} on ${one.nodes.slice(0, 3).map((node) => node.target).join('; ')}`)"""

# What makes the page scroll sideways, or would if its box did not cut it off.
TOO_WIDE = """() => {
    const screen = document.documentElement;
    const beyond = (one) => one.getClientRects().length && one.getBoundingClientRect().right > screen.clientWidth + 1;
    const found = [...document.querySelectorAll('body *')].filter((one) => beyond(one) && !one.closest('.sr, .skip'));
    if (screen.scrollWidth > screen.clientWidth) found.push(screen);
    return found.slice(0, 3).map((one) => `${one.tagName}.${one.className}`).join(' ');
}"""

# Name and type of what has the focus, and whether it, or the card around it, looks different from its neighbours.
FOCUS = """() => {
    const here = document.activeElement;
    const card = here.closest('label') || here;
    const drawn = (one) => ['outlineStyle', 'boxShadow'].some((what) => getComputedStyle(one)[what] !== 'none');
    return [here.name, here.type, drawn(here) || drawn(card)];
}"""

# What lies over the thing that has the focus: the sticky head or foot of a page. Empty when it can be seen whole.
HIDDEN_BY = """() => {
    const here = document.activeElement;
    const box = here.getBoundingClientRect();
    if (here === document.body || here.closest('.skip') || !box.height) return '';
    const bars = [...document.querySelectorAll('body *')].filter(
        (one) => ['sticky', 'fixed'].includes(getComputedStyle(one).position) && !one.contains(here));
    const over = bars.filter((one) => {
        const bar = one.getBoundingClientRect();
        return bar.top < box.bottom - 1 && bar.bottom > box.top + 1 && bar.left < box.right && bar.right > box.left;
    });
    const out = box.bottom < 1 || box.top > innerHeight - 1 ? ['the edge of the screen'] : [];
    return [...over.map((one) => `${one.tagName}.${one.className}`), ...out].join(' ');
}"""

# The spacing of WCAG 1.4.12, as a reader's own style sheet sets it; an adopted sheet is no matter of the page's policy.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
AS_BEFORE = "() => { document.adoptedStyleSheets = []; document.documentElement.style.fontSize = ''; }"
# Letters of twice the size, as a browser has them whose reader asked for it.
TWICE = "() => { document.documentElement.style.fontSize = '200%'; }"
# Words that their own box cuts off.
CUT_OFF = """() => {
    const cut = (one) => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX)
        && one.scrollWidth > one.clientWidth + 1 && one.innerText?.trim();
    return [...document.querySelectorAll('main *')].filter((one) => cut(one) && !one.closest('.sr, svg'))
        .slice(0, 3).map((one) => `${one.tagName}.${one.className}`).join(' ');
}"""
CONTRAST = """async () => (await axe.run({runOnly: ['color-contrast'], resultTypes: ['violations'],
    elementRef: false})).violations.map(
    (one) => `${one.id} on ${one.nodes.slice(0, 3).map((node) => node.target).join('; ')}`)"""
# axe reads text colours where forcing does not reach them; so these are compared here: words against what lies behind.
FORCED_CONTRAST = """() => {
    const light = (text) => {
        const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map((one) => one / 255)
            .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (one) => {
        for (let here = one; here; here = here.parentElement) {
            const colour = getComputedStyle(here).backgroundColor;
            if (!/^rgba.*, 0\\)$/.test(colour)) return colour;
        }
        return 'rgb(0, 0, 0)';
    };
    const worded = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const shown = (one) => one.checkVisibility() && !one.closest('.sr, .skip, svg, :disabled, label:has(:disabled)');
    return [...document.querySelectorAll('body *')].filter((one) => worded(one) && shown(one)).filter((one) => {
        const [a, b] = [light(getComputedStyle(one).color), light(behind(one))].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05) < 4.5;
    }).slice(0, 3).map((one) => `contrast of ${one.tagName}.${one.className}`);
}"""
SURROUNDINGS = {
    "in the dark": {"color_scheme": "dark"},
    "in forced colours": {"forced_colors": "active"},
    "in forced colours, in the dark": {"color_scheme": "dark", "forced_colors": "active"},
    "with more contrast": {"contrast": "more"},
}
USUAL = {"color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"}

# Everything that a page could leave behind in a browser.
STORED = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length, document.cookie]"""


def settle(page):
    """Wait until what was pressed has led somewhere: a form says that it is on its way."""
    page.wait_for_selector("form[aria-busy]", state="detached")
    page.wait_for_load_state()


class Looker:
    """Looks at pages as axe does, at a phone's and a desk's width, and for a page that is wider than its screen."""

    def __init__(self):
        self.faults = []
        self.seen = []

    def look(self, visitor, name):
        page = visitor.page
        settle(page)
        self.seen.append(name)
        page.evaluate(AXE)
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            self.faults += [f"{name} at {size['width']}: {what}" for what in page.evaluate(VIOLATIONS)]
        page.set_viewport_size(NARROWEST)
        if wide := page.evaluate(TOO_WIDE):
            self.faults.append(f"{name} at 320: wider than the screen: {wide}")
        page.set_viewport_size(PHONE)

    def look_hard(self, visitor, name):
        """As `look`, and with spaced and with double letters on the narrowest screen, and in other surroundings."""
        self.look(visitor, name)
        page = visitor.page
        for width, script, how in (
            (NARROWEST, SPACED, "at 320, spaced"),
            (PHONE, TWICE, "at 390, twice the size"),
        ):
            page.set_viewport_size(width)
            page.evaluate(script)
            for what in (TOO_WIDE, CUT_OFF):
                if found := page.evaluate(what):
                    self.faults.append(f"{name} {how}: too wide or cut off: {found}")
            page.evaluate(AS_BEFORE)
        page.set_viewport_size(PHONE)
        for how, surroundings in SURROUNDINGS.items():
            # Without motion: a colour that is on its way to another one is neither.
            page.emulate_media(**{**USUAL, **surroundings}, reduced_motion="reduce")
            looks = FORCED_CONTRAST if "forced_colors" in surroundings else CONTRAST
            self.faults += [f"{name} {how}: {what}" for what in page.evaluate(looks)]
        page.emulate_media(**USUAL, reduced_motion="no-preference")
