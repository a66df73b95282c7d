#!/usr/bin/env python3
"""Hands hostile inputs to a built letopis: each is worked through or refused within 2 GiB of memory and 60 seconds.

Usage: hostile.py LETOPIS [--sample] [--only WORD]   (--sample: the small ones alone, under a minute; all: some minutes)
Prints one line a case and, per group, how many were tried, held and failed, with the most memory and time. Exits 1 when one failed.

A case holds when the program ends in time and memory, breaks off by no panic or signal, says one of the words the case names, and lets
no sign reach the terminal that steers it. Linux only: memory is the kernel's own count.
"""

import argparse
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile

MOST_BYTES = 2 << 30
MOST_SECONDS = 60
SCHOOL = '[school]\nname = "Школа посёлка Выдуманного"\nutc_offset = "+04:00"\n[year]\ntitle = "2024-2025"\nstart = 2024-09-01\nend = 2025-05-31\n'
TABLES = {
    "terms.csv": "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\nY,year,Год,2024-09-02,2025-05-25,1-9\n",
    "staff.csv": "staff_id,name\nS1,Берёзкин Тит Титович\n",
    "subjects.csv": "subject_id,title,grading\nmath,Математика,five\n",
    "classes.csv": "class_id,grade,teacher_id\n5А,5,S1\n",
    "pupils.csv": "pupil_id,surname,given_name\nP1,Ольхин,Пётр\nP2,Ивушкина,Анна\n",
    "enrolment.csv": "pupil_id,class_id,from,to\nP1,5А,2024-09-02,\nP2,5А,2024-09-02,\n",
    "courses.csv": "course_id,subject_id,class_id,teacher_id,hours_week,kind\nC1,math,5А,S1,5,lesson\n",
    "lessons.csv": "lesson_id,course_id,date,number,status,teacher_id,topic\nL1,C1,2024-09-03,1,held,S1,Дроби\n",
    "homework.csv": "lesson_id,text\nL1,Упражнение 5\n",
    "marks.csv": "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,5\nM2,L1,P2,4\n",
    "term_marks.csv": "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,5\nP1,math,Y,year,5\n",
}
# Signs that steer a terminal or turn the direction of writing.
STEERING = [chr(c) for c in (*range(0, 9), *range(11, 32), *range(127, 160), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))]
MARK = "\u0301"

CASES = []


def named(name, group, make, said="", small=True, code=None):
    """Registers a case: a function that lays inputs out in a folder and returns the arguments, environment first where there is one;
    `said` are words of which one must be said, `small` ones are in the sample."""
    CASES.append((group, name, make, said, small, code))


def bundle(folder, changes=None, school=SCHOOL):
    """A small year with some files other than usual; None: without it."""
    place = folder / "in"
    place.mkdir(exist_ok=True)
    (place / "school.toml").write_text(school, encoding="utf-8")
    for name, content in {**TABLES, **(changes or {})}.items():
        if callable(content):
            content(place / name)
        elif isinstance(content, bytes):
            (place / name).write_bytes(content)
        elif content is not None:
            (place / name).write_text(content, encoding="utf-8")
    return ["build", place, "-o", folder / "out"]


def sparse(size, head=b""):
    """A file of that size: its beginning, then zeros that take no room on the disk."""
    def make(path):
        with open(path, "wb") as file:
            file.write(head)
            file.truncate(size)
    return make


