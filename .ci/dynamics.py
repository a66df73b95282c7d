"""Change from the term before (`dynamics` of the analytics): every figure of term marks then and now, and over the same pupils."""

from collections import defaultdict
from fractions import Fraction

from year import NUMERIC, level

WEIGHTS = {"5": 100, "4": 64, "3": 36, "2": 16, "1": 7, "н/а": 7}
METRICS = ("attainment", "quality", "sou", "mean_mark")
SCOPES = ("school", "level", "parallel", "class", "teacher", "course")


def scope_marks(year, term):
    """(scope, id, subject or "") -> (pooled by pupils?, {pupil: [states]}, {grades}) of the mark figures of a term."""
    pools = {}
    def pool(key, by_pupil, grade, pupil=None, state=None):
        entry = pools.setdefault(key, (by_pupil, defaultdict(list), set()))
        if grade is not None:
            entry[2].add(grade)
        if pupil is not None:
            entry[1][pupil].append(state)
    for course in year.tables["courses"]:
        if not year.is_graded(course):
            continue
        for class_id in year.course_classes(course):
            grade = year.grade(class_id)
            if grade < 2 or grade not in year.grades[term["term_id"]]:
                continue
            for scope in (("class", class_id), ("parallel", str(grade)), ("level", level(grade)), ("school", "")):
                pool((*scope, course["subject_id"]), False, grade)
            pool(("course", course["course_id"], course["subject_id"]), False, grade)
            pool(("teacher", course["teacher_id"], course["subject_id"]), False, grade)
            pool(("teacher", course["teacher_id"], ""), False, grade)
    for class_id in year.classes_of_term(term, 2):
        grade = year.grade(class_id)
        scopes = (("class", class_id), ("parallel", str(grade)), ("level", level(grade)), ("school", ""))
        for scope in scopes:
            pool((*scope, ""), True, grade)
        for pupil in year.tables.class_members(class_id, term["end"]):
            courses = year.graded_of_pupil(pupil, term["end"])
            for subject in {c["subject_id"] for c in courses}:
                state = year.state(pupil, subject, term)
                for scope in scopes:
                    pool((*scope, ""), True, grade, pupil, state)
                    pool((*scope, subject), False, grade, pupil, state)
            for course in courses:
                subject, teacher = course["subject_id"], course["teacher_id"]
                state = year.state(pupil, subject, term)
                pool(("course", course["course_id"], subject), False, grade, pupil, state)
                pool(("teacher", teacher, subject), False, grade, pupil, state)
                pool(("teacher", teacher, ""), False, grade, pupil, state)
    return pools


def counted(metric, states):
    if metric == "mean_mark":
        return [s for s in states if s in NUMERIC]
    return [s for s in states if s in NUMERIC or s == "н/а"]


def figure(metric, by_pupil, pupils):
    """The metric over {pupil: [states]}, or None."""
    lists = [c for c in (counted(metric, s) for s in pupils.values()) if c]
    flat = [s for states in lists for s in states]
    if not flat:
        return None
    if metric == "mean_mark":
        return Fraction(sum(int(s) for s in flat), len(flat))
    if metric == "sou":
        return Fraction(sum(WEIGHTS[s] for s in flat), len(flat))
    good = ("3", "4", "5") if metric == "attainment" else ("4", "5")
    if not by_pupil:
        return Fraction(100 * sum(s in good for s in flat), len(flat))
    return Fraction(100 * sum(all(s in good for s in states) for states in lists), len(lists))


def dynamics(year, metrics):
    pools = {t["term_id"]: scope_marks(year, t) for t in year.ended}
    for row in metrics:
        if row["metric"] not in METRICS or row["scope"] not in SCOPES:
            continue
        term = year.term_by_id[row["term_id"]]
        key = (row["scope"], row["scope_id"], row["subject_id"])
        if key not in pools[row["term_id"]]:
            yield [row["term_id"], *key, row["metric"], *["a whole that no definition gives"] * 7]
            continue
        by_pupil, now, grades = pools[row["term_id"]][key]
        previous = {(year.previous(term, g) or {}).get("term_id") for g in grades}
        if len(previous) != 1 or None in previous:
            continue
        before_id = previous.pop()
        _, then, _ = pools[before_id].get(key, (by_pupil, {}, set()))
        metric = row["metric"]
        value = figure(metric, by_pupil, now)
        before = figure(metric, by_pupil, then) if key in pools[before_id] else None
        both = {p for p in now if counted(metric, now[p]) and counted(metric, then.get(p, []))}
        yield [row["term_id"], *key, metric, value, before_id, before, None if value is None or before is None else value - before, len(both),
               figure(metric, by_pupil, {p: now[p] for p in both}), figure(metric, by_pupil, {p: then[p] for p in both})]
