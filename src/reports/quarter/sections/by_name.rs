//! By name: who fails, who is not assessed, who is one mark short; with subject, teacher and the current mean.

use rustc_hash::FxHashMap;

use crate::model::{Id, Pupil, Subject};
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::common::numbers::{GAP, mean};
use crate::reports::common::table::{count, numbered, table, text};
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::Given;
use crate::stats::analytics::{PUPIL_SUBJECTS, Record, STANDINGS};

pub(in crate::reports::quarter) const BY_NAME: Section =
    Section {
        title: "Неуспевающие, неаттестованные и резерв поимённо", starts_page: false, lay
    };

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    let lack = quarter.data.lack(&STANDINGS).or_else(|| quarter.coverage.lack_of_term_marks());
    if let Some(why) = lack {
        return say_lack(paper, &why);
    }
    let lists = Lists::new(quarter);
    lists.failing(paper);
    lists.not_assessed(paper);
    lists.reserve(paper, "one_4", "Резерв: с одной «4»", "отличников");
    lists.reserve(paper, "one_3", "Резерв: с одной «3»", "хорошистов");
    let note = "Средний — простой средний текущих отметок за период, в скобках их число. «Было» — отметка за \
                прошлый период, «повт.» — та же и теперь. Учитель — тот, чьё имя носит курс.";
    say_whom(paper, &quarter.marked(), note);
}

type Place = (Id<Pupil>, Id<Subject>);

struct Lists<'q, 'a> {
    quarter: &'q Quarter<'a>,
    given: FxHashMap<Place, &'q Given>,
    given_before: FxHashMap<Place, &'q Given>,
    /// Current marks of a pupil in a subject.
    current: FxHashMap<(&'a str, &'a str), Record<'a>>,
}

impl<'q, 'a> Lists<'q, 'a> {
    fn new(quarter: &'q Quarter<'a>) -> Self {
        let by_place = |given: &'q [Given]| {
            let first = given.iter().filter(|one| one.is_first);
            first.map(|one| ((one.pupil, one.subject), one)).collect()
        };
        let rows = quarter.data.rows(&PUPIL_SUBJECTS);
        Self {
            quarter,
            given: by_place(&quarter.given),
            given_before: by_place(&quarter.given_before),
            current: rows.map(|row| ((row.text("pupil_id"), row.text("subject_id")), row)).collect(),
        }
    }

    /// Returns rows of pupils with a standing, one for each deciding subject, by class and name.
    fn rows(&self, is_wanted: impl Fn(Record<'a>) -> bool) -> Vec<Vec<String>> {
        let own = self.quarter.standing_rows().filter(|row| is_wanted(*row));
        let mut rows = Vec::new();
        for (row, name) in self.quarter.by_name(own) {
            for subject in row.list("deciding") {
                rows.push(self.line(row, &name, subject));
            }
        }
        rows
    }

    fn line(&self, row: Record<'a>, name: &str, subject: &'a str) -> Vec<String> {
        let keys = &self.quarter.data.keys;
        let place = keys.pupil(row.text("pupil_id")).zip(keys.subject(subject));
        let mark = |given: &FxHashMap<Place, &Given>| {
            let one = place.and_then(|place| given.get(&place).copied());
            one.and_then(|one| one.value).map(|value| value.code().to_owned())
        };
        let (own, before) = (mark(&self.given), mark(&self.given_before));
        let again = if own.is_some() && own == before { "повт." } else { "" };
        let course = place.and_then(|place| self.given.get(&place)).map(|one| one.course);
        let teacher =
            course.map(|course| keys.teacher_name(self.quarter.data.journal().courses[course].teacher));
        vec![
            name.to_owned(),
            row.text("class_id").to_owned(),
            place.map_or_else(|| subject.to_owned(), |(_, subject)| keys.subject_name(subject)),
            teacher.unwrap_or(GAP.to_owned()),
            own.unwrap_or_default(),
            current(self.current.get(&(row.text("pupil_id"), subject)).copied()),
            before.map_or(GAP.to_owned(), |before| format!("{before} {again}").trim().to_owned()),
        ]
    }

    fn failing(&self, paper: &mut Paper) {
        let rows = self.rows(|row| row.text("standing") == "failing");
        let all = self.quarter.standings(|_| true);
        let before = |test: &dyn Fn(&str) -> bool| {
            let own = self.quarter.standing_rows().filter(|row| row.text("standing") == "failing");
            own.filter(|row| test(row.text("before"))).count()
        };
        let before = match self.quarter.data.before {
            Some(_) => format!(
                " В прошлом периоде успевали {}, не успевали или не были аттестованы {}.",
                before(&|one| matches!(one, "excellent" | "good" | "satisfactory")),
                before(&|one| matches!(one, "failing" | "not_assessed"))
            ),
            None => String::new(),
        };
        let said = format!(
            "Неуспевающих {}, из них по двум и более предметам {}.{before}",
            all.failing, all.failing_in_many
        );
        self.list(paper, "Неуспевающие", &said, rows);
    }

    fn not_assessed(&self, paper: &mut Paper) {
        let rows = self.rows(|row| row.text("standing") == "not_assessed");
        let all = self.quarter.standings(|_| true);
        let said = format!(
            "Неаттестованных {}; причину журнал не хранит, пропуски стоят в разделе {}.",
            all.not_assessed,
            self.quarter.number_of(&super::ABSENCES)
        );
        self.list(paper, "Неаттестованные", &said, rows);
    }

    fn reserve(&self, paper: &mut Paper, short: &str, title: &str, of_whom: &str) {
        let rows = self.rows(|row| row.text("one_short") == short);
        let said = format!(
            "До {of_whom} не хватает одной отметки: {}.",
            format::counted(rows.len(), ["ученик", "ученика", "учеников"])
        );
        self.list(paper, title, &said, rows);
    }

    fn list(&self, paper: &mut Paper, title: &str, said: &str, rows: Vec<Vec<String>>) {
        paper.heading(2, title);
        if rows.is_empty() {
            return paper.paragraph(Look::Text, "Таких учеников 0.");
        }
        paper.paragraph(Look::Text, said);
        let columns = vec![
            count("№", 7.5),
            text("Фамилия, имя", 45.0),
            text("Класс", 11.0),
            text("Предмет", 45.0),
            text("Учитель", 33.0),
            count("Отмет-ка", 11.0),
            count("Средний", 14.0),
            count("Было", 13.5),
        ];
        paper.table(&table(columns, numbered(rows)));
    }
}

/// Returns «3,46 (12)»: the plain mean of current marks and how many there are.
fn current(row: Option<Record<'_>>) -> String {
    match row {
        Some(row) if row.count("marks") > 0 => {
            format!("{} ({})", mean(row.number("mean")), row.count("marks"))
        }
        Some(_) => format!("{GAP} (0)"),
        None => GAP.to_owned(),
    }
}
