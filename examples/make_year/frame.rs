//! The tables that stand before the first lesson: school, people, classes, courses, curriculum, plans, timetable.

use std::collections::BTreeMap;

use super::calendar::{BUILD_DAY, Day, bell, day};
use super::plans::Planned;
use super::school::{CLERK, Course, DEPUTY, DIRECTOR, School};
use super::subjects::SUBJECTS;
use super::table::Table;
use super::timetable::Row;

/// Returns `school.toml`.
pub(crate) fn school_toml(school: &School) -> String {
    let name = |index: usize| school.staff[index].name.as_str();
    let (shape, cal) = (&school.shape, &school.cal);
    format!(
        r#"[school]
name = "{}"
short = "{}"
place = "{}"
municipality = "м. р. Небывальский"
region = "Самарская область"
utc_offset = "+04:00"

[year]
title = "{}"
start = {}
end = {}
as_of = {}

[officials]
director = {{ post = "Директор", name = "{}" }}
deputies = [ {{ post = "Заместитель директора по УВР", name = "{}", grades = "1-11" }} ]
archivist = {{ post = "Делопроизводитель", name = "{}" }}

[regulation]
title = "Положение об электронном классном журнале"
order = "54/1"
date = 2019-08-30

[archive]
fond = "27"
journal_index = "03-15"
sheet_index = "03-16"
"#,
        shape.name,
        shape.short,
        shape.place,
        cal.title,
        cal.iso(0),
        cal.iso(day("2026-05-31")),
        cal.iso(day(BUILD_DAY)),
        name(DIRECTOR),
        name(DEPUTY),
        name(CLERK),
    )
}

/// Returns the tables.
pub(crate) fn tables(school: &School, timetable: &[Row], plans: &[Vec<Planned>]) -> Vec<Table> {
    let mut tables: Vec<Table> = dates(school).into();
    tables.extend(people(school));
    tables.extend(classes(school));
    tables.extend([courses(school), course_teachers(school), curriculum(school, plans)]);
    tables.extend([lesson_plans(school, plans), timetable_table(school, timetable)]);
    tables
}

fn dates(school: &School) -> [Table; 5] {
    let cal = &school.cal;
    let mut terms = Table::new("terms", &["term_id", "kind", "title", "start", "end", "grades"]);
    for t in &cal.terms {
        let grades =
            if t.grades.0 == 10 { "10;11".to_owned() } else { format!("{}-{}", t.grades.0, t.grades.1) };
        terms.row(&[&t.id, &t.kind, &t.title, &cal.iso(t.start), &cal.iso(t.end), &grades]);
    }
    let mut holidays = Table::new("holidays", &["title", "start", "end", "grades"]);
    for h in &cal.holidays {
        let grades = h.only_grade.map_or(String::new(), |g| g.to_string());
        holidays.row(&[&h.title, &cal.iso(h.start), &cal.iso(h.end), &grades]);
    }
    let mut suspensions = Table::new("suspensions", &["start", "end", "class_ids", "reason", "order"]);
    for s in &cal.suspensions {
        let classes: Vec<&str> =
            school.classes.iter().filter(|c| c.grade <= s.up_to).map(|c| c.id.as_str()).collect();
        let classes = if s.up_to == 11 { String::new() } else { classes.join(";") };
        suspensions.row(&[&cal.iso(s.start), &cal.iso(s.end), &classes, &s.reason, &s.order]);
    }
    let mut bells = Table::new("bells", &["number", "start", "end", "shift"]);
    for number in 1..=8 {
        let time = |minute: i32| format!("{:02}:{:02}", minute / 60, minute % 60);
        bells.row(&[&number, &time(bell(number)), &time(bell(number) + 45), &""]);
    }
    let mut day_moves = Table::new("day_moves", &["date", "as_weekday", "grades"]);
    day_moves.row(&[&cal.iso(cal.moved_saturday), &1, &"5-11"]);
    [terms, holidays, suspensions, bells, day_moves]
}

fn people(school: &School) -> [Table; 3] {
    let cal = &school.cal;
    let mut staff = Table::new("staff", &["staff_id", "name", "position"]);
    for s in &school.staff {
        staff.row(&[&s.id, &s.name, &s.post]);
    }
    let columns = &[
        "pupil_id",
        "surname",
        "given_name",
        "patronymic",
        "birth_date",
        "sex",
        "file_number",
        "address",
        "phone",
        "parents",
        "health_group",
        "pe_group",
    ];
    let mut pupils = Table::new("pupils", columns);
    let columns =
        &["pupil_id", "class_id", "from", "to", "in_kind", "in_order", "out_kind", "out_order", "out_reason"];
    let mut enrolment = Table::new("enrolment", columns);
    for (i, p) in school.pupils.iter().enumerate() {
        let sex = if p.is_boy { "м" } else { "ж" };
        let letter = p.name.surname.chars().next().unwrap_or('А');
        let file = format!("{letter}-{}", 100 + i * 7 % 900);
        let (name, home) = (&p.name, &p.family);
        pupils.row(&[
            &p.id,
            &name.surname,
            &name.given,
            &name.patronymic,
            &cal.iso(p.birth),
            &sex,
            &file,
            &home.address,
            &home.phone,
            &home.mother,
            &p.health,
            &p.pe,
        ]);
        for s in &p.stays {
            let class = &school.classes[s.class].id;
            let (from, to) = (cal.iso(s.from), cal.iso(s.to));
            enrolment.row(&[
                &p.id,
                class,
                &from,
                &to,
                &s.joined.0,
                &s.joined.1,
                &s.left.0,
                &s.left.1,
                &s.left.2,
            ]);
        }
    }
    [staff, pupils, enrolment]
}

