"""Puts first inputs of a target into its corpus, the samples of the tests cut short, and a dictionary beside it.

Usage: seeds.py TARGET FOLDER
"""

import hashlib
import re
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JOURNALS = ROOT / "tests/journals"
ENDINGS = ["csv", "json", "jsonl", "txt"]
XLSX = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
ODS = ["content.xml", "mimetype", "META-INF/manifest.xml"]


def text_lines(path, count=12):
    return b"\n".join(path.read_bytes().splitlines()[:count]) + b"\n"


def tables():
    names = re.findall(r'= "(\w+)",', (ROOT / "src/model/tables.rs").read_text())
    for path in sorted(JOURNALS.glob("year*/inputs/**/*")):
        ending, stem = path.suffix[1:], re.split(r"[._/]\d|\.", path.name)[0]
        if ending in ENDINGS and stem in names:
            for year in (0, 128):
                yield bytes([names.index(stem), ENDINGS.index(ending) + year]) + text_lines(path)
    for index in range(len(names)):
        yield bytes([index, 0]) + "pupil_id;Фамилия;дата\nу1;Осипов;02.09.2013\n".encode("cp1251")


def sheets(path):
    """The cells of the first sheet of a workbook, as its strings stand."""
    book = zipfile.ZipFile(path)
    shared = []
    if "xl/sharedStrings.xml" in book.namelist():
        shared = re.findall(r"<si>(.*?)</si>", book.read("xl/sharedStrings.xml").decode(), re.S)
        shared = [re.sub("<[^>]*>", "", text) for text in shared]
    for row in re.findall(r"<row[^>]*>(.*?)</row>", book.read("xl/worksheets/sheet1.xml").decode(), re.S):
        cells = {}
        for column, attributes, body in re.findall(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', row, re.S):
            value = re.search(r"<(?:v|t)[^>]*>(.*?)</(?:v|t)>", body or "", re.S)
            if value:
                place = sum((ord(sign) - 64) * 26**power for power, sign in enumerate(reversed(column))) - 1
                cells[place] = shared[int(value[1])] if 't="s"' in attributes else value[1]
        yield [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]


def reports():
    for path in sorted((JOURNALS / "netschool").glob("*.xlsx")):
        rows = list(sheets(path))[:60]
        page = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows)
        yield b"\0" + f"<html><body><table class=table-print>{page}</table>".encode()
        lines = ["\t".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
        yield b"\1" + "\n".join(lines).encode()
        yield b"\2" + f"<table>{page}</table>".encode()


def parts(path, names):
    book = zipfile.ZipFile(path)
    return b"\0".join(book.read(name)[:12000] if name in book.namelist() else b"" for name in names)


def workbooks():
    for path in sorted(JOURNALS.glob("**/*.xls")):
        yield b"\0" + path.read_bytes()
    for path in sorted(JOURNALS.glob("**/*.xlsx")):
        yield b"\1" + parts(path, XLSX)
    for path in sorted(JOURNALS.glob("**/*.ods")):
        yield b"\2" + parts(path, ODS)


def parquet():
    for path in sorted(JOURNALS.glob("**/*.parquet")):
        yield path.read_bytes()


def profiles():
    shipped = sorted((ROOT / "src/ingest/systems/profile/shipped").glob("*.toml"))
    for profile in shipped:
        for path in sorted((JOURNALS / "profiles" / profile.stem / "inputs").glob("**/*")):
            if path.suffix in (".json", ".csv") and path.name != "terms.csv":
                yield b"\0" + profile.read_bytes() + b"\0" + path.read_bytes()
                yield bytes([4 if path.suffix == ".csv" else 1]) + path.read_bytes()


def zips():
    import io

    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", method) as archive:
            archive.writestr("год/school.toml", '[school]\nname = "Школа"\n')
            archive.writestr("год/marks.csv", "mark_id,value\n1,5\n" * 20)
        yield made.getvalue()
    for bag in sorted((ROOT / "tests/bags").glob("v*/**/bagit.txt"))[:12]:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(bag.parent.rglob("*")):
                if path.is_file():
                    archive.write(path, "bag/" + path.relative_to(bag.parent).as_posix())
        yield made.getvalue()


def settings():
    yield b"\0" + (JOURNALS / "year/inputs/school.toml").read_bytes()
    for path in sorted(ROOT.glob("src/**/*.toml")):
        if "policy" in path.name:
            yield b"\1" + path.read_bytes()
    yield b"\2" + text_lines(JOURNALS / "year/expected/findings.csv", 8)


def archive():
    for path in sorted((ROOT / "tests/signatures").iterdir()):
        if path.suffix in (".sig", ".p7s"):
            yield b"\0" + path.read_bytes()
    heading = "letopis-register-1\tмомент\tсобытие\tпакет\tиздание\n1\t2025-06-30T10:00:00+04:00\tсоздан\tbag\t1\t"
    yield b"\1" + (heading + "0" * 64 + "\t\t" + "0" * 64 + "\t" + "0" * 64 + "\n").encode()
    for path in sorted((ROOT / "tests/bags").glob("v*/**/*.txt")):
        if path.name == "bag-info.txt":
            yield b"\2" + path.read_bytes()
        if path.name.startswith("manifest-sha256"):
            yield b"\3" + path.read_bytes()


def cells():
    samples = "2024-09-02|02.09.2024 08:47:10|20240902|8:30|5 «a»|1-9;10|3,5|да|О 2|Н 4/3|Б Б 3|5- 4+|.|зачёт|2024/2025"
    samples += "|с 05.11.24 по 27.12.24|Сентябрь|н/а|безотм"
    yield from (sample.encode() for sample in samples.split("|"))


# Words that no text editor shows.
BINARY = [b"\xef\xbb\xbf", b"\0", b"PK\1\2", b"PK\3\4", b"PK\5\6", b"\x30\x80", b"\6\x09*\x86H\x86\xf7\r\1\7\2"]


def dictionary():
    """Words of the formats, as libFuzzer's dictionaries want them."""
    words = [word.encode() for word in (ROOT / "fuzz/words.txt").read_text().splitlines()] + BINARY
    return "".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in words)


def main():
    target, folder = sys.argv[1], Path(sys.argv[2])
    folder.with_suffix(".dict").write_text(dictionary())
    for content in globals()[target]():
        if len(content) <= 60000:
            (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)


main()
