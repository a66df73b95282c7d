#!/usr/bin/env python3
"""Class journals read back by coordinates: every mark and absence in the row of its pupil and the column of its lesson, every topic and homework.

A left page (marks) has a row of day numbers above the rows of pupils; a right page (topics) has a date at the left end of each row. Both must
follow the lessons of their course in order, so that a lost, doubled or misplaced lesson is seen too.
Alone: journal_checks.py OUTPUTS JOURNAL.pdf...
"""

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import journal_layout as layout
from journal_layout import squeeze
from tables import Tables, split

SMALLEST_TEXT = 4.0  # points: nobody reads a box of less height


def run(outputs, _tools, report):
    tables = Tables(outputs / "data" / "tables")
    for path in sorted(outputs.glob("journals/*.pdf")):
        check_file(path, tables, report)


def check_file(path, tables, report):
    class_id = class_of_file(path, tables)
    if report.check(class_id, f"{path.name}: no class of that name"):
        Journal(path, class_id, tables, report).check()


# Class letters as the names of files have them; the stated table is in src/render/transliterate.rs.
LATIN = dict(zip("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯ", "A B V G D E YO ZH Z I J K L M N O P R S T U F H C CH SH SHH Y EH YU YA".split()))


def class_of_file(path, tables):
    """`journal-5B.pdf` -> `5Б`, as letopis transliterates; two classes that come out alike have a number behind the later one."""
    stem = path.stem.split("-", 1)[1].upper()
    latin = lambda name: "".join(LATIN.get(sign, sign) for sign in name.upper())
    return next((name for name in tables.classes if latin(name) == stem), None)