def repeated(piece, times, head="", tail=""):
    """A file of a repeated piece."""
    def make(path):
        block = piece.encode() * 4096
        with open(path, "wb") as file:
            file.write(head.encode())
            for _ in range(times // 4096):
                file.write(block)
            file.write(tail.encode())
    return make


def numbered(piece, count, head=""):
    """A file of lines with their numbers in them."""
    def make(path):
        with open(path, "w", encoding="utf-8") as file:
            file.write(head)
            file.writelines(piece.replace("{n}", str(n)) for n in range(count))
    return make


def large_manifest(folder):
    place = bag(folder, [])
    sparse(2 << 30)(place / "manifest-sha256.txt")
    return place


# --- titles and texts ---------------------------------------------------------------------------------------------------------


def title(table, column, text):
    """A year in which one cell of a table is this text."""
    def make(folder):
        lines = TABLES[table].splitlines()
        place = lines[0].split(",").index(column)
        cells = lines[1].split(",")
        cells[place] = text
        return bundle(folder, {table: "\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n"})
    return make


TEXTS = {"600 letters": "щ" * 600, "300 letters": "щ" * 300, "600 in words": "Основы наук " * 50, "30000 letters": "щ" * 30_000,
         "100000 letters": "щ" * 100_000, "100000 combining marks": "е" + MARK * 100_000, "30 combining marks": "е" + MARK * 30,
         "steering signs": "а\x1b[2J\u202eб\u2066в\x9b", "a formula": "=cmd|'/c calc'!A0"}
SMALL_TEXTS = ("600 letters", "300 letters", "100000 combining marks", "steering signs")
CELLS = [("subjects.csv", "title"), ("terms.csv", "title"), ("classes.csv", "class_id"), ("pupils.csv", "surname"), ("staff.csv", "name"),
         ("lessons.csv", "topic"), ("homework.csv", "text"), ("marks.csv", "mark_id")]
for name, text in TEXTS.items():
    for table, column in CELLS:
        named(f"{table} {column}: {name}", "titles", title(table, column, text), small=name in SMALL_TEXTS and table in ("subjects.csv", "lessons.csv"))
    for key in ("name", "short", "place"):
        value = json.dumps(text)
        school = SCHOOL.replace('"Школа посёлка Выдуманного"', value) if key == "name" else SCHOOL.replace("utc_offset", f"{key} = {value}\nutc_offset")
        named(f"school.toml {key}: {name}", "titles", lambda folder, school=school: bundle(folder, school=school), small=name == "600 letters")
    school = SCHOOL.replace('"2024-2025"', json.dumps(text))
    named(f"school.toml year.title: {name}", "titles", lambda folder, school=school: bundle(folder, school=school))

# --- settings -----------------------------------------------------------------------------------------------------------------

for name, old, new, said in [
    ("a year of 0001", "start = 2024-09-01", "start = 0001-09-01", "year.start|start"),
    ("a year to 9999", "end = 2025-05-31", "end = 9999-05-31", "end"),
    ("as_of of year 0", "[year]", "[year]\nas_of = 0000-01-01", "as_of"),
    ("as_of as a text of year 0", "[year]", '[year]\nas_of = "0000-01-01"', "as_of"),
    ("U+0000 in the title", '"2024-2025"', '"2024\\u0000"', "U+0000"),
    ("U+001B in the name", '"Школа посёлка Выдуманного"', '"Шк\\u001b[2J"', "U+001B"),
    ("U+202E in the name", '"Школа посёлка Выдуманного"', '"Шк\u202eола"', "U+202E"),
    ("a title of two lines", '"2024-2025"', '"2024\\n2025"', "U+000A"),
    ("an offset of +99:99", "+04:00", "+99:99", "utc_offset"),
    ("an offset of +14:01", "+04:00", "+14:01", "utc_offset"),
    ("an order of year 0001", "[year]", "[regulation]\ndate = 0001-01-01\n[year]", "date"),
    ("a thousand deputies", "[year]", "[officials]\ndeputies = [" + '{name = "А"},' * 1000 + "]\n[year]", "deputies"),
    ("brackets a thousand deep", "[year]", "x = " + "[" * 1000 + "]" * 1000 + "\n[year]", "school.toml"),
]:
    named(name, "settings", lambda folder, old=old, new=new: bundle(folder, school=SCHOOL.replace(old, new)), said=said, code=1)
POLICY = "[rules.mark-late]\noff = true\nreason = "
for name, text, said in [("a reason of 600 characters", '"' + "щ" * 600 + '"', "reason"), ("a reason with U+001B", '"\\u001b[2J"', "reason")]:
    named(name, "settings", lambda folder, text=text: bundle(folder, {"policy.toml": POLICY + text + "\n"}), said=said, code=1)
for name in ("school.toml", "policy.toml", "profiles/own.toml"):
    def make(folder, name=name):
        arguments = bundle(folder)
        (folder / "in" / name).parent.mkdir(exist_ok=True)
        sparse(2 << 30)(folder / "in" / name)
        return arguments
    named(f"{name} of 2 GB", "settings", make, said="1048576", code=1)

# --- files of every format ------------------------------------------------------------------------------------------------------

HEAD = "mark_id,lesson_id,pupil_id,value\n"
named("a line of 2 GB", "files", lambda f: bundle(f, {"marks.csv": sparse(2 << 30, HEAD.encode() + b"M1,")}), said="268435456", code=1)
named("a line of 200 MB", "files", lambda f: bundle(f, {"marks.csv": repeated("M1,L1", 40_000_000, HEAD)}), said="1048576", small=False, code=1)
named("a line of 2 MB", "files", lambda f: bundle(f, {"marks.csv": HEAD + "M" * 2_000_000}), said="1048576", code=1)
named("a quoted cell of 20 MB", "files", lambda f: bundle(f, {"marks.csv": HEAD + '"' + "щ\n" * 7_000_000}), small=False)
named("two million columns", "files", lambda f: bundle(f, {"marks.csv": HEAD.strip() + "," * 2_000_000 + "\n"}), said="1048576", code=1)
named("900,000 columns", "files", lambda f: bundle(f, {"marks.csv": HEAD.strip() + "," * 900_000 + "\nM1,L1,P1,5\n"}))
named("250 MB of empty lines", "files", lambda f: bundle(f, {"marks.csv": repeated("\n", 250_000_000, HEAD)}), small=False)
named("five files of 250 MB", "files", lambda f: bundle(f, {f"marks.{n}.csv": sparse(250 << 20, HEAD.encode()) for n in range(5)}),
      said="1073741824", small=False, code=1)
for name, head, piece, tail in [("empty objects", "[", "{},", "{}]"), ("small objects", "[", '{"":0},', "{}]"), ("numbers", "[", "0,", "0]"),
                                ("lists", "[", "[],", "[]]"), ("brackets", "", "[", "")]:
    named(f"200 MB of JSON: {name}", "files", lambda f, head=head, piece=piece, tail=tail: bundle(
        f, {"marks.csv": None, "marks.json": repeated(piece, 200_000_000 // len(piece), head, tail)}), small=False, code=1)
for name, piece in [("objects", "{}\n"), ("small objects", '{"mark_id":"M"}\n'), ("rubbish", '{"mark_id":\n')]:
    named(f"200 MB of JSON lines: {name}", "files", lambda f, piece=piece: bundle(
        f, {"marks.csv": None, "marks.jsonl": repeated(piece, 200_000_000 // len(piece))}), small=False, code=1)
for name, piece in [("paragraphs", "<p>а"), ("cells", "<td>"), ("tables", "<table>"), ("spans", '<tr><td colspan=1000 rowspan=65534>')]:
    named(f"200 MB of HTML: {name}", "files", lambda f, piece=piece: bundle(f, {"marks.html": repeated(piece, 200_000_000 // len(piece))}),
          small=False)


def workbook(sheets=1, rows="", shared="", parts=1):
    """Writes an XLSX by hand: a number of sheets that share a number of parts."""
    def make(path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
            kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            space = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{kinds}"'
            names = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="r{n % parts}"/>' for n in range(sheets))
            relations = "".join(f'<Relationship Id="r{n}" Type="{kinds}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(parts))
            package = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            book.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
            book.writestr("_rels/.rels", f'{package}<Relationship Id="r" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
            book.writestr("xl/workbook.xml", f"<workbook {space}><sheets>{names}</sheets></workbook>")
            book.writestr("xl/_rels/workbook.xml.rels", f"{package}{relations}</Relationships>")
            if shared:
                book.writestr("xl/sharedStrings.xml", f"<sst {space}>{shared}</sst>")
            for n in range(parts):
                book.writestr(f"xl/worksheets/sheet{n}.xml", f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>")
    return make


ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
named("10,000 sheets on one part", "files", lambda f: bundle(f, {"book.xlsx": workbook(10_000, ROW)}), said="1000", code=1)
named("900 sheets on one part of 20 MB", "files", lambda f: bundle(f, {"book.xlsx": workbook(900, '<row r="1"><c r="A1"/></row>' * 700_000)}), small=False, code=1)
named("60 MB of shared texts of nothing", "files", lambda f: bundle(f, {"book.xlsx": workbook(1, ROW, "<si/>" * 12_000_000)}), small=False)
named("30 million cells", "files", lambda f: bundle(f, {"book.xlsx": workbook(1, "".join(
    f'<row r="{n}">' + "<c><v>1</v></c>" * 1500 + "</row>" for n in range(1, 8000)))}), small=False)


def zipped(entries):
    def make(folder):
        with zipfile.ZipFile(folder / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("school.toml", SCHOOL)
            for name, content in {**TABLES, **entries()}.items():
                archive.writestr(name, content)
        return ["build", folder / "in.zip", "-o", folder / "out"]
    return make


named("a ZIP with a table of 300 MB", "files", zipped(lambda: {"marks.csv": HEAD + "M1,L1,P1,5\n" * 28_000_000}), small=False, code=1)
named("a ZIP with school.toml of 2 MB", "files", zipped(lambda: {"policy.toml": " " * 2_000_000}), said="1048576", code=1)
named("a ZIP of 20,000 entries", "files", zipped(lambda: {f"x{n}.csv": "" for n in range(20_000)}), said="10000", small=False, code=1)

# --- rows ------------------------------------------------------------------------------------------------------------------------

named("a million rows of rubbish", "rows", lambda f: bundle(f, {"marks.csv": repeated("мусор,мусор,мусор,мусор\n", 1_000_000, HEAD)}),
      said="и ещё|more of this kind", small=False, code=1)
named("100,000 rows of rubbish", "rows", lambda f: bundle(f, {"marks.csv": repeated("мусор,мусор,мусор,мусор\n", 100_000, HEAD)}),
      said="и ещё|more of this kind", code=1)
named("two million references to nothing", "rows", lambda f: bundle(f, {"marks.csv": numbered("M{n},L{n},P{n},5\n", 2_000_000, HEAD)}),
      said="J401", small=False, code=1)
named("four million marks of one lesson", "rows", lambda f: bundle(f, {"marks.csv": numbered("M{n},L1,P1,5\n", 4_000_000, HEAD)}),
      said="2000000", small=False, code=1)
named("100,000 marks of one lesson", "rows", lambda f: bundle(f, {"marks.csv": numbered("M{n},L1,P1,5\n", 100_000, HEAD)}), small=False)
named("100,000 homeworks of one lesson", "rows", lambda f: bundle(f, {"homework.csv": numbered("L1,Упражнение {n}\n", 100_000, "lesson_id,text\n")}), small=False)
named("10,000 classes", "rows", lambda f: bundle(f, {"classes.csv": numbered("К{n},5,S1\n", 10_000, "class_id,grade,teacher_id\n")}), said="500", small=False, code=1)
named("100,000 pupils of one class", "rows", lambda f: bundle(f, {
    "pupils.csv": numbered("P{n},Ольхин,Пётр\n", 100_000, "pupil_id,surname,given_name\n"),
    "enrolment.csv": numbered("P{n},5А,2024-09-02,\n", 100_000, "pupil_id,class_id,from,to\n")}), said="15000", small=False, code=1)
named("10,000 subjects with term marks", "rows", lambda f: bundle(f, {
    "subjects.csv": numbered("s{n},Предмет {n},five\n", 5_000, "subject_id,title,grading\nmath,Математика,five\n"),
    "term_marks.csv": numbered("P1,s{n},Q1,term,5\n", 5_000, "pupil_id,subject_id,term_id,kind,value\n")}), small=False)

# --- what is no file ---------------------------------------------------------------------------------------------------------------


def pipe(path):
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def device(path):
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


def listening(path):
    path.unlink(missing_ok=True)
    here = os.getcwd()
    os.chdir(path.parent)  # Names of sockets are short.
    socket.socket(socket.AF_UNIX).bind(path.name)
    os.chdir(here)


for kind in (pipe, device, listening):
    for name in ("marks.csv", "school.toml", "policy.toml", "x.zip"):
        named(f"{name} is a {kind.__name__}", "no files", lambda f, kind=kind, name=name: bundle(f, {name: kind}), said="J101", code=1)
    for verb in ("register", "verify", "retention"):
        def make(folder, kind=kind, verb=verb):
            (folder / "archive").mkdir()
            kind(folder / "archive" / "register.txt")
            return [verb, folder / "archive"]
        named(f"{verb}: the register is a {kind.__name__}", "no files", make)
    named(f"verify of a {kind.__name__}", "no files", lambda f, kind=kind: (kind(f / "x.zip"), ["verify", f / "x.zip"])[1])
    named(f"build of a {kind.__name__}", "no files", lambda f, kind=kind: (kind(f / "x.zip"), ["build", f / "x.zip", "-o", f / "out"])[1])

# --- archives ------------------------------------------------------------------------------------------------------------------------


def bag(folder, lines, algorithm="sha256"):
    place = folder / "bag"
    (place / "data").mkdir(parents=True)
    (place / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    with open(place / f"manifest-{algorithm}.txt", "w", encoding="utf-8") as manifest:
        manifest.writelines(lines)
    return place


ZERO = "0" * 64
for form in ("json", "text", "csv"):
    named(f"a manifest of a million missing files as {form}", "archives", lambda f, form=form: [
        "verify", bag(f, (f"{ZERO}  data/{n}.txt\n" for n in range(1_000_000))), "--format", form], said="998000", small=False, code=1)
named("a manifest of 20,000 missing files as JSON", "archives", lambda f: [
    "verify", bag(f, (f"{ZERO}  data/{n}.txt\n" for n in range(20_000))), "--format", "json"], said="18000", code=1)
named("names that steer the terminal", "archives", lambda f: ["verify", bag(f, [f"{ZERO}  data/\x1b[2J\u202e.txt\n"])], said="U+001B", code=1)
named("such names as JSON", "archives", lambda f: ["verify", bag(f, [f"{ZERO}  data/\x1b[2J\u202e.txt\n"]), "--format", "json"], said="u202e", code=1)
named("a manifest of 2 GB", "archives", lambda f: ["verify", large_manifest(f)], said="268435456")

# --- the command line ------------------------------------------------------------------------------------------------------------------

for count in ("1000000", "257", "-1", "x", "99999999999999999999"):
    named(f"--threads {count}", "command line", lambda f, count=count: [*bundle(f), f"--threads={count}"], said="256", code=2)
for variable in ("POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "POLARS_ASYNC_THREAD_COUNT"):
    for value in ("1000000", "nonsense", "-1", ""):
        named(f"{variable}={value}", "command line", lambda f, variable=variable, value=value: [
            {variable: value}, *bundle(f)], said="256", code=2)
for day in ("0000-01-01", "9999-12-31", "0001-01-01"):
    named(f"--as-of {day}", "command line", lambda f, day=day: [*bundle(f), "--as-of", day], said="2199", code=2)
named("a note that steers the terminal", "command line", lambda f: ["register", f, "handed_over", "x", "--note", "\x1b[2J"], code=2)
named("a folder that steers the terminal", "command line", lambda f: ["build", f / "\x1b[2Jx\u202e", "-o", f / "out"], said="U+001B", code=2)


# --- running -----------------------------------------------------------------------------------------------------------------------------


def run(letopis, arguments):
    """Runs the program: exit code, what it said, peak memory in bytes, seconds."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    if isinstance(arguments[0], dict):
        environment.update(arguments[0])
        arguments = arguments[1:]
    with tempfile.TemporaryFile() as said:
        start = time.monotonic()
        child = subprocess.Popen([str(letopis), "--lang", "en", *map(str, arguments)], stdout=said, stderr=subprocess.STDOUT,
                                 stdin=subprocess.DEVNULL, env=environment)
        memory = 0
        while child.poll() is None:
            memory = max(memory, peak(child.pid))
            if time.monotonic() - start > MOST_SECONDS + 5:
                child.kill()
            time.sleep(0.01)
        seconds = time.monotonic() - start
        said.seek(0)
        return child.returncode, said.read(64 << 20).decode("utf-8", "replace"), memory, seconds


def peak(pid):
    """The most memory a process had so far; what the kernel counts of finished children begins with their parent's."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return max((int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM:")), default=0)


def faults(code, text, memory, seconds, said, wanted):
    if code < 0:
        yield f"ended by {signal.Signals(-code).name}"
    if memory > MOST_BYTES:
        yield f"{memory >> 20} MiB of memory"
    if seconds > MOST_SECONDS:
        yield f"{seconds:.0f} s"
    if "panicked" in text:
        yield "a panic"
    if "документ не создан" in text:
        yield "a document was not made"
    if wanted is not None and code != wanted:
        yield f"exit code {code}, not {wanted}"
    if not any(word in text for word in said.split("|")):
        yield f"{said!r} is not said"
    steering = {f"U+{ord(sign):04X}" for sign in STEERING if sign in text}
    if steering:
        yield f"{', '.join(sorted(steering))} on the terminal"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("letopis", type=pathlib.Path)
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    totals = {}
    for group, name, make, said, small, wanted in CASES:
        if (options.sample and not small) or options.only not in f"{group}: {name}":
            continue
        with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
            arguments = make(pathlib.Path(folder))
            code, text, memory, seconds = run(options.letopis.resolve(), arguments)
        wrong = list(faults(code, text, memory, seconds, said, wanted))
        total = totals.setdefault(group, [0, 0, 0, 0.0])
        total[0] += 1
        total[1] += not wrong
        total[2:] = max(total[2], memory), max(total[3], seconds)
        print(f"{'FAILED' if wrong else 'held':6} {memory >> 20:5} MiB {seconds:6.1f} s  exit {code}  {group}: {name}{'  <- ' + '; '.join(wrong) if wrong else ''}", flush=True)
        if wrong:
            print("\n".join(f"         {line[:200]!r}" for line in text.splitlines()[-6:]))
    print()
    for group, (tried, held, memory, seconds) in totals.items():
        print(f"{group}: tried {tried}, held {held}, failed {tried - held}; peak {memory >> 20} MiB, {seconds:.1f} s")
    sys.exit(any(tried != held for tried, held, *_ in totals.values()))


if __name__ == "__main__":
    main()
