"""HTML pages: every link leads to a file of the build, nothing comes from a network, the language is said."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """Collects links, anchors and the language of a page."""

    def __init__(self):
        super().__init__()
        self.links, self.anchors, self.language, self.title = [], set(), None, False

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.links += [values[name] for name in ("href", "src") if values.get(name) is not None]
        self.anchors.update(values[name] for name in ("id", "name") if values.get(name))
        if tag == "html":
            self.language = values.get("lang")
        self.title = self.title or tag == "title"


def run(outputs, _tools, report):
    report.check((outputs / "index.html").is_file(), "no index.html")
    for path in sorted(outputs.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        page = Page()
        page.feed(text)
        report.check(page.language == "ru" and page.title, f"{path.name}: lang is {page.language}, title {page.title}")
        for link in page.links:
            check_link(path, page, link, report)
        remote = re.findall(r"(?:@import|url\()\s*['\"]?(?:https?:)?//[^'\")]*", text)
        report.check(not remote, f"{path.name}: style from a network: {remote[:3]}")
    index = (outputs / "index.html").read_text(encoding="utf-8") if (outputs / "index.html").is_file() else ""
    for document in sorted(list(outputs.glob("*/*.pdf")) + list(outputs.glob("*/*.xlsx"))):
        report.check(document.name in index, f"index.html does not name {document.relative_to(outputs)}")


def check_link(path, page, link, report):
    parts = urlsplit(link)
    if parts.scheme in ("data", "mailto"):
        return
    if parts.scheme or parts.netloc:
        report.check(False, f"{path.name}: {link} leads out of the build")
    elif parts.path:
        target = path.parent / unquote(parts.path)
        report.check(not parts.path.startswith("/") and target.exists(), f"{path.name}: {link} leads nowhere")
    else:
        report.check(unquote(parts.fragment) in page.anchors or link == "#", f"{path.name}: no anchor {link}")