class Journal:
    """One journal, its pages matched with the courses of its class."""

    def __init__(self, path, class_id, tables, report):
        self.path, self.class_id, self.tables, self.report = path, class_id, tables, report
        self.lessons = defaultdict(list)  # course -> lessons in the order of the journal
        for lesson in tables["lessons"]:
            if class_id in self.classes_of(lesson["course_id"]):
                self.lessons[lesson["course_id"]].append(lesson)
        for lessons in self.lessons.values():
            lessons.sort(key=lambda lesson: (lesson["date"], int(lesson["number"])))
        self.columns = defaultdict(list)  # lesson -> places [(grid, column)]
        self.grid_courses = {}  # page number -> course of the left page
        self.topics = {}  # lesson -> (topic, homework) as printed, squeezed

    def classes_of(self, course_id):
        course = self.tables.courses[course_id]
        return [course["class_id"]] if course.get("class_id") else split(self.tables.groups[course["group_id"]]["class_ids"])

    def fail(self, sentence):
        self.report.check(False, f"{self.path.name}: {sentence}")

    def check(self):
        pages = layout.pages_of(self.path)
        grids = [grid for grid in (layout.read_grid(n, page) for n, page in enumerate(pages, 1)) if grid]
        plans = [plan for plan in (layout.read_plan(n, page) for n, page in enumerate(pages, 1)) if plan]
        tiny = [(n, word.text) for n, page in enumerate(pages, 1) for word in page if max(word.y1 - word.y0, word.x1 - word.x0) < SMALLEST_TEXT]
        self.report.check(not tiny, f"{self.path.name}: text too small to see (page, text): {tiny[:5]}")
        self.assign(grids, self.take_grid, "marks")
        self.assign(plans, self.take_plan, "topics")
        found = self.check_cells(), self.check_topics()
        self.report.note(f"{self.path.name}: {len(pages)} pages, {len(grids)} of marks, {len(plans)} of topics; {found[0]} cells and {found[1]} topics found")

    def bears(self, name, pupil_id):
        """Whether a row's name is the pupil's: namesakes have the patronymic, below may stand from and until when a pupil belongs to the course."""
        pupil = self.tables.pupils[pupil_id]
        own = squeeze(f"{pupil['surname']} {pupil['given_name']}")
        patronymic = squeeze(pupil.get("patronymic") or "")
        return re.fullmatch(rf"{re.escape(own)}({re.escape(patronymic)})?((с|по)\d\d\.\d\d\.\d{{4}})*", name)

    def assign(self, pages, take, kind):
        """Gives each page to the course whose next lessons it shows."""
        following = Counter()
        for page in pages:
            # A right page may leave the course's name to its left page.
            facing = [self.grid_courses[page.number - 1]] if page.number - 1 in self.grid_courses else []
            candidates = [course for course in self.lessons if self.closeness(course, page.title)] or facing
            fitting = [course for course in candidates if take(page, course, following[course], dry=True)]
            # The longest title is the page's own («Алгебра и …» is not «Алгебра»); between namesakes the course already begun goes on.
            fitting.sort(key=lambda course: (-self.closeness(course, page.title), -following[course]))
            if not fitting:
                self.fail(f"page {page.number} ({kind}) shows the next lessons of none of {candidates or 'its courses'}: «{page.title[:80]}»")
                continue
            following[fitting[0]] += take(page, fitting[0], following[fitting[0]], dry=False)
        for course, lessons in sorted(self.lessons.items()):
            count = following[course]
            self.report.check(count == len(lessons), f"{self.path.name}: {kind} of {course}: {count} of {len(lessons)} lessons found in order")

    def closeness(self, course_id, title):
        """How much of the page's title is the course's own: subject and group; 0 when it is another's. A long title may be cut short."""
        course = self.tables.courses[course_id]
        group = self.tables.groups.get(course.get("group_id") or "", {}).get("title", "")
        own = squeeze(self.tables.subjects[course["subject_id"]]["title"] + (f" ({group})" if group else ""))
        shown, cut, _ = squeeze(title).partition("…")
        if shown.startswith(own):
            return len(own)
        return len(shown) if cut and own.startswith(shown) else 0

    def take_grid(self, grid, course_id, start, dry):
        lessons = self.lessons[course_id][start : start + len(grid.days)]
        if [int(lesson["date"][8:]) for lesson in lessons] != grid.days:
            return 0
        if not dry:
            self.grid_courses[grid.number] = course_id
            for index, lesson in enumerate(lessons):
                self.columns[lesson["lesson_id"]].append((grid, index))
        return len(lessons)

    def take_plan(self, plan, course_id, start, dry):
        lessons = self.lessons[course_id][start : start + len(plan.rows)]
        if [lesson["date"][5:] for lesson in lessons] != [f"{month:02}-{day:02}" for day, month, *_ in plan.rows]:
            return 0
        if not dry:
            for lesson, (_, _, number, topic, homework) in zip(lessons, plan.rows):
                self.topics[lesson["lesson_id"]] = (topic, homework)
                self.report.check(number in (None, int(lesson["number"])), f"{self.path.name} page {plan.number}: lesson {lesson['lesson_id']} has number {number}")
        return len(lessons)

    def entries(self):
        """{lesson: {pupil: texts that the cell must hold}}."""
        entries = defaultdict(lambda: defaultdict(Counter))
        rows = [(row, row.get("printed") or row["value"]) for row in self.tables["marks"]]
        rows += [(row, row["reason"]) for row in self.tables["attendance"]]
        for row, text in rows:
            if self.tables.lessons[row["lesson_id"]]["course_id"] in self.lessons:
                entries[row["lesson_id"]][row["pupil_id"]].update(layout.parts(text))
        return entries

    def check_cells(self):
        """Each entry of a pupil of the class is in its cell, and each cell that holds something holds an entry. Returns the count found."""
        found, entries = 0, self.entries()
        for lesson_id, pupils in entries.items():
            for pupil_id, expected in pupils.items():
                if self.tables.class_of(pupil_id, self.tables.lessons[lesson_id]["date"]) == self.class_id:
                    found += self.check_cell(lesson_id, pupil_id, expected)
        lessons = {(grid.number, column): lesson_id for lesson_id, places in self.columns.items() for grid, column in places}
        for grid in {grid.number: grid for places in self.columns.values() for grid, _ in places}.values():
            for (row, column), texts in grid.cells.items():
                pupils = entries[lessons[grid.number, column]].items()
                known = any(self.bears(grid.names[row], pupil) and expected == Counter(texts) for pupil, expected in pupils)
                self.report.check(known, f"{self.path.name} page {grid.number}: {texts} in row {row + 1}, column {column + 1} is no entry of the lesson")
        return found

    def check_cell(self, lesson_id, pupil_id, expected):
        lesson = self.tables.lessons[lesson_id]
        place = f"{self.path.name}: {lesson['course_id']}, lesson {lesson_id} of {lesson['date']}, pupil {pupil_id}"
        texts = []
        for grid, column in self.columns.get(lesson_id, []):
            texts += [Counter(grid.cells.get((row, column), [])) for row, name in enumerate(grid.names) if self.bears(name, pupil_id)]
        return self.report.check(expected in texts, f"{place}: {dict(expected)} expected, {[dict(text) for text in texts] or 'no such cell'} found")

    def check_topics(self):
        homework = defaultdict(list)
        for row in self.tables["homework"]:
            homework[row["lesson_id"]].append(row["text"])
        found = 0
        for lesson in (lesson for lessons in self.lessons.values() for lesson in lessons):
            topic, tasks = self.topics.get(lesson["lesson_id"], ("", ""))
            place = f"{self.path.name}: lesson {lesson['lesson_id']} of {lesson['date']}"
            found += self.report.check(squeeze(lesson["topic"]) in topic, f"{place}: topic «{lesson['topic']}» expected, «{topic}» found")
            for text in homework[lesson["lesson_id"]]:
                self.report.check(squeeze(text) in tasks, f"{place}: homework «{text}» expected, «{tasks}» found")
        return found


if __name__ == "__main__":
    from importlib import import_module

    counts = import_module("check-outputs").Report()
    school_tables = Tables(Path(sys.argv[1]) / "data" / "tables")
    for name in sys.argv[2:]:
        check_file(Path(name), school_tables, counts)
    print(f"checks: {counts.passed} passed, {counts.failed} failed")
    sys.exit(1 if counts.failed else 0)
