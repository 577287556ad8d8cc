"""What somebody may type, or smuggle into a drawing, to make a PDF fetch, show or enclose what is not ours."""

import base64
import contextlib
import http.server
import threading

MARKER = "LEAKED-7f3a-MARKER"
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"'


def drawing(inside, before=""):
    """An <img> whose drawing is carried inside the page."""
    whole = f"{before}<svg {SVG}>{inside}</svg>".encode()
    return f'<img alt="x" src="data:image/svg+xml;base64,{base64.b64encode(whole).decode()}">'


def payloads(web, file):
    """{name: HTML}: `web` is the address of a listener, `file` that of a file that holds MARKER."""
    host = web.removeprefix("http:")
    entity = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{file}">]>'
    inner = drawing(f'<image href="{file}" width="9" height="9"/>').split('"')[3]
    return {
        "picture from a file": f'<img alt="x" src="{file}">',
        "picture from the web": f'<img alt="x" src="{web}/a.png">',
        "picture over ftp": f'<img alt="x" src="ftp:{host}/b.png">',
        "picture without a scheme": f'<img alt="x" src="{host}/c.png">',
        "picture through a redirect": f'<img alt="x" src="{web}/redirect">',
        "picture in capitals": f'<img alt="x" src="FILE{file[4:]}">',
        "picture on a host's disk": '<img alt="x" src="file://example.invalid/etc/passwd">',
        "picture in a jar": f'<img alt="x" src="jar:{file}!/x">',
        "picture above the folder": '<img alt="x" src="../manage.py">',
        "picture above it, in code": '<img alt="x" src="%2e%2e/%2e%2e/etc/passwd">',
        "style sheet of ours as a picture": '<img alt="x" src="css/paper.css">',
        "object from a file": f'<object data="{file}" type="image/png"></object>',
        "embed from the web": f'<embed src="{web}/d.svg" type="image/svg+xml">',
        "style sheet from the web": f'<link rel="stylesheet" href="{web}/e.css">',
        "style sheet from a file": f'<link rel="stylesheet" href="{file}">',
        "style sheet inside": f'<link rel="stylesheet" href="data:text/css,@import%20url({web}/f.css)">',
        "import": f'<style>@import url("{web}/g.css");</style>',
        "import of a file": f'<style>@import "{file}";</style>',
        "background": f"<p style=\"background: url('{web}/h.png')\">x</p>",
        "background of a file": f"<p style=\"background: url('{file}')\">x</p>",
        "mark of a list": f"<ul><li style=\"list-style: url('{web}/i.png')\">x</li></ul>",
        "border": f'<p style="border: 1px solid; border-image: url({web}/j.png) 1">x</p>',
        "content": f"<style>p::before {{ content: url({web}/k.png) }}</style><p>x</p>",
        "font from the web": f"<style>@font-face {{ font-family: w; src: url({web}/l.ttf) }}</style>",
        "font from a file": f"<style>@font-face {{ font-family: f; src: url({file}) }}</style>",
        "font of the machine": '<style>@font-face { font-family: m; src: url("file:///usr/share/x.ttf") }</style>',
        "font inside": "<style>@font-face { font-family: d; src: url(data:font/ttf;base64,AAEAAAAA) }</style>",
        "page background": f"<style>@page {{ background: url({web}/m.png) }}</style>",
        "attachment": f'<link rel="attachment" href="{file}">',
        "attachment from the web": f'<link rel="attachment" href="{web}/n.txt">',
        "attachment behind a link": f'<a rel="attachment" href="{file}">x</a>',
        "attachment behind a link to the web": f'<a rel="attachment" href="{web}/o.txt">x</a>',
        "attachment inside": '<link rel="attachment" href="data:text/plain,x">',
        "drawing: picture of a file": drawing(f'<image href="{file}" width="9" height="9"/>'),
        "drawing: picture from the web": drawing(f'<image href="{web}/p.png" width="9" height="9"/>'),
        "drawing: old link": drawing(f'<image xlink:href="{web}/q.png" width="9" height="9"/>'),
        "drawing: use": drawing(f'<use href="{web}/r.svg#x"/>'),
        "drawing: use of a file": drawing(f'<use xlink:href="{file}#x"/>'),
        "drawing: import": drawing(f'<style>@import url("{web}/s.css");</style><path d="M0 0h9"/>'),
        "drawing: entity": drawing("<text y='9'>&x;</text>", entity),
        "drawing: foreign object": drawing(f'<foreignObject><img src="{web}/t.png"/></foreignObject>'),
        "drawing: drawing in a drawing": drawing(f'<image width="9" height="9" href="{inner}"/>'),
    }


# WeasyPrint asks nobody for these, whatever the fetcher: there is nothing to refuse.
HARMLESS = {
    "drawing: use",
    "drawing: use of a file",
    "drawing: import",
    "drawing: entity",
    "drawing: foreign object",
    "border",
}


@contextlib.contextmanager
def listener(file):
    """(address, list of what was asked there): a web server on this machine that sends some on to `file`."""
    asked = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302 if self.path == "/redirect" else 404)
            self.send_header("Location", file)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words):
            pass

    class Server(http.server.ThreadingHTTPServer):
        def process_request(self, request, address):
            asked.append("connection")
            super().process_request(request, address)

        def handle_error(self, request, address):
            pass

    server = Server(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
