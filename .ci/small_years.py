"""Small made-up school years with everything that the definitions of the analytics speak of, one from each seed.

`python3 small_years.py LETOPIS FIRST LAST` builds the years of these seeds and computes their analytics a second time.
Pupils come, leave and change class on the edges of terms; groups mix classes; works have no lesson, lessons no plan; a table is missing.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import analytics
from tables import Tables

START = date(2025, 9, 1)
HEADERS = {
    "terms": "term_id,kind,title,start,end,grades",
    "staff": "staff_id,name",
    "classes": "class_id,grade,letter,teacher_id,profile",
    "subjects": "subject_id,title,grading",
    "pupils": "pupil_id,surname,given_name,sex",
    "enrolment": "pupil_id,class_id,from,to,in_kind,out_kind",
    "groups": "group_id,title,class_ids,kind",
    "group_members": "group_id,pupil_id,from,to",
    "courses": "course_id,subject_id,class_id,group_id,teacher_id,hours_week,kind,grading",
    "course_teachers": "course_id,teacher_id,from,to,role",
    "curriculum": "subject_id,class_id,group_id,term_id,hours",
    "lesson_plans": "course_id,seq,topic,hours,planned_date",
    "lessons": "lesson_id,course_id,date,number,status,moved_to,teacher_id,replaces_teacher_id,kind,topic,plan_seq,hours",
    "works": "work_id,course_id,kind,control,planned_date,lesson_id,weight",
    "marks": "mark_id,lesson_id,pupil_id,value,work_id,recorded_at",
    "attendance": "lesson_id,pupil_id,reason",
    "term_marks": "pupil_id,subject_id,term_id,kind,value,deferred_until,recorded_at",
}
# Tables that may be missing: nothing else refers to them, once the works of marks are taken out.
OPTIONAL = ["term_marks", "attendance", "works", "lesson_plans", "curriculum", "course_teachers", "marks"]
SCHOOL = """[school]
name = "Пробная школа"
short = "Школа"
place = "с. Пробное"
municipality = "район"
region = "область"
utc_offset = "+04:00"
[year]
title = "2025-2026"
start = {start}
end = {end}
as_of = {as_of}
[officials]
director = {{ post = "Директор", name = "И. И. Пробный" }}
deputies = [ {{ post = "Заместитель директора", name = "П. П. Пробный", grades = "1-11" }} ]
archivist = {{ post = "Делопроизводитель", name = "С. С. Пробный" }}
[regulation]
title = "Положение"
order = "1"
date = 2019-08-30
[archive]
fond = "1"
journal_index = "03-15"
sheet_index = "03-16"
"""


def spans(count, length, gap):
    """`count` terms of `length` days with `gap` days between them."""
    firsts = [START + timedelta(days=at * (length + gap)) for at in range(count)]
    return [(first, first + timedelta(days=length - 1)) for first in firsts]


class SmallYear:
    """The tables of one year."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.rows = {name: [] for name in HEADERS}
        self.terms()
        self.people()
        self.groups()
        self.courses()
        self.plans()
        self.lessons()
        self.works()
        self.marks()
        self.term_marks()
        self.leave_out()

    def id(self, table, letter):
        return f"{letter}{len(self.rows[table]) + 1:04}"

    def day(self):
        return START + timedelta(days=self.random.randint(0, self.days))

    def edge(self):
        """A day, often the first or last of a term."""
        return self.random.choice(self.edges) if self.random.random() < 0.4 else self.day()

    def terms(self):
        quarters = spans(4, self.random.choice([16, 21, 30]), self.random.choice([0, 2, 5]))
        halves = [(quarters[0][0], quarters[1][1]), (quarters[2][0], quarters[3][1])]
        thirds = spans(3, 25, 3)
        kinds = self.random.choice([("quarter", "Q", quarters), ("trimester", "T", thirds)])
        self.last = max(kinds[2][-1][1], halves[1][1])
        for (kind, letter, own), grades in ((kinds, "1-9"), (("half_year", "H", halves), "10-11")):
            for at, (first, last) in enumerate(own, 1):
                self.rows["terms"].append([f"{letter}{at}", kind, f"период {at}", first, last, grades])
        self.rows["terms"].append(["Y", "year", "год", START, self.last, "1-11"])
        self.days = (self.last - START).days
        self.edges = [day for term in self.rows["terms"] for day in term[3:5]]
        self.end = self.last + timedelta(days=10)
        inside = [quarters[1][1], quarters[1][0] + timedelta(days=4), quarters[2][0] + timedelta(days=9)]
        self.as_of = self.random.choice([self.end, self.end, self.last, *inside])

    def people(self):
        r = self.random
        self.staff = [f"S{at}" for at in range(1, r.randint(4, 8))]
        self.rows["staff"] = [[staff, f"Учитель{staff} И. И."] for staff in self.staff]
        self.subjects = ["rus", "alg", "pe", "obs", "talk"][: r.randint(3, 5)]
        grading = {"pe": r.choice(["five", "pass"]), "talk": "none"}
        self.rows["subjects"] = [[one, f"Предмет {one}", grading.get(one, "five")] for one in self.subjects]
        for grade in sorted(r.sample([1, 2, 3, 5, 6, 9, 10, 11], r.randint(2, 5))):
            for letter in "АБ"[: r.randint(1, 2)]:
                profile = r.choice(["", "общий", "физмат"])
                self.rows["classes"].append([f"{grade}{letter}", grade, letter, r.choice(self.staff), profile])
        self.classes = [row[0] for row in self.rows["classes"]]
        for name in self.classes:
            for _ in range(r.choice([1, 3, 5, 8])):
                pupil = self.id("pupils", "P")
                self.rows["pupils"].append([pupil, f"Ученик{pupil}", "Имя", r.choice(["м", "ж", ""])])
                self.rows["enrolment"] += self.enrolment(pupil, name)
        self.pupils = [row[0] for row in self.rows["pupils"]]
        self.ability = {pupil: r.choice([2.3, 3, 3.5, 4, 4.5, 5]) for pupil in self.pupils}

    def enrolment(self, pupil, name):
        r, one = self.random, self.random.random()
        if one < 0.6:
            return [[pupil, name, START, "", "start", ""]]
        if one < 0.7:
            return [[pupil, name, self.edge(), "", r.choice(["arrived", "", "transferred"]), ""]]
        if one < 0.8:
            return [[pupil, name, START, self.edge(), "start", r.choice(["left", "", "promoted", "transferred"])]]
        if one < 0.93:
            last, gap = min(self.edge(), self.last - timedelta(days=9)), r.choice([1, 1, 1, 4])
            out, back = ("transferred", "transferred") if gap == 1 else ("left", "arrived")
            other = r.choice(self.classes)
            return [[pupil, name, START, last, "start", out], [pupil, other, last + timedelta(days=gap), "", back, ""]]
        first, last = sorted([self.edge(), self.edge()])
        return [[pupil, name, first, last, "arrived", "left"]]

    def groups(self):
        r = self.random
        for at in range(r.randint(0, 4)):
            kind = r.choice(["group", "group", "elective", "individual"])
            classes = r.sample(self.classes, min(len(self.classes), r.choice([1, 1, 2])))
            own = sorted({row[0] for row in self.rows["enrolment"] if row[1] in classes})
            taken = r.sample(own, 1) if kind == "individual" else [pupil for pupil in own if r.random() < 0.6]
            self.rows["groups"].append([f"G{at}", f"группа {at}", ";".join(classes), kind])
            for pupil in taken:
                first, last = sorted([self.day(), self.day()])
                spans = [["", ""], ["", ""], [first, ""], ["", last], [first, last]]
                self.rows["group_members"].append([f"G{at}", pupil, *r.choice(spans)])

    def courses(self):
        r = self.random
        audiences = [("", row[0], r.choice(self.subjects)) for row in self.rows["groups"]]
        audiences += [(name, "", subject) for name in self.classes for subject in self.subjects if r.random() < 0.85]
        for name, group, subject in audiences or [(self.classes[0], "", self.subjects[0])]:
            kind, grading = r.choice(["lesson", "lesson", "", "elective"]), r.choice(["", "", "", "", "pass", "none"])
            own = [subject, name, group, r.choice(self.staff), r.choice([1, 2, 3, "", 0.5]), kind, grading]
            self.rows["courses"].append([self.id("courses", "C"), *own])
            if r.random() < 0.2:
                first, last = sorted([self.day(), self.day()])
                second = [r.choice(self.staff), first, r.choice(["", last]), r.choice(["main", "second"])]
                self.rows["course_teachers"].append([self.rows["courses"][-1][0], *second])

    def plans(self):
        r, seen = self.random, set()
        terms = [row[0] for row in self.rows["terms"] if row[1] != "year"]
        for course, subject, name, group, *_ in self.rows["courses"]:
            some = [term for term in terms if r.random() < 0.5]
            for term in r.choice([[], [""], terms, ["", *terms], some]):
                if (subject, name, group, term) not in seen:
                    seen.add((subject, name, group, term))
                    self.rows["curriculum"].append([subject, name, group, term, r.choice([3, 5, 8, 2.5])])
            for at in range(1, r.choice([1, 2, 5, 9])):
                self.rows["lesson_plans"].append([course, at, f"Тема {at}", 1, self.day()])

    def lessons(self):
        r = self.random
        for course, _, _, _, teacher, *_ in self.rows["courses"]:
            slots = {(START + timedelta(days=r.randint(0, self.days + 6)), r.randint(1, 4)) for _ in range(r.choice([0, 2, 6, 10, 14]))}
            for day, number in sorted(slots):
                status = r.choices(["held", "missed", "moved", "cancelled"], [80, 7, 7, 6])[0]
                moved = day + timedelta(days=r.randint(1, 4)) if status == "moved" else ""
                by = teacher if r.random() < 0.85 else r.choice(self.staff)
                instead = r.choice(["", "", teacher]) if by != teacher else ""
                told = [r.choice(["урок", "", "контрольная"]), r.choice(["Тема, с запятой", "", "Тема"])]
                told += [r.choice(["", 1, 2, 3, 9]), r.choice(["", "", "", 2, 0.5])]
                self.rows["lessons"].append([self.id("lessons", "L"), course, day, number, status, moved, by, instead, *told])

    def works(self):
        r = self.random
        for course in (row[0] for row in self.rows["courses"]):
            own = [row[0] for row in self.rows["lessons"] if row[1] == course]
            for _ in range(r.choice([0, 1, 3, 5])):
                lesson = r.choice(own) if own and r.random() < 0.6 else ""
                told = [r.choice(["oral", "written", "control", "test"]), r.choice([0, 0, 1]), r.choice(["", self.day()])]
                self.rows["works"].append([self.id("works", "W"), course, *told, lesson, r.choice(["", 1, 2, 0.5, 0, 1.5, 3])])

    def moment(self, day, least, most):
        """A moment so many days after a day, or none."""
        if self.random.random() < 0.25:
            return ""
        at = day + timedelta(days=self.random.randint(least, most))
        return f"{at}T{self.random.randint(8, 18):02}:{self.random.choice([0, 15, 30]):02}:00"

    def marks(self):
        r = self.random
        audience = {row[0]: (row[2], row[3]) for row in self.rows["courses"]}
        for lesson, course, day, *_ in self.rows["lessons"]:
            name, group = audience[course]
            own = {row[0] for row in self.rows["enrolment"] if row[1] == name}
            own |= {row[1] for row in self.rows["group_members"] if row[0] == group}
            works = [row[0] for row in self.rows["works"] if row[1] == course] or [""]
            for pupil in sorted(own | set(r.sample(self.pupils, 1) if r.random() < 0.1 else [])):
                for _ in range(r.choice([0, 0, 0, 1, 1, 2])):
                    mark = str(max(1, min(5, round(r.gauss(self.ability[pupil], 0.8)))))
                    value = r.choices([mark, "зач", "незач", ".", "0"], [90, 3, 3, 2, 2])[0]
                    work = r.choice(works) if r.random() < 0.6 else ""
                    self.rows["marks"].append([self.id("marks", "M"), lesson, pupil, value, work, self.moment(day, 0, 9)])
                if r.random() < 0.2:
                    self.rows["attendance"].append([lesson, pupil, r.choice(["б", "ну", "н", "оп", "?"])])

    def term_marks(self):
        r = self.random
        wanted = [(term, pupil, one) for term in self.rows["terms"] for pupil in self.pupils for one in self.subjects]
        for term, pupil, subject in wanted:
            if r.random() < 0.3:
                continue
            kinds = ["year" if term[1] == "year" else "term"] * r.choice([1] * 12 + [2])
            if term[1] == "year" and r.random() < 0.3:
                kinds.append(r.choice(["exam", "state_exam", "final"]))
            for kind in kinds:
                mark = str(max(2, min(5, round(r.gauss(self.ability[pupil], 0.6)))))
                value = r.choices([mark, "1", "н/а", "осв", "безотм", "зач", "незач", ""], [85, 1, 3, 3, 2, 2, 1, 3])[0]
                until = term[4] + timedelta(days=r.randint(-5, 30)) if not value or r.random() < 0.03 else ""
                self.rows["term_marks"].append([pupil, subject, term[0], kind, value, until, self.moment(term[4], -6, 3)])

    def leave_out(self):
        if self.random.random() < 0.3:
            missing = self.random.choice(OPTIONAL)
            del self.rows[missing]
            if missing == "works":
                self.rows["marks"] = [[*row[:4], "", row[5]] for row in self.rows["marks"]]

    def write(self, folder):
        folder.mkdir()
        for name, rows in self.rows.items():
            with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADERS[name].split(","), *rows])
        (folder / "school.toml").write_text(SCHOOL.format(start=START, end=self.end, as_of=self.as_of), encoding="utf-8")


def check(letopis, seed):
    """Builds the year of a seed; returns (cells compared, differences)."""
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        SmallYear(seed).write(place / "year")
        command = [letopis, "build", place / "year", "-o", place / "out", "--only", "movement"]
        built = subprocess.run(command, capture_output=True, text=True, check=False)
        outputs = place / "out" / "2025-2026"
        if built.returncode not in (0, 1) or not outputs.is_dir():
            return 0, [f"exit code {built.returncode}: {built.stderr[-500:]}"]
        as_of = json.loads((outputs / "build.json").read_text(encoding="utf-8"))["fingerprint"]["as_of"]
        return analytics.compare(Tables(outputs / "data" / "tables"), as_of, outputs / "data")


def main():
    letopis, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    total, failed = 0, False
    for seed in range(first, last + 1):
        compared, found = check(Path(letopis).absolute(), seed)
        total += compared
        failed |= bool(found)
        for difference in found[:10]:
            print(f"year {seed}: {difference}")
    print(f"{last + 1 - first} small years, {total} cells of analytics computed again, {'some differ' if failed else 'all agree'}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
