//! Walks through the courses and fills the tables of the journal itself: lessons, homework, attendance, marks.

use fastrand::Rng;

use super::absences::{Absences, missed_days};
use super::calendar::Day;
use super::homework::{give, homework_table};
use super::lessons::Lesson;
use super::marks::{Attended, Marks, OUTSIDE, Sample, Standing};
use super::plans::{Planned, Role};
use super::school::{Course, School};
use super::subjects::SUBJECTS;
use super::table::Table;
use super::term_marks::TermMarks;

/// The tables that grow with every lesson, and what other tables need of them.
pub(crate) struct Journal {
    pub(crate) tables: Vec<Table>,
    /// `marks` by quarter.
    pub(crate) marks: [Table; 4],
    pub(crate) samples: Vec<Sample>,
}

/// Fills the tables.
pub(crate) fn journal(school: &School, lessons: &[Lesson], plans: &[Vec<Planned>], rng: &mut Rng) -> Journal {
    let mut by_course: Vec<Vec<usize>> = vec![Vec::new(); school.courses.len()];
    for (i, lesson) in lessons.iter().enumerate().filter(|(_, l)| l.is_held()) {
        by_course[lesson.course].push(i);
    }
    let mut absences = Absences::new(school, missed_days(school, rng), stranger(school));
    let mut marks = Marks::new(school, plans);
    let mut term_marks = TermMarks::new(school);
    let mut homework = homework_table();
    for (course, indices) in school.courses.iter().zip(&by_course) {
        let mut attended = Vec::with_capacity(indices.len());
        for (place, &i) in indices.iter().enumerate() {
            let (lesson, id) = (&lessons[i], lesson_id(i));
            let next = indices.get(place + 1).map(|&n| lessons[n].day);
            give(&mut homework, school, lesson, &id, next, rng);
            if !lesson.is_remote {
                let presence = presence(&mut absences, course, lesson, &id, rng);
                attended.push(Attended { lesson, id, presence });
            }
        }
        terms(school, course, &attended, &mut marks, &mut term_marks, rng);
    }
    for course in &school.courses {
        if course.kind == "lesson" && SUBJECTS[course.subject].grading != "none" {
            term_marks.year(course, rng);
        }
    }
    let register = absences.register(rng);
    Journal {
        tables: vec![
            lesson_table(school, lessons, plans, rng),
            homework,
            absences.table,
            register,
            marks.works,
            term_marks.table,
        ],
        marks: marks.quarters,
        samples: marks.samples,
    }
}

fn terms<'a>(
    school: &'a School,
    course: &'a Course,
    attended: &[Attended],
    marks: &mut Marks<'a>,
    term_marks: &mut TermMarks,
    rng: &mut Rng,
) {
    if !course.is_graded() {
        return;
    }
    for (_, term) in school.cal.terms_of(course.grade) {
        let in_term = |l: &Attended| (term.start..=term.end).contains(&l.lesson.day);
        let first = attended.iter().position(in_term).unwrap_or(attended.len());
        let count = attended[first..].iter().take_while(|l| in_term(l)).count();
        let lessons = &attended[first..first + count];
        // Each member is a little better or worse at each subject, and from term to term.
        let member = |pupil: usize| Standing {
            level: school.pupils[pupil].ability + school.pupils[pupil].gift(course.subject) + rng.f64() * 0.2
                - 0.1,
            usual: term_marks.last(pupil, course.subject),
        };
        let members: Vec<Standing> = course.members.iter().map(|m| m.pupil).map(member).collect();
        let tallies = marks.term(course, &members, term, lessons, rng);
        if course.kind == "lesson" {
            let last_day = lessons.last().map_or(term.end, |l| l.lesson.day);
            term_marks.term(course, term, last_day, &tallies, rng);
        }
    }
}

fn presence(absences: &mut Absences, course: &Course, lesson: &Lesson, id: &str, rng: &mut Rng) -> Vec<u8> {
    let is_in = |from: Day, to: Day| from <= lesson.day && lesson.day <= to;
    let members = course.members.iter();
    members
        .map(|m| if is_in(m.from, m.to) { absences.decide(lesson, id, m.pupil, rng) } else { OUTSIDE })
        .collect()
}

/// A pupil of grade 9 who gives one course up for a quarter.
fn stranger(school: &School) -> Option<(usize, usize)> {
    let course = school.courses.iter().position(|c| c.grade == 9 && SUBJECTS[c.subject].id == "prob")?;
    Some((school.courses[course].members.get(3)?.pupil, course))
}

pub(crate) fn lesson_id(index: usize) -> String {
    format!("L{:05}", index + 1)
}

fn lesson_table(school: &School, lessons: &[Lesson], plans: &[Vec<Planned>], rng: &mut Rng) -> Table {
    let columns = &[
        "lesson_id",
        "course_id",
        "date",
        "number",
        "status",
        "moved_to",
        "teacher_id",
        "replaces_teacher_id",
        "room",
        "kind",
        "topic",
        "plan_seq",
        "recorded_at",
        "recorded_by",
    ];
    let mut table = Table::new("lessons", columns);
    let staff = |index: usize| school.staff[index].id.as_str();
    for (i, lesson) in lessons.iter().enumerate() {
        let course = &school.courses[lesson.course];
        let usual = course.teacher_on(lesson.day);
        let is_substitution = lesson.teacher != usual && lesson.is_marked_substitution;
        let replaces = if is_substitution { staff(usual) } else { "" };
        let (seq, topic) = topic(lesson, plans, rng);
        let kind = match lesson.role(plans) {
            _ if lesson.is_remote => "дистанционно",
            Role::Control => "контрольная",
            _ => "",
        };
        let moved = lesson.moved_to.map_or("", |day| school.cal.iso(day));
        let (date, room) = (school.cal.iso(lesson.day), usual + 4);
        // One recording time in a thousand is lost.
        let recorded =
            if rng.u32(..1000) == 0 { String::new() } else { school.cal.short_stamp(lesson.recorded) };
        table.row(&[
            &lesson_id(i),
            &course.id,
            &date,
            &lesson.number,
            &lesson.status,
            &moved,
            &staff(lesson.teacher),
            &replaces,
            &room,
            &kind,
            &topic,
            &seq,
            &recorded,
            &staff(lesson.by),
        ]);
    }
    table
}

/// The plan's topic, a few times forgotten or worded otherwise.
fn topic(lesson: &Lesson, plans: &[Vec<Planned>], rng: &mut Rng) -> (String, String) {
    let Some((seq, plan)) = lesson.plan.and_then(|seq| Some((seq, plans[lesson.course].get(seq)?))) else {
        return Default::default();
    };
    let topic = match rng.u32(..1000) {
        0 | 1 => String::new(),
        2..5 => format!("{}, повторение", plan.topic),
        _ => plan.topic.clone(),
    };
    ((seq + 1).to_string(), topic)
}
