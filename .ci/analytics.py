"""The tables of the analytics computed a second time, from the normalised tables and their definitions alone.

Compared with `data/analytics/*.csv`, every row and cell: `python3 analytics.py OUTPUTS AS_OF` prints the differences.
"""

import csv
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from dynamics import WEIGHTS, dynamics
from tables import Tables, covers
from year import ABSENT, NUMERIC, Year, half_up, level

UNMARKED = ("осв", "безотм", "зач", "незач")


def standing_of(year, pupil, term):
    """(standing, one_short, deciding, states by subject) of a pupil over the subjects studied on the term's last day."""
    states = {s: year.state(pupil, s, term) for s in year.subjects(pupil, term["end"])}
    numeric = {s: int(v) for s, v in states.items() if v in NUMERIC}
    low = sorted(s for s, v in numeric.items() if v <= 2)
    unassessed = sorted(s for s, v in states.items() if v == "н/а")
    if low:
        return "failing", "", low, states
    if unassessed:
        return "not_assessed", "", unassessed, states
    if not numeric:
        return "none", "", [], states
    worst = min(numeric.values())
    if worst == 5:
        return "excellent", "", [], states
    deciding = [s for s, v in numeric.items() if v == worst]
    standing = "good" if worst == 4 else "satisfactory"
    if len(deciding) == 1:
        return standing, f"one_{worst}", deciding, states
    return standing, "", [], states


def standings(year):
    for term in year.ended:
        for class_id in year.classes_of_term(term, 2):
            before_term = year.previous(term, year.grade(class_id))
            for pupil in year.tables.class_members(class_id, term["end"]):
                standing, short, deciding, states = standing_of(year, pupil, term)
                values = Counter(states.values())
                excluded = [f"{n}:{values[n]}" for n in (*UNMARKED, "deferred", "absent") if values[n]]
                before = ""
                if before_term and before_term["end"] <= year.as_of:
                    then = year.tables.class_of(pupil, before_term["end"])
                    if then and year.grade(then) >= 2 and year.grade(then) in year.grades[before_term["term_id"]]:
                        before = standing_of(year, pupil, before_term)[0]
                assessed = sum(values[v] for v in "12345") + values["н/а"]
                counts = [values[v] for v in "54321"]
                yield [term["term_id"], class_id, pupil, standing, short, ";".join(sorted(deciding)), assessed, *counts, values["н/а"],
                       ";".join(sorted(excluded)), before]


def pupil_subject_rows(year):
    for term in year.ended:
        for class_id in year.classes_of_term(term):
            for pupil in year.tables.class_members(class_id, term["end"]):
                for course in year.graded_of_pupil(pupil, term["end"]):
                    yield term, class_id, pupil, course


def pupil_subjects(year):
    for term, class_id, pupil, course in pupil_subject_rows(year):
        marks = year.numeric_marks(pupil, course["course_id"], term["start"], term["end"])
        total = sum(int(m["value"]) for m in marks)
        held = [l for l in year.course_lessons[course["course_id"]] if l["status"] == "held" and term["start"] <= l["date"] <= term["end"]
                and year.is_member(course["course_id"], pupil, l["date"])]
        absences = sum(year.absence.get((l["lesson_id"], pupil)) in ABSENT for l in held) if year.has("attendance") else ""
        row = year.mark_row(pupil, course["subject_id"], term)
        yield [term["term_id"], class_id, pupil, course["subject_id"], course["course_id"], len(marks), total,
               Fraction(total, len(marks)) if marks else None, year.weighted(marks), row["value"] if row else "", len(held), absences]


def missed(year):
    for (lesson_id, pupil), reason in year.absence.items():
        lesson = year.lesson.get(lesson_id)
        if reason not in ABSENT or not lesson or lesson["status"] != "held":
            continue
        course = year.tables.courses[lesson["course_id"]]
        day = lesson["date"]
        if not year.is_member(course["course_id"], pupil, day):
            continue
        class_id = year.tables.class_of(pupil, day)
        term = year.study_term(day, year.grade(class_id))
        made_up = 0
        for mark in year.pupil_course_marks[pupil, course["course_id"]]:
            if mark["value"] not in NUMERIC and mark["value"] != "зач":
                continue
            other = year.lesson[mark["lesson_id"]]
            work = year.works.get(mark.get("work_id") or "")
            later = (other["date"], int(other["number"])) > (day, int(lesson["number"])) and other["status"] == "held"
            if mark["lesson_id"] == lesson_id or (later and work and work.get("lesson_id") == lesson_id):
                made_up = 1
        yield [term["term_id"] if term else "", day, class_id, pupil, course["course_id"], course["subject_id"], lesson_id, reason,
               lesson.get("topic", ""), made_up]


