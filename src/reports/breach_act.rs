//! The act of a breach of confidentiality (Акт о фиксации нарушения конфиденциальности; R.4.3): one for each
//! reported breach, with the times of notice compared with the hour, and the void entries. It names no pupil.

use std::sync::Arc;

use anyhow::Result;
use jiff::SignedDuration;
use jiff::civil::DateTime;
use serde::Serialize;

use super::context::ReportContext;
use super::each::{About, Each, Of};
use super::gaps;
use super::report::{Form, Keeping, Reader, Report};
use crate::base::said::refuse;
use crate::model::*;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::pdf::{PdfJob, Standard, Template};
use crate::rules::ENTRY_VOID;
use crate::rules::finding::Finding;

/// Title of an act; its number follows.
pub const TITLE: &str = "Акт о фиксации нарушения конфиденциальности";

/// Its template.
pub const TEMPLATE: Template =
    Template { name: "breach-act.typ", source: include_str!("../../templates/breach-act.typ") };

/// The report.
pub static REPORT: Report = Report {
    kind: "breach",
    title: TITLE,
    readers: &[Reader::Director, Reader::Deputy],
    keeping: Keeping::Act,
    each: Each::Breach,
    forms: &[Form::Pages { template: TEMPLATE, make }],
    missing: "не создан",
};

fn make(context: &ReportContext<'_>, about: &About, path: &str) -> Result<PdfJob> {
    match about.of {
        Of::Breach(index) => Ok(job(context, index, path)?),
        _ => refuse!(
            "акт о нарушении просят не о нарушении",
            "an act of a breach is asked for of something else"
        ),
    }
}

#[derive(Serialize)]
struct View {
    title: String,
    date: [i16; 3],
    school: String,
    number: usize,
    director: Signer,
    paragraphs: Vec<String>,
    told: Grid,
    entries: Grid,
    no_entries: String,
    conclusions: Vec<String>,
    signers: Vec<Signer>,
}

#[derive(Serialize)]
struct Signer {
    post: String,
    name: String,
}

/// A table for the template: widths in millimetres, titles, rows.
#[derive(Serialize)]
struct Grid {
    widths: Vec<f64>,
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// Returns the breaches by the moment of detection: the first act is number 1.
pub fn breaches(journal: &Journal) -> Vec<&Breach> {
    let mut breaches: Vec<&Breach> = journal.breaches.iter().collect();
    breaches.sort_by_key(|breach| (breach.detected_at, breach.place));
    breaches
}

/// Returns the job of the act with an index into [`breaches`].
///
/// # Errors
/// When the view cannot be written as JSON, which is a fault of the program.
pub fn job(context: &ReportContext<'_>, index: usize, path: &str) -> serde_json::Result<PdfJob> {
    let journal = context.journal;
    let year = format::years(&journal.year.title);
    let view = breaches(journal).get(index).map(|breach| Act { context, breach }.view(index + 1));
    Ok(PdfJob {
        path: path.to_owned(),
        template: TEMPLATE,
        templates: Arc::default(),
        data: serde_json::to_vec(&view)?,
        drawings: Vec::new(),
        standard: Standard::Tagged,
        ident: format!("letopis breach act {year} {}", index + 1),
    })
}

struct Act<'a> {
    context: &'a ReportContext<'a>,
    breach: &'a Breach,
}

