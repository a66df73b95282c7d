"""A school year in the terms of the analytics' definitions: terms, courses, marks, plans. Written from the definitions alone."""

from collections import defaultdict
from fractions import Fraction

from tables import covers, grades_of, split

NUMERIC = set("12345")
ABSENT = {"б", "ну", "н", "?"}


def half_up(total, count):
    """The mean `total / count` rounded half up."""
    return int((2 * Fraction(total) + count) // (2 * count))


def level(grade):
    return "1-4" if grade <= 4 else "5-9" if grade <= 9 else "10-11"


class Year:
    """What the tables say by `as_of`, in the terms of the definitions."""

    def __init__(self, tables, as_of):
        self.tables, self.as_of = tables, as_of
        self.terms = tables["terms"]
        self.ended = [t for t in self.terms if t["end"] <= as_of]
        self.grades = {t["term_id"]: grades_of(t) for t in self.terms}
        self.term_by_id = {t["term_id"]: t for t in self.terms}
        self.lessons = [l for l in tables["lessons"] if l["date"] <= as_of]
        self.lesson = {l["lesson_id"]: l for l in self.lessons}
        self.course_lessons = defaultdict(list)
        for lesson in self.lessons:
            self.course_lessons[lesson["course_id"]].append(lesson)
        self.works = {w["work_id"]: w for w in tables["works"]}
        self.marks = [m for m in tables["marks"] if m["lesson_id"] in self.lesson and m["value"] not in (".", "0")]
        self.lesson_marks = defaultdict(list)
        self.pupil_course_marks = defaultdict(list)
        for mark in self.marks:
            self.lesson_marks[mark["lesson_id"]].append(mark)
            course = self.lesson[mark["lesson_id"]]["course_id"]
            self.pupil_course_marks[mark["pupil_id"], course].append(mark)
        self.absence = {}
        for row in tables["attendance"]:
            self.absence[row["lesson_id"], row["pupil_id"]] = row["reason"]
        self.course_teachers = defaultdict(list)
        for row in tables["course_teachers"]:
            self.course_teachers[row["course_id"]].append(row)
        self._term_marks()
        self._curriculum()

    # Terms and grades.

    def study_term(self, day, grade):
        for term in self.terms:
            if term["kind"] != "year" and grade in self.grades[term["term_id"]] and term["start"] <= day <= term["end"]:
                return term
        return None

    def previous(self, term, grade):
        if term["kind"] == "year":
            return None
        before = [t for t in self.terms if t["kind"] == term["kind"] and grade in self.grades[t["term_id"]] and t["end"] < term["start"]]
        return max(before, key=lambda t: t["end"], default=None)

    def grade(self, class_id):
        return int(self.tables.classes[class_id]["grade"])

    def course_classes(self, course):
        if course.get("class_id"):
            return [course["class_id"]]
        return split(self.tables.groups[course["group_id"]]["class_ids"])

    def first_grade(self, course):
        return self.grade(self.course_classes(course)[0])

    def of_term(self, course, term):
        return any(self.grade(c) in self.grades[term["term_id"]] for c in self.course_classes(course))

    def classes_of_term(self, term, least=1):
        for class_id in sorted(self.tables.classes):
            grade = self.grade(class_id)
            if grade in self.grades[term["term_id"]] and grade >= least:
                yield class_id

    # Courses.

    def grading(self, course):
        return course.get("grading") or self.tables.subjects[course["subject_id"]]["grading"]

    def is_graded(self, course):
        return (course.get("kind") or "lesson") == "lesson" and self.grading(course) != "none"

    def graded_of_pupil(self, pupil, day):
        return [c for c in self.tables["courses"] if self.is_graded(c) and self.is_member(c["course_id"], pupil, day)]

    def is_member(self, course_id, pupil, day):
        return pupil in self.tables.course_members(course_id, day)

    def teachers(self, course, day):
        own = {course["teacher_id"]}
        own |= {r["teacher_id"] for r in self.course_teachers[course["course_id"]] if covers(r, day)}
        return own

    # Term marks.

    def _term_marks(self):
        self.rows = {}
        for row in sorted(self.tables["term_marks"], key=lambda r: r.get("recorded_at") or ""):
            if (row.get("recorded_at") or "")[:10] <= self.as_of:
                self.rows[row["pupil_id"], row["subject_id"], row["term_id"], row["kind"]] = row

    def mark_row(self, pupil, subject, term):
        kind = "year" if term["kind"] == "year" else "term"
        return self.rows.get((pupil, subject, term["term_id"], kind))

    def state(self, pupil, subject, term):
        """A value, `deferred` or `absent`."""
        row = self.mark_row(pupil, subject, term)
        if row is None:
            return "absent"
        if row["value"]:
            return row["value"]
        until = row.get("deferred_until")
        return "deferred" if until and until >= self.as_of else "absent"

    def numeric(self, pupil, subject, term):
        """The numeric term mark of a pupil who has a course in the subject on the term's last day, or None."""
        if term is None:
            return None
        if not any(c["subject_id"] == subject and self.is_member(c["course_id"], pupil, term["end"]) for c in self.tables["courses"]):
            return None
        value = self.state(pupil, subject, term)
        return int(value) if value in NUMERIC else None

    def subjects(self, pupil, day):
        return sorted({c["subject_id"] for c in self.graded_of_pupil(pupil, day)})

    # Marks.

    def numeric_marks(self, pupil, course_id, first, last):
        rows = []
        for mark in self.pupil_course_marks[pupil, course_id]:
            if mark["value"] in NUMERIC and first <= self.lesson[mark["lesson_id"]]["date"] <= last:
                rows.append(mark)
        return rows

    def place(self, mark):
        lesson = self.lesson[mark["lesson_id"]]
        return (lesson["date"], int(lesson["number"]))

    def recorded(self, mark):
        return (mark.get("recorded_at") or "", *self.place(mark), mark["mark_id"])

    def weight(self, mark):
        work = self.works.get(mark.get("work_id") or "")
        return Fraction(work["weight"]) if work and work.get("weight") else Fraction(1)

    def weighted(self, marks):
        total = sum(self.weight(m) for m in marks)
        return sum(int(m["value"]) * self.weight(m) for m in marks) / total if total else None

    # Plan.

    def _curriculum(self):
        self.plan = {}
        for row in self.tables["curriculum"]:
            for column in ("class_id", "group_id", "pupil_id"):
                if row.get(column):
                    self.plan[column, row[column], row["subject_id"], row.get("term_id") or ""] = Fraction(row["hours"])

    def planned(self, course, term):
        owners = []
        if course.get("class_id"):
            owners.append([("class_id", course["class_id"])])
        else:
            group = self.tables.groups[course["group_id"]]
            owners.append([("group_id", group["group_id"])])
            if group["kind"] == "individual":
                pupils = {r["pupil_id"] for r in self.tables["group_members"] if r["group_id"] == group["group_id"]}
                owners.append([("pupil_id", p) for p in sorted(pupils)])
            owners.append([("class_id", c) for c in self.course_classes(course)])
        if term["kind"] != "year":
            return self.row_of(owners, course, [term["term_id"]])
        year = self.row_of(owners, course, ["", term["term_id"]])
        if year is not None:
            return year
        own = [t for t in self.terms if t["kind"] != "year" and self.first_grade(course) in self.grades[t["term_id"]]]
        rows = [self.row_of(owners, course, [t["term_id"]]) for t in own]
        rows = [hours for hours in rows if hours is not None]
        return sum(rows) if rows else None

    def row_of(self, owners, course, terms):
        """The hours of the nearest owner who has a row of one of the terms; several owners must agree."""
        for some in owners:
            rows = [[self.plan.get((*owner, course["subject_id"], t)) for t in terms] for owner in some]
            figures = {next((hours for hours in own if hours is not None), None) for own in rows}
            if len(figures) == 1 and None not in figures:
                return figures.pop()
        return None

    def has(self, table):
        return table in self.tables.rows