def unsatisfactory(year):
    by_pupil = defaultdict(list)
    for mark in year.marks:
        by_pupil[mark["pupil_id"]].append(mark)
    for mark in year.marks:
        lesson = year.lesson[mark["lesson_id"]]
        if mark["value"] not in ("1", "2", "незач") or lesson["status"] != "held":
            continue
        course = year.tables.courses[lesson["course_id"]]
        class_id = year.tables.class_of(mark["pupil_id"], lesson["date"])
        term = year.study_term(lesson["date"], year.grade(class_id)) if class_id else None
        work = year.works.get(mark.get("work_id") or "")
        corrected = 0
        for other in by_pupil[mark["pupil_id"]]:
            if other["value"] not in ("3", "4", "5", "зач"):
                continue
            same_lesson = other["lesson_id"] == mark["lesson_id"]
            same_work = (work and work["kind"] != "oral" and other.get("work_id") == work["work_id"]
                         and year.lesson[other["lesson_id"]]["status"] == "held")
            if (same_lesson or same_work) and year.recorded(other)[:3] > year.recorded(mark)[:3]:
                corrected = 1
        yield [term["term_id"] if term else "", lesson["date"], class_id or "", mark["pupil_id"], course["course_id"], course["subject_id"],
               mark["lesson_id"], mark["mark_id"], mark["value"], mark.get("work_id", ""), lesson.get("topic", ""), corrected]


def held_lesson(year, work):
    """The lesson on which a work was held, or None."""
    lesson = year.lesson.get(work.get("lesson_id") or "")
    if lesson and lesson["status"] == "held":
        return lesson
    held = [year.lesson[m["lesson_id"]] for m in year.marks if m.get("work_id") == work["work_id"]]
    held = [l for l in held if l["status"] == "held"]
    return min(held, key=lambda l: (l["date"], int(l["number"]), l["lesson_id"]), default=None)


def control_works(year):
    for work in year.works.values():
        if work.get("control") not in ("1", "true"):
            continue
        lesson, planned = held_lesson(year, work), work.get("planned_date") or ""
        if not lesson and not (planned and planned <= year.as_of):
            continue
        course = year.tables.courses[work["course_id"]]
        held = lesson["date"] if lesson else ""
        term = year.study_term(held or planned, year.first_grade(course))
        late = (date.fromisoformat(held) - date.fromisoformat(planned)).days if held and planned else ""
        listed = year.tables.course_members(course["course_id"], held or planned)
        head = [term["term_id"] if term else "", work["work_id"], course["course_id"], course["subject_id"], course["teacher_id"], planned, held,
                late, len(listed)]
        if not lesson:
            yield head + [""] * 15
            continue
        last = {}
        for mark in sorted((m for m in year.marks if m.get("work_id") == work["work_id"] and m["value"] in NUMERIC), key=year.recorded):
            if mark["pupil_id"] in listed:
                last[mark["pupil_id"]] = int(mark["value"])
        absent = ""
        if year.has("attendance"):
            absent = sum(year.absence.get((lesson["lesson_id"], p)) in ABSENT for p in listed - set(last))
        n, wrote = Counter(last.values()), len(last)
        ratio = lambda top, factor=100: Fraction(factor * top, wrote) if wrote else None
        row = head + [wrote, absent] + [n[v] for v in (5, 4, 3, 2, 1)]
        row += [ratio(n[5] + n[4] + n[3]), ratio(n[5] + n[4]), ratio(sum(WEIGHTS[str(v)] * c for v, c in n.items()), 1), ratio(sum(last.values()), 1)]
        if year.has("term_marks") and term and term["end"] <= year.as_of:
            pairs = [(year.numeric(p, course["subject_id"], term), v) for p, v in last.items()]
            pairs = [(t, v) for t, v in pairs if t is not None]
            row += [len(pairs), sum(t == v for t, v in pairs), sum(t > v for t, v in pairs), sum(t < v for t, v in pairs)]
        else:
            row += [""] * 4
        yield row


def lesson_kinds(year):
    counts = Counter()
    for lesson in year.lessons:
        course = year.tables.courses[lesson["course_id"]]
        term = year.study_term(lesson["date"], year.first_grade(course))
        if lesson["status"] == "held" and term and term["end"] <= year.as_of:
            counts[term["term_id"], course["course_id"], lesson.get("kind", "")] += 1
    for key, count in counts.items():
        yield [*key, count]


