"""Figures computed a second time, from the normalised tables and the definitions of the exchange format alone.

Compared with `data/metrics.csv`: attainment per class and subject and term, attainment per class over all subjects, and
absence_lessons per class, with and without subject. Numerators, denominators and counts must agree exactly.
"""

import csv
import sys
from collections import Counter, defaultdict

from tables import Tables, grades_of

NUMERIC = set("12345")
COUNTED_ABSENCES = {"б", "ну", "н", "?"}


def term_marks(tables, as_of):
    """The mark that counts by (pupil, subject, term): the one recorded last among those seen by `as_of`."""
    kinds = {term["term_id"]: "year" if term["kind"] == "year" else "term" for term in tables["terms"]}
    marks = {}
    for row in sorted(tables["term_marks"], key=lambda row: row.get("recorded_at") or ""):
        seen = (row.get("recorded_at") or "")[:10] <= as_of
        if seen and row["kind"] == kinds.get(row["term_id"]):
            marks[row["pupil_id"], row["subject_id"], row["term_id"]] = row["value"]
    return marks


def graded_courses(tables):
    """Courses that bear mark figures: lessons of a subject that is graded."""
    for course in tables["courses"]:
        grading = course.get("grading") or tables.subjects[course["subject_id"]]["grading"]
        if (course.get("kind") or "lesson") == "lesson" and grading != "none":
            yield course


def attainment(tables, as_of):
    """(term, class, subject or "") -> (numerator, denominator)."""
    marks = term_marks(tables, as_of)
    figures = {}
    for term in ended_terms(tables, as_of):
        day, grades = term["end"], grades_of(term)
        studied = defaultdict(set)  # (class, subject) -> its pupils who have a course in the subject
        for course in graded_courses(tables):
            for class_id in classes_of(tables, course):
                members = tables.course_members(course["course_id"], day) & tables.class_members(class_id, day)
                studied[class_id, course["subject_id"]] |= members
        values = defaultdict(list)  # (class, pupil) -> assessed marks
        for (class_id, subject), pupils in studied.items():
            grade = int(tables.classes[class_id]["grade"])
            if grade < 2 or grade not in grades:
                continue
            own = {pupil: marks.get((pupil, subject, term["term_id"]), "") for pupil in pupils}
            assessed = {pupil: mark for pupil, mark in own.items() if mark in NUMERIC or mark == "н/а"}
            passed = sum(mark in "345" for mark in assessed.values())
            figures[term["term_id"], class_id, subject] = (passed, len(assessed))
            values[class_id]  # the class has a row, with or without assessed pupils
            for pupil, mark in assessed.items():
                values[class_id].append((pupil, mark))
        for class_id, assessed in values.items():
            pupils = {pupil for pupil, _ in assessed}
            failed = {pupil for pupil, mark in assessed if mark in ("1", "2", "н/а")}
            figures[term["term_id"], class_id, ""] = (len(pupils - failed), len(pupils))
    return figures


def absences(tables, as_of):
    """(term, class, subject or "") -> count of absences on held lessons, under the pupil's class on that day."""
    counts = Counter()
    terms = [(term, grades_of(term)) for term in ended_terms(tables, as_of)]
    for row in tables["attendance"]:
        lesson = tables.lessons[row["lesson_id"]]
        course, pupil, day = lesson["course_id"], row["pupil_id"], lesson["date"]
        if row["reason"] not in COUNTED_ABSENCES or lesson["status"] != "held":
            continue
        class_id = tables.class_of(pupil, day)
        if class_id is None or pupil not in tables.course_members(course, day):
            continue
        for term, grades in terms:
            if int(tables.classes[class_id]["grade"]) in grades and term["start"] <= day <= term["end"]:
                counts[term["term_id"], class_id, tables.courses[course]["subject_id"]] += 1
                counts[term["term_id"], class_id, ""] += 1
    return counts


def ended_terms(tables, as_of):
    return [term for term in tables["terms"] if term["end"] <= as_of]


def classes_of(tables, course):
    if course.get("class_id"):
        return [course["class_id"]]
    return [name.strip() for name in tables.groups[course["group_id"]]["class_ids"].split(";") if name.strip()]


def compare(tables, as_of, metrics_path):
    """Returns (figures compared, differences as sentences)."""
    written = {"attainment": {}, "absence_lessons": {}}
    with open(metrics_path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["scope"] == "class" and row["metric"] in written:
                written[row["metric"]][row["term_id"], row["scope_id"], row["subject_id"]] = row
    differences = []
    expected = attainment(tables, as_of)
    for key, (numerator, denominator) in sorted(expected.items()):
        row = written["attainment"].get(key)
        value = 100 * numerator / denominator if denominator else None
        if row is None:
            differences.append(f"attainment {key}: no row, {numerator}/{denominator} expected")
        elif (number(row["numerator"]), number(row["denominator"])) != (numerator, denominator):
            differences.append(f"attainment {key}: {row['numerator']}/{row['denominator']}, {numerator}/{denominator} expected")
        elif not same(number(row["value"]), value):
            differences.append(f"attainment {key}: value {row['value']}, {value} expected")
    counts = absences(tables, as_of)
    for key, row in sorted(written["absence_lessons"].items()):
        if number(row["value"]) != counts.get(key, 0):
            differences.append(f"absence_lessons {key}: {row['value']}, {counts.get(key, 0)} expected")
    for key in sorted(set(counts) - set(written["absence_lessons"])):
        differences.append(f"absence_lessons {key}: no row, {counts[key]} expected")
    for key in sorted(set(written["attainment"]) - set(expected)):
        if number(written["attainment"][key]["denominator"]):
            differences.append(f"attainment {key}: a row where no figure is defined")
    return len(expected) + len(written["absence_lessons"]), differences


def number(cell):
    return float(cell) if cell else None


def same(written, expected):
    if written is None or expected is None:
        return written is expected
    return abs(written - expected) <= 1e-9


if __name__ == "__main__":
    compared, found = compare(Tables(sys.argv[1]), sys.argv[2], sys.argv[3])
    print("\n".join(found))
    print(f"{compared} figures compared, {len(found)} differences")
