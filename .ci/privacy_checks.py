"""Names of pupils stand inside documents only: never in a file name, a manifest, build.json, or the properties of a document."""

import re
import subprocess
import zipfile

from tables import Tables


def run(outputs, _tools, report):
    tables = Tables(outputs / "data" / "tables")
    staff = {word for row in tables["staff"] for word in row["name"].split()}
    # A name that the school's own staff bears too says nothing of a pupil.
    surnames = {row["surname"] for row in tables["pupils"] if len(row["surname"]) > 2} - staff
    report.check(surnames, "no surnames to look for")
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, surnames), key=len, reverse=True)) + r")(?:а|у|ым|ой|е)?(?!\w)", re.I)
    for place, text in public_texts(outputs):
        found = pattern.search(text)
        report.check(not found, f"{place} names a pupil" + (f": «…{text[max(0, found.start() - 40):found.end() + 10]}…»" if found else ""))


def public_texts(outputs):
    """(place, text) of all that is read without opening a document."""
    yield "a path", "\n".join(path.relative_to(outputs).as_posix() for path in sorted(outputs.rglob("*")))
    yield "build.json", (outputs / "build.json").read_text(encoding="utf-8")
    for bag in sorted(path.parent for path in outputs.rglob("bagit.txt")):
        for tag in sorted(bag.glob("*.txt")):
            yield tag.relative_to(outputs).as_posix(), tag.read_text(encoding="utf-8")
    for path in sorted(outputs.rglob("*.pdf")):
        properties = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
        xmp = subprocess.run(["pdfinfo", "-meta", path], capture_output=True, text=True).stdout
        yield f"properties of {path.relative_to(outputs)}", properties + xmp
    for path in sorted(outputs.rglob("*.xlsx")):
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.startswith("docProps/")]
            yield f"properties of {path.relative_to(outputs)}", "\n".join(archive.read(name).decode("utf-8") for name in names)
