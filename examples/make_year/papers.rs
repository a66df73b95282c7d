//! The papers around the journal: accounts, consents, acquaintance, remarks, recommendations, set-up, council's decisions.

use fastrand::Rng;

use super::calendar::{Day, Moment, at, day};
use super::people::Pupil;
use super::school::{CLERK, DEPUTY, DIRECTOR, School};
use super::table::Table;
use super::words::pick;

const REMARKS: [&str; 6] = [
    "Заполнить сведения о родителях",
    "Своевременно записывать домашнее задание",
    "Увеличить число отметок у слабоуспевающих учеников",
    "Темы уроков привести в соответствие с КТП",
    "Отметить причины пропусков за месяц",
    "Проверить учёт отсутствующих: расхождение с уроками",
];
const ADVICE: [&str; 5] = [
    "Больше читать вслух, вести читательский дневник",
    "Повторить таблицу умножения и действия с дробями",
    "Посещать консультации по средам",
    "Пройти осмотр у окулиста, пересадить на первую парту",
    "Отработать пропущенные темы по карточкам учителя",
];
const SETUP: [(&str, &str, usize, &str); 7] = [
    ("Учебный план", "2025-09-03", DEPUTY, "Z.5"),
    ("Учебные периоды и каникулы", "2025-09-03", DEPUTY, "Z.5"),
    ("Расписание уроков", "2025-09-05", DEPUTY, "Z.5"),
    ("Классы и движение учеников", "2025-09-09", DIRECTOR, "D.10"),
    ("Нагрузка учителей", "2025-09-10", DIRECTOR, "D.10"),
    ("Подгруппы и индивидуальные планы", "2025-09-12", DEPUTY, "R.2.2"),
    ("Календарно-тематические планы", "2025-09-18", DEPUTY, "R.2.2"),
];
/// Account's owner among the staff, detected, director told, support told and closed, in minutes of the day.
pub(crate) const BREACHES: [(usize, &str, [i32; 4], &str); 2] = [
    (7, "2025-11-13", [620, 635, 650, 910], "Пароль был записан на листке в кабинете"),
    (11, "2026-03-18", [545, 760, 570, 960], "Вход с чужого компьютера"),
];

/// Returns the account of a member of the staff.
pub(crate) fn account(staff: usize) -> String {
    format!("user{:03}", staff + 1)
}

/// Returns the tables.
pub(crate) fn tables(school: &School, rng: &mut Rng) -> Vec<Table> {
    vec![
        accounts(school),
        breaches(school),
        setup(school),
        consents(school, rng),
        acknowledgements(school, rng),
        recommendations(school, rng),
        remarks(school, rng),
        decisions(school),
    ]
}

fn accounts(school: &School) -> Table {
    let mut table = Table::new("accounts", &["account", "staff_id", "role"]);
    for (i, staff) in school.staff.iter().enumerate() {
        let role = match i {
            DIRECTOR => "director",
            DEPUTY => "deputy",
            CLERK => "clerk",
            3 => "administrator",
            _ => "teacher",
        };
        table.row(&[&account(i), &staff.id, &role]);
    }
    table
}

fn breaches(school: &School) -> Table {
    let columns = &["account", "detected_at", "director_told_at", "support_told_at", "closed_at", "note"];
    let mut table = Table::new("breaches", columns);
    for (owner, date, minutes, note) in BREACHES {
        let [detected, director, support, closed] = minutes.map(|m| school.cal.stamp(at(day(date), m)));
        table.row(&[&account(owner), &detected, &director, &support, &closed, &note]);
    }
    table
}

fn setup(school: &School) -> Table {
    let mut table = Table::new("setup", &["section", "done_at", "staff_id", "due_clause"]);
    for (section, date, staff, clause) in SETUP {
        table.row(&[&section, &school.cal.stamp(at(day(date), 915)), &school.staff[staff].id, &clause]);
    }
    table
}