def programme(year):
    plans = defaultdict(list)
    for row in year.tables["lesson_plans"]:
        plans[row["course_id"]].append(row["seq"])
    for term in year.ended:
        for course in year.tables["courses"]:
            if not year.of_term(course, term):
                continue
            lessons = [l for l in year.course_lessons[course["course_id"]] if term["start"] <= l["date"] <= term["end"]]
            held = [l for l in lessons if l["status"] == "held"]
            plan = year.planned(course, term)
            given = sum(Fraction(l.get("hours") or 1) for l in held)
            status = Counter(l["status"] for l in lessons)
            substituted = sum(l["teacher_id"] not in year.teachers(course, l["date"]) for l in held)
            profiles = {year.tables.classes[c].get("profile", "") for c in year.course_classes(course)}
            plan_rows = given_rows = ""
            if year.has("lesson_plans"):
                own = set(plans[course["course_id"]])
                plan_rows = len(plans[course["course_id"]])
                given_rows = len({l["plan_seq"] for l in year.course_lessons[course["course_id"]] if l["status"] == "held"
                                  and l["date"] <= term["end"] and l.get("plan_seq") in own})
            yield [term["term_id"], course["course_id"], course["subject_id"], course.get("class_id", ""), course.get("group_id", ""),
                   course["teacher_id"], profiles.pop() if len(profiles) == 1 else "", plan, given, None if plan is None else plan - given,
                   status["held"], status["missed"], status["moved"], status["cancelled"], substituted, plan_rows, given_rows]


def lesson_changes(year):
    for lesson in year.lessons:
        course = year.tables.courses[lesson["course_id"]]
        classes = ";".join(sorted(year.course_classes(course)))
        head = [lesson["lesson_id"], course["course_id"], course["subject_id"], classes, lesson["teacher_id"]]
        if lesson["status"] != "held":
            moved = lesson.get("moved_to", "") if lesson["status"] == "moved" else ""
            yield [lesson["date"], lesson["status"], *head, "", "", moved]
        elif lesson["teacher_id"] not in year.teachers(course, lesson["date"]):
            marked = 1 if lesson.get("replaces_teacher_id") else 0
            yield [lesson["date"], "substitution", *head, course["teacher_id"], marked, ""]


def workload(year):
    for term in year.ended:
        if term["kind"] == "year":
            continue
        own, rows = defaultdict(list), defaultdict(Counter)
        for course in year.tables["courses"]:
            if year.first_grade(course) in year.grades[term["term_id"]]:
                own[course["teacher_id"]].append(course)
        for lesson in year.lessons:
            course = year.tables.courses[lesson["course_id"]]
            if year.study_term(lesson["date"], year.first_grade(course)) is not term:
                continue
            teachers = year.teachers(course, lesson["date"])
            if lesson["status"] == "held":
                rows[lesson["teacher_id"]]["own" if lesson["teacher_id"] in teachers else "others"] += 1
                if lesson["teacher_id"] not in teachers:
                    rows[course["teacher_id"]]["by_others"] += 1
            elif lesson["status"] == "missed":
                rows[course["teacher_id"]]["missed"] += 1
        for teacher in set(own) | {t for t, c in rows.items() if c["own"] or c["others"]}:
            week = [Fraction(c["hours_week"]) for c in own[teacher] if c.get("hours_week")]
            plan = [h for h in (year.planned(c, term) for c in own[teacher]) if h is not None]
            n = rows[teacher]
            yield [term["term_id"], teacher, sum(week) if week else "", sum(plan) if plan else "", n["own"], n["others"], n["by_others"], n["missed"]]


def movement(year):
    for term in year.ended:
        first, last = term["start"], term["end"]
        scopes = defaultdict(Counter)
        for class_id in year.classes_of_term(term):
            grade = year.grade(class_id)
            names = [("class", class_id), ("parallel", str(grade)), ("level", level(grade)), ("school", "")]
            for name in names:
                scopes[name]["x"] += 0
            for row in year.tables["enrolment"]:
                if row["class_id"] != class_id:
                    continue
                keys = []
                if covers(row, first):
                    keys.append("start")
                if first < row["from"] <= last:
                    keys.append({"arrived": "arrived", "transferred": "transferred_in"}.get(row.get("in_kind"), "other_in"))
                if row.get("to") and first <= row["to"] < last:
                    keys.append({"left": "left", "transferred": "transferred_out"}.get(row.get("out_kind"), "other_out"))
                if covers(row, last):
                    keys.append("end")
                    keys.append({"м": "boys", "ж": "girls"}.get(year.tables.pupils[row["pupil_id"]].get("sex"), "x"))
                if row.get("to") and row["to"] < first or row["from"] > last:
                    keys = []
                for name in names:
                    for key in keys:
                        scopes[name][key] += 1
        columns = "start arrived transferred_in other_in left transferred_out other_out end boys girls".split()
        for (scope, scope_id), n in scopes.items():
            yield [term["term_id"], scope, scope_id, *(n[c] for c in columns)]


