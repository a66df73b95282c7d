"""The normalised tables of a build (`data/tables/*.csv`), read again without letopis: who belonged where on which day.

Written from the exchange format alone, so that the checks built on it are independent of the program that they judge.
"""

import csv
import functools
from pathlib import Path


class Tables:
    """All tables of a folder, each a list of rows (dicts of strings); an absent table is empty."""

    def __init__(self, folder):
        self.rows = {}
        for path in sorted(Path(folder).glob("*.csv")):
            with open(path, encoding="utf-8-sig", newline="") as file:
                self.rows.setdefault(path.name.split(".")[0], []).extend(csv.DictReader(file))
        self.pupils = {row["pupil_id"]: row for row in self["pupils"]}
        self.classes = {row["class_id"]: row for row in self["classes"]}
        self.subjects = {row["subject_id"]: row for row in self["subjects"]}
        self.groups = {row["group_id"]: row for row in self["groups"]}
        self.courses = {row["course_id"]: row for row in self["courses"]}
        self.lessons = {row["lesson_id"]: row for row in self["lessons"]}
        self._enrolment = group_by(self["enrolment"], "pupil_id")
        self._membership = group_by(self["group_members"], "group_id")
        self._pupil_groups = group_by(self["group_members"], "pupil_id")
        self._class_members = group_by(self["enrolment"], "class_id")
        self._courses_of_group = group_by([c for c in self["courses"] if c.get("group_id")], "group_id")

    def __getitem__(self, table):
        return self.rows.get(table, [])

    def class_of(self, pupil_id, day):
        """The class in which the pupil is enrolled on the day, or None."""
        return next((row["class_id"] for row in self._enrolment.get(pupil_id, []) if covers(row, day)), None)

    @functools.lru_cache(maxsize=None)
    def class_members(self, class_id, day):
        return frozenset(r["pupil_id"] for r in self._class_members.get(class_id, []) if covers(r, day))

    @functools.lru_cache(maxsize=None)
    def individual_subjects(self, pupil_id, day):
        """Subjects that the pupil takes in a group of kind `individual` on the day, and so not with the class."""
        return frozenset(
            course["subject_id"]
            for row in self._pupil_groups.get(pupil_id, [])
            if covers(row, day) and self.groups[row["group_id"]]["kind"] == "individual"
            for course in self._courses_of_group.get(row["group_id"], [])
        )

    @functools.lru_cache(maxsize=None)
    def course_members(self, course_id, day):
        """Pupils who are taught the course on the day."""
        course = self.courses[course_id]
        if course.get("group_id"):
            rows = self._membership.get(course["group_id"], [])
            return frozenset(r["pupil_id"] for r in rows if covers(r, day) and self.class_of(r["pupil_id"], day))
        return frozenset(
            pupil
            for pupil in self.class_members(course["class_id"], day)
            if course["subject_id"] not in self.individual_subjects(pupil, day)
        )

    def course_grades(self, course_id):
        """The grades of the classes that the course is taught to."""
        course = self.courses[course_id]
        names = [course["class_id"]] if course.get("class_id") else split(self.groups[course["group_id"]]["class_ids"])
        return {int(self.classes[name]["grade"]) for name in names if name in self.classes}


def group_by(rows, column):
    groups = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def split(cell):
    return [part.strip() for part in cell.split(";") if part.strip()]


def covers(row, day):
    """Whether the row's span (both ends inclusive, an empty end open) holds the day; dates are ISO strings."""
    return (not row.get("from") or row["from"] <= day) and (not row.get("to") or row["to"] >= day)


def grades_of(term):
    """The grades of a term: `1-9`, `10;11`, `1-4;6`."""
    grades = set()
    for part in split(term["grades"]):
        first, _, last = part.partition("-")
        grades |= set(range(int(first), int(last or first) + 1))
    return grades