impl Act<'_> {
    fn view(&self, number: usize) -> View {
        let journal = self.context.journal;
        let as_of = self.context.as_of;
        let school = &journal.school;
        let officials = &journal.officials;
        let signer = |one: &Official| Signer { post: one.post.clone(), name: format::signature(&one.name) };
        let mut signers: Vec<Signer> = officials.deputies.iter().map(|one| signer(&one.official)).collect();
        signers.push(Signer {
            post: "Администратор системы".to_owned(), name: String::new()
        });
        let owner = self.owner().map(|staff| format::signature(&staff.name)).unwrap_or_default();
        signers
            .push(Signer {
                post: "С актом ознакомлен(а), владелец учётной записи".to_owned(), name: owner
            });
        let entries = self.entries();
        View {
            title: format!("{TITLE} № {number}, {} учебный год", format::years(&journal.year.title)),
            date: [as_of.year(), as_of.month().into(), as_of.day().into()],
            school: school.full_name().to_owned(),
            number,
            director: signer(&officials.director),
            paragraphs: self.paragraphs(),
            told: self.told(),
            conclusions: self.conclusions(&entries),
            no_entries: self.no_entries(),
            entries: self.grid(&entries),
            signers,
        }
    }

    fn owner(&self) -> Option<&Staff> {
        let journal = self.context.journal;
        let account = journal.accounts.iter().find(|account| account.key == self.breach.account)?;
        account.staff.map(|staff| &journal.staff[staff])
    }

    fn paragraphs(&self) -> Vec<String> {
        let breach = self.breach;
        let owner = match self.owner() {
            Some(staff) => [clean(&staff.name), clean(&staff.position)]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            None => "владелец в выгрузке не указан".to_owned(),
        };
        let mut first = format!(
            "{} обнаружено нарушение конфиденциальности условий доступа к учётной записи «{}» ({owner}).",
            format::moment(breach.detected_at),
            breach.account
        );
        if !breach.note.is_empty() {
            first.push_str(&format!(" Обстоятельства: {}.", clean(&breach.note).trim_end_matches('.')));
        }
        let closed = match breach.closed_at {
            Some(at) => format!("Доступ под прежними реквизитами закрыт {}.", format::moment(at)),
            None => format!("На {} доступ не закрыт.", format::date(self.context.as_of)),
        };
        let minutes = self.context.policy.breach_told_within.as_mins();
        let clause = format!(
            "Регламент, п. 4.3: о нарушении директора школы и службу технической поддержки уведомляют в течение не более чем \
             1 часа с момента обнаружения{}.",
            if minutes == 60 {
                String::new()
            } else {
                format!(" (в школе установлено: {minutes} мин)")
            }
        );
        vec![format!("{first} {closed}"), clause]
    }

    fn told(&self) -> Grid {
        let due = self.breach.detected_at.saturating_add(self.context.policy.breach_told_within);
        let row = |whom: &str, at: Option<DateTime>| {
            let outcome = match at {
                Some(at) if at > due => {
                    format!("с опозданием на {}", duration_in_words(at.duration_since(due)))
                }
                Some(at) => {
                    format!("в срок, через {}", duration_in_words(at.duration_since(self.breach.detected_at)))
                }
                None => "не сообщено".to_owned(),
            };
            vec![whom.to_owned(), at.map(format::moment).unwrap_or_default(), format::moment(due), outcome]
        };
        Grid {
            widths: vec![58.0, 36.0, 36.0, 43.0],
            head: vec!["Кому", "Когда сообщено", "Срок", "Итог"],
            rows: vec![
                row("Директору школы", self.breach.director_told_at),
                row("В службу технической поддержки", self.breach.support_told_at),
            ],
        }
    }

    /// Returns the changes made with the account that the rule found void, with the severity of the finding.
    fn entries(&self) -> Vec<(&Change, &Finding)> {
        let findings: Vec<&Finding> =
            self.context.checked.findings.iter().filter(|finding| finding.rule == ENTRY_VOID.id).collect();
        let told = [self.breach.director_told_at, self.breach.support_told_at].into_iter().flatten().min();
        let inside = |change: &&Change| {
            change.account == self.breach.account
                && told.is_some_and(|told| told <= change.at)
                && self.breach.closed_at.is_none_or(|closed| change.at < closed)
        };
        let mut entries: Vec<(&Change, &Finding)> = Vec::new();
        for change in self.context.journal.changes.iter().filter(inside) {
            let found = findings.iter().find(|finding| finding.found_at == Some(change.at));
            entries.extend(found.map(|finding| (change, *finding)));
        }
        entries.sort_by_key(|(change, _)| (change.at, change.place));
        entries
    }

    /// Returns whether both had been informed of exactly this breach when the entry was made (R.4.3). The
    /// severity in a school's policy, or another breach of the same account, does not matter here.
    fn is_void(&self, change: &Change) -> bool {
        let told = [self.breach.director_told_at, self.breach.support_told_at];
        told.into_iter().all(|told| told.is_some_and(|told| told <= change.at))
    }

    fn no_entries(&self) -> String {
        let not_run =
            self.context.checked.not_run.iter().find(|one| one.rule == ENTRY_VOID.id && !one.in_part);
        match not_run {
            Some(not_run) => format!("Записи не проверялись: {}.", gaps::reason(not_run).ru),
            None => "Записей, сделанных под этой учётной записью после уведомления, не найдено.".to_owned(),
        }
    }

    fn grid(&self, entries: &[(&Change, &Finding)]) -> Grid {
        let rows = (1..).zip(entries).map(|(number, (change, finding)): (usize, _)| {
            let verdict = if self.is_void(change) {
                "недействительна"
            } else {
                "проверить: уведомлён был один из двух"
            };
            vec![
                number.to_string(),
                format::moment(change.at),
                self.what(change, finding),
                clean(&change.old),
                if change.action == ChangeAction::Delete {
                    "удалено".to_owned()
                } else {
                    clean(&change.new)
                },
                verdict.to_owned(),
            ]
        });
        Grid {
            widths: vec![8.0, 31.0, 62.0, 20.0, 20.0, 32.0],
            head: vec!["№", "Когда", "Запись", "Было", "Стало", "Признаётся"],
            rows: rows.collect(),
        }
    }

    /// Describes the changed record without naming a pupil.
    fn what(&self, change: &Change, finding: &Finding) -> String {
        let journal = self.context.journal;
        let table = match Table::parse(&change.table) {
            Some(Table::Marks) => "отметка",
            Some(Table::Lessons) => "урок",
            Some(Table::Homework) => "домашнее задание",
            Some(Table::Attendance) => "отсутствие",
            Some(Table::TermMarks) => "отметка за период",
            _ => "запись",
        };
        let class = finding.class.map(|id| format!("{} класс", journal.classes[id].key));
        let subject = finding.subject.map(|id| clean(&journal.subjects[id].title));
        let lesson = finding.lesson.map(|id| format!("урок {}", format::date(journal.lessons[id].date)));
        let record =
            (change.table != Table::Attendance.id()).then(|| format!("№ записи {}", change.record_key));
        let parts = [Some(table.to_owned()), class, subject, lesson, record];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn conclusions(&self, entries: &[(&Change, &Finding)]) -> Vec<String> {
        let void = entries.iter().filter(|(change, _)| self.is_void(change)).count();
        let doubtful = entries.len() - void;
        let told = match (self.breach.director_told_at, self.breach.support_told_at) {
            (Some(one), Some(other)) => format!(" ({})", format::moment(one.max(other))),
            _ => String::new(),
        };
        let mut conclusions = Vec::new();
        if void > 0 {
            conclusions.push(format!(
                "На основании п. 4.3 Регламента операции, произведённые под этой учётной записью с момента получения информации \
                 директором школы и службой технической поддержки{told}, признаются недействительными. Таких записей: {void}; \
                 прежние значения восстанавливаются."
            ));
        }
        if doubtful > 0 {
            conclusions.push(format!(
                "Записи, сделанные, когда уведомлён был только один из двух (таких: {doubtful}), владелец учётной записи \
                 подтверждает или отменяет письменно."
            ));
        }
        conclusions.push(
            "Реквизиты доступа заменены: __________________ (дата, подпись администратора системы)."
                .to_owned(),
        );
        conclusions
    }
}

/// Returns a duration in words: «2 ч 35 мин».
fn duration_in_words(duration: SignedDuration) -> String {
    let minutes = duration.as_mins();
    match (minutes / 60, minutes % 60) {
        (0, 0) => "менее минуты".to_owned(),
        (0, minutes) => format!("{minutes} мин"),
        (hours, 0) => format!("{hours} ч"),
        (hours, minutes) => format!("{hours} ч {minutes} мин"),
    }
}