def absence_days(year):
    for term in year.ended:
        held = [l for l in year.lessons if l["status"] == "held" and term["start"] <= l["date"] <= term["end"]]
        due = defaultdict(list)
        for lesson in held:
            for pupil in year.tables.course_members(lesson["course_id"], lesson["date"]):
                due[pupil].append(lesson)
        for class_id in year.classes_of_term(term):
            for pupil in year.tables.class_members(class_id, term["end"]):
                reasons, days = Counter(), defaultdict(list)
                for lesson in due[pupil]:
                    reason = year.absence.get((lesson["lesson_id"], pupil), "")
                    reasons[reason] += 1
                    days[lesson["date"]].append(reason in ABSENT)
                yield [term["term_id"], class_id, pupil, len(due[pupil]), sum(reasons[r] for r in ABSENT), reasons["б"], reasons["ну"],
                       reasons["н"], reasons["?"], reasons["оп"], sum(all(d) for d in days.values())]


def objectivity(year):
    found = defaultdict(Counter)
    def compare(term, basis, course, class_id, mark, other):
        if mark is None or other is None:
            return
        n = found[term["term_id"], basis, course["teacher_id"], course["subject_id"], class_id]
        n["compared"] += 1
        n["equal" if mark == other else "higher" if mark > other else "lower"] += 1
    controls = defaultdict(dict)
    for mark in sorted((m for m in year.marks if m["value"] in NUMERIC), key=year.recorded):
        work = year.works.get(mark.get("work_id") or "")
        if work and work.get("control") in ("1", "true"):
            lesson = year.lesson[mark["lesson_id"]]
            subject = year.tables.courses[lesson["course_id"]]["subject_id"]
            controls[mark["pupil_id"], subject][work["work_id"], mark["mark_id"]] = (lesson["date"], work["work_id"], int(mark["value"]))
    for term, class_id, pupil, course in pupil_subject_rows(year):
        if year.grade(class_id) < 2:
            continue
        value = year.state(pupil, course["subject_id"], term)
        mark = int(value) if value in NUMERIC else None
        weighted = year.weighted(year.numeric_marks(pupil, course["course_id"], term["start"], term["end"]))
        compare(term, "mean", course, class_id, mark, None if weighted is None else half_up(weighted, 1))
        last = {}
        for day, work, v in controls[pupil, course["subject_id"]].values():
            if term["start"] <= day <= term["end"]:
                last[work] = v
        compare(term, "control", course, class_id, mark, half_up(sum(last.values()), len(last)) if last else None)
        if term["kind"] == "year":
            exam = None
            for kind in ("state_exam", "exam"):
                row = year.rows.get((pupil, course["subject_id"], term["term_id"], kind))
                if row and row["value"] in NUMERIC:
                    exam = int(row["value"])
            compare(term, "exam", course, class_id, mark, exam)
    for key, n in found.items():
        yield [*key, n["compared"], n["equal"], n["higher"], n["lower"]]


def expected(total, count, before):
    if before is not None:
        return half_up(total + before, count + 1)
    return half_up(total, count) if count else None


def needed(total, count):
    if not count:
        return 1
    now = half_up(total, count)
    if now == 5:
        return ""
    for more in range(1, 21):
        if half_up(total + 5 * more, count + more) > now:
            return more
    return ""


def forecast(year):
    for term in year.terms:
        if term["kind"] == "year" or not term["start"] <= year.as_of < term["end"]:
            continue
        for class_id in year.classes_of_term(term, 2):
            previous = year.previous(term, year.grade(class_id))
            for pupil in year.tables.class_members(class_id, year.as_of):
                for course in year.graded_of_pupil(pupil, year.as_of):
                    if year.grading(course) != "five":
                        continue
                    marks = [int(m["value"]) for m in year.numeric_marks(pupil, course["course_id"], term["start"], year.as_of)]
                    before = year.numeric(pupil, course["subject_id"], previous)
                    total, count = sum(marks), len(marks)
                    yield [term["term_id"], class_id, pupil, course["subject_id"], course["course_id"], count,
                           Fraction(total, count) if count else None, before, expected(total, count, before), needed(total, count)]