fn classes(school: &School) -> [Table; 4] {
    let mut subjects =
        Table::new("subjects", &["subject_id", "title", "short", "area", "component", "grading"]);
    for s in &SUBJECTS {
        let is_own =
            s.area.starts_with("Часть") || s.area.starts_with("Элект") || s.area.starts_with("Внеуроч");
        subjects.row(&[
            &s.id,
            &s.title,
            &s.short,
            &s.area,
            &if is_own { "school" } else { "federal" },
            &s.grading,
        ]);
    }
    let mut classes = Table::new("classes", &["class_id", "grade", "letter", "teacher_id", "profile"]);
    for c in &school.classes {
        let profile = if c.grade >= 10 { "универсальный" } else { "" };
        classes.row(&[&c.id, &c.grade, &c.letter, &school.staff[c.teacher].id, &profile]);
    }
    let mut groups = Table::new("groups", &["group_id", "title", "class_ids", "kind"]);
    let mut members = Table::new("group_members", &["group_id", "pupil_id", "from", "to"]);
    for g in &school.groups {
        let ids: Vec<&str> = g.classes.iter().map(|&c| school.classes[c].id.as_str()).collect();
        groups.row(&[&g.id, &g.title, &ids.join(";"), &g.kind]);
        for m in &g.members {
            members.row(&[&g.id, &school.pupils[m.pupil].id, &school.cal.iso(m.from), &school.cal.iso(m.to)]);
        }
    }
    [subjects, classes, groups, members]
}

fn courses(school: &School) -> Table {
    let columns = &["course_id", "subject_id", "class_id", "group_id", "teacher_id", "hours_week", "kind"];
    let mut table = Table::new("courses", columns);
    for c in &school.courses {
        let group = c.group.map_or("", |g| school.groups[g].id.as_str());
        let class = if group.is_empty() { school.classes[c.classes[0]].id.as_str() } else { "" };
        table.row(&[
            &c.id,
            &SUBJECTS[c.subject].id,
            &class,
            &group,
            &school.staff[c.teacher].id,
            &c.hours,
            &c.kind,
        ]);
    }
    table
}

fn course_teachers(school: &School) -> Table {
    let mut table = Table::new("course_teachers", &["course_id", "teacher_id", "from", "to", "role"]);
    for course in &school.courses {
        let Some((from, teacher)) = course.successor else { continue };
        let (last, first) = (school.cal.iso(from - 1), school.cal.iso(0));
        table.row(&[&course.id, &school.staff[course.teacher].id, &first, &last, &"main"]);
        table.row(&[&course.id, &school.staff[teacher].id, &school.cal.iso(from), &"", &"main"]);
    }
    table
}

/// The plan is the timetable's hours less a small reserve; a subject taught in halves is planned once, for the class.
fn curriculum(school: &School, plans: &[Vec<Planned>]) -> Table {
    let columns = &["subject_id", "class_id", "group_id", "pupil_id", "term_id", "hours"];
    let mut table = Table::new("curriculum", columns);
    for (i, (course, plan)) in school.courses.iter().zip(plans).enumerate() {
        let is_second_half = course.bundle != i && school.courses[course.bundle].subject == course.subject;
        if is_second_half {
            continue;
        }
        let kind = course.group.map_or("", |g| school.groups[g].kind);
        let (mut class, mut group, mut pupil) = ("", "", "");
        match kind {
            "" | "group" => class = &school.classes[course.classes[0]].id,
            "individual" => pupil = course.members.first().map_or("", |m| school.pupils[m.pupil].id.as_str()),
            _ => group = course.group.map_or("", |g| school.groups[g].id.as_str()),
        }
        for (term, hours) in planned_hours(school, course, plan) {
            table.row(&[&SUBJECTS[course.subject].id, &class, &group, &pupil, &term, &hours]);
        }
    }
    table
}

fn planned_hours(school: &School, course: &Course, plan: &[Planned]) -> Vec<(&'static str, usize)> {
    let is_off = |day: Day| course.grade <= 4 && school.cal.is_suspended(course.grade, day);
    let mut hours: BTreeMap<usize, usize> = BTreeMap::new();
    for row in plan.iter().filter(|row| !is_off(row.day)) {
        *hours.entry(row.term).or_default() += 1;
    }
    if course.kind != "lesson" {
        return vec![("", hours.values().sum::<usize>() - 2)];
    }
    let reserve = |place: usize| usize::from(place == 2 || (place > 0 && course.hours > 1));
    hours
        .iter()
        .enumerate()
        .map(|(place, (term, hours))| (school.cal.terms[*term].id, hours - reserve(place)))
        .collect()
}

fn lesson_plans(school: &School, plans: &[Vec<Planned>]) -> Table {
    let columns = &["course_id", "seq", "topic", "hours", "section", "planned_date"];
    let mut table = Table::new("lesson_plans", columns);
    for (course, plan) in school.courses.iter().zip(plans) {
        for (seq, row) in (1..).zip(plan) {
            table.row(&[&course.id, &seq, &row.topic, &1, &row.section, &school.cal.iso(row.day)]);
        }
    }
    table
}

fn timetable_table(school: &School, timetable: &[Row]) -> Table {
    let mut table = Table::new("timetable", &["course_id", "weekday", "number", "room", "from", "to"]);
    for row in timetable {
        let course = &school.courses[row.course];
        table.row(&[&course.id, &row.weekday, &row.number, &(course.teacher + 4), &"", &""]);
    }
    table
}
