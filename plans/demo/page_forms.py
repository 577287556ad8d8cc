"""What a browser would post from a page: each form with the values that stand in it."""

from html.parser import HTMLParser

NOT_POSTED = {"submit", "button", "file", "image", "reset"}


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms = []
        self._fields = None
        self._area = self._select = None

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self._fields = {}
            self.forms.append((told.get("action") or "", self._fields))
        elif self._fields is None:
            return
        elif tag == "input":
            self._input(told)
        elif tag == "textarea":
            self._area = told.get("name")
            self._fields.setdefault(self._area, []).append("")
        elif tag == "select":
            self._select = told.get("name")
        elif tag == "option" and self._select and ("selected" in told or self._select not in self._fields):
            self._fields[self._select] = [told.get("value", "")]

    def handle_endtag(self, tag):
        if tag == "form":
            self._fields = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._area is not None:
            self._fields[self._area][-1] += data

    def _input(self, told):
        kind, name = told.get("type", "text"), told.get("name")
        unticked = kind in ("checkbox", "radio") and "checked" not in told
        if name and kind not in NOT_POSTED and not unticked:
            self._fields.setdefault(name, []).append(
                told.get("value") or ("on" if kind == "checkbox" else "")
            )


def forms(page):
    """(action, {name: [values]}) of every form of a page's HTML, as it would be posted untouched."""
    reader = _Forms()
    reader.feed(page)
    return reader.forms


def form_to(page, action):
    """The fields of the form that posts to `action`. Raises LookupError when the page has none."""
    for to, fields in forms(page):
        if to == action:
            return fields
    raise LookupError(action)