fn consents(school: &School, rng: &mut Rng) -> Table {
    let columns = &["pupil_id", "parent", "given", "at", "channels", "phone", "email"];
    let mut table = Table::new("consents", columns);
    for (i, p) in school.pupils.iter().enumerate() {
        if i % 47 == 30 {
            continue;
        }
        let given = u8::from(i % 29 != 11);
        let channels = *pick(rng, &[&"portal", &"portal;sms", &"portal;email", &"paper"]);
        let email = if channels.contains("email") {
            format!("{}@example.org", p.id.to_lowercase())
        } else {
            String::new()
        };
        let signed = p.stays[0].from + rng.i32(0..12);
        let signed = school.cal.stamp(at(signed, rng.i32(8..18) * 60));
        table.row(&[&p.id, &p.family.mother, &given, &signed, &channels, &p.family.phone, &email]);
    }
    table
}

fn acknowledgements(school: &School, rng: &mut Rng) -> Table {
    let mut table = Table::new("acknowledgements", &["pupil_id", "parent", "at", "term_id", "method"]);
    for p in &school.pupils {
        for (_, term) in school.cal.terms_of(grade_of(school, p)) {
            let is_there = p.class_on(term.end).is_some();
            if !is_there || rng.u32(..40) == 0 {
                continue;
            }
            let method = pick(rng, &["portal", "portal", "paper"]);
            let seen = school.cal.stamp(at(term.end + rng.i32(0..5), rng.i32(17..22) * 60));
            table.row(&[&p.id, &p.family.mother, &seen, &term.id, &method]);
        }
    }
    table
}

fn grade_of(school: &School, pupil: &Pupil) -> u8 {
    pupil.stays.last().map_or(1, |s| school.classes[s.class].grade)
}

fn recommendations(school: &School, rng: &mut Rng) -> Table {
    let mut table = Table::new("recommendations", &["pupil_id", "staff_id", "at", "text", "course_id"]);
    for (i, p) in school.pupils.iter().enumerate() {
        if p.ability > 3.35 && i % 31 != 5 {
            continue;
        }
        let courses =
            || school.courses.iter().filter(|c| c.is_graded() && c.members.iter().any(|m| m.pupil == i));
        let course = courses().nth(rng.usize(..courses().count().max(1)));
        let written = school.cal.stamp(at(day(pick(rng, &["2025-10-24", "2025-12-30", "2026-03-27"])), 900));
        let (staff, id) = course.map_or((DEPUTY, ""), |c| (c.teacher, c.id.as_str()));
        table.row(&[
            &p.id,
            &school.staff[staff].id,
            &written,
            pick(rng, &[&ADVICE[0], &ADVICE[1], &ADVICE[2], &ADVICE[3], &ADVICE[4]]),
            &id,
        ]);
    }
    table
}

/// The deputy looks through every journal after each quarter; most remarks are attended to within a week.
fn remarks(school: &School, rng: &mut Rng) -> Table {
    let mut table = Table::new("remarks", &["class_id", "at", "staff_id", "text", "done_at"]);
    for (checked, is_year_end) in [
        ("2025-10-02", false),
        ("2025-11-06", false),
        ("2026-01-14", false),
        ("2026-04-08", false),
        ("2026-05-28", true),
    ] {
        for class in &school.classes {
            let at_noon: Moment = at(day(checked) + rng.i32(0..3), 720 + rng.i32(0..180));
            let done: Day = at_noon.div_euclid(1440) + rng.i32(1..8);
            let done = if rng.u32(..12) == 0 { String::new() } else { school.cal.stamp(at(done, 900)) };
            let remark = if is_year_end {
                "Журнал проверен. Замечаний нет"
            } else {
                REMARKS[rng.usize(..REMARKS.len())]
            };
            table.row(&[&class.id, &school.cal.stamp(at_noon), &school.staff[DEPUTY].id, &remark, &done]);
        }
    }
    table
}

fn decisions(school: &School) -> Table {
    let mut table = Table::new("decisions", &["pupil_id", "kind", "to_grade", "protocol", "date"]);
    for (i, p) in school.pupils.iter().enumerate().filter(|(_, p)| p.last_day() > day("2026-06-01")) {
        let grade = grade_of(school, p);
        let owes = super::absences::long_illnesses(school)[1].pupil == i;
        let (kind, to) = match grade {
            9 | 11 => ("graduated", String::new()),
            _ if owes => ("conditional", (grade + 1).to_string()),
            _ => ("promoted", (grade + 1).to_string()),
        };
        let (protocol, date) = if kind == "graduated" { ("9", "2026-06-24") } else { ("8", "2026-05-28") };
        table.row(&[&p.id, &kind, &to, &protocol, &school.cal.iso(day(date))]);
    }
    table
}