def forecast_accuracy(year):
    for term in year.ended:
        if term["kind"] == "year":
            continue
        for week in range(2, 9):
            last = (date.fromisoformat(term["start"]) + timedelta(days=7 * week - 1)).isoformat()
            if last >= term["end"]:
                continue
            n = Counter()
            for class_id in year.classes_of_term(term, 2):
                previous = year.previous(term, year.grade(class_id))
                for pupil in year.tables.class_members(class_id, term["end"]):
                    for course in year.graded_of_pupil(pupil, term["end"]):
                        value = year.state(pupil, course["subject_id"], term)
                        if value not in NUMERIC:
                            continue
                        mark = int(value)
                        marks = [int(m["value"]) for m in year.numeric_marks(pupil, course["course_id"], term["start"], last)]
                        before = year.numeric(pupil, course["subject_id"], previous)
                        naive = half_up(sum(marks), len(marks)) if marks else None
                        guess = expected(sum(marks), len(marks), before)
                        n["cases"] += 1
                        for name, g in (("naive", naive), ("before", before), ("forecast", guess)):
                            n[name + "_judged"] += g is not None
                            n[name + "_exact"] += g == mark
                        n["low"] += mark <= 3
                        n["low_found"] += mark <= 3 and guess is not None and guess <= 3
                        n["low_named"] += guess is not None and guess <= 3
            names = "cases naive_judged naive_exact before_judged before_exact forecast_judged forecast_exact low low_found low_named".split()
            yield [term["term_id"], week, *(n[c] for c in names)]


# The function of each table, the tables it needs, and the number of columns that tell its rows apart.
SOURCES = {
    "standings": (standings, ["term_marks"], 3),
    "pupil_subjects": (pupil_subjects, ["marks"], 5),
    "missed": (missed, ["attendance"], 7),
    "unsatisfactory": (unsatisfactory, ["marks"], 8),
    "control_works": (control_works, ["works"], 2),
    "lesson_kinds": (lesson_kinds, ["lessons"], 3),
    "programme": (programme, ["lessons"], 2),
    "lesson_changes": (lesson_changes, ["lessons"], 3),
    "workload": (workload, ["lessons"], 2),
    "movement": (movement, ["enrolment"], 3),
    "absence_days": (absence_days, ["attendance"], 3),
    "objectivity": (objectivity, ["term_marks"], 5),
    "forecast": (forecast, ["marks"], 5),
    "forecast_accuracy": (forecast_accuracy, ["marks", "term_marks"], 2),
}


def text(cell):
    if cell is None:
        return ""
    return float(cell) if isinstance(cell, Fraction) else str(cell)


def same(expected, written):
    if isinstance(expected, float):
        return written != "" and abs(float(written) - expected) <= 1e-9 * max(1, abs(expected))
    is_number = expected.replace(".", "").isdigit() and written != ""
    return expected == written or (is_number and float(written) == float(expected))


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, rows


def compare(tables, as_of, data):
    """Returns (cells compared, differences as sentences)."""
    year, compared, found = Year(tables, as_of), 0, []
    header, rows = rows_of(data / "metrics.csv")
    metrics = [dict(zip(header, row, strict=True)) for row in rows]
    makers = SOURCES | {"dynamics": (lambda year: dynamics(year, metrics), ["term_marks"], 5)}
    for name, (make, sources, width) in makers.items():
        header, written = rows_of(data / "analytics" / f"{name}.csv")
        expected = [[text(cell) for cell in row] for row in make(year)] if all(map(year.has, sources)) else []
        expected = {tuple(map(str, row[:width])): row for row in expected}
        keyed = {tuple(row[:width]): row for row in written}
        if len(keyed) != len(written):
            found.append(f"{name}: several rows of one key")
        if written != sorted(written):
            found.append(f"{name}: not sorted")
        found += [f"{name}: no row {expected[key]}" for key in sorted(set(expected) - set(keyed))]
        found += [f"{name}: a row too many {keyed[key]}" for key in sorted(set(keyed) - set(expected))]
        for key in sorted(set(expected) & set(keyed)):
            compared += len(header)
            cells = zip(header, expected[key], keyed[key], strict=True)
            found += [f"{name} {key} {column}: {b!r}, {a!r} expected" for column, a, b in cells if not same(a, b)]
    return compared, found


if __name__ == "__main__":
    folder = Path(sys.argv[1]) / "data"
    compared, found = compare(Tables(folder / "tables"), sys.argv[2], folder)
    print("\n".join(found))
    print(f"{compared} cells compared, {len(found)} differences")
    sys.exit(bool(found))
