//! The draft of an act of destruction as PDF, to print, complete by hand and sign.

use anyhow::Result;
use jiff::civil::Date;

use super::act_words::{SHEETS_STAY, copies, fonds, is_journals_only, media, total};
use super::setting::{Papers, Setting};
use crate::render::drawing::Align;
use crate::render::format;
use crate::render::paper::{Frame, Look, Paper};
use crate::render::pdf::Template;
use crate::render::table::{Column, Row, Table};
use crate::store::RecordFile;

pub(super) const TEMPLATE: Template = Template {
    name: "act-of-destruction.typ",
    source: include_str!("../../templates/act-of-destruction.typ"),
};
const TITLE: &str = "Акт о выделении к уничтожению архивных документов, не подлежащих хранению";
/// The place of the approval, in millimetres from the left edge of the page's content.
const APPROVAL: f64 = 100.0;

/// Typesets the draft.
///
/// # Errors
/// When the view cannot be written as JSON: a fault of the program.
pub(super) fn pdf(due: &[&RecordFile], as_of: Date, path: &str, setting: &Setting) -> Result<Papers> {
    let foot = format!("Проект акта на {}", format::date(as_of));
    let mut paper = Paper::default();
    head(due, as_of, &mut paper);
    paper.table(&table(due));
    paper.together(|paper| closing(due, paper));
    let title = format!("{TITLE}. Проект на {}", format::date(as_of));
    let ident = format!("letopis act {as_of}");
    let frame = Frame { title: &title, head: &title, foot: &foot, date: as_of, ident: &ident };
    setting.set(paper.into_job(TEMPLATE, frame, path)?)
}

fn head(due: &[&RecordFile], as_of: Date, paper: &mut Paper) {
    let organization = due.first().map(|file| file.organization.as_str()).unwrap_or_default();
    paper.paragraph(Look::Text, organization);
    paper.gap(2.0);
    paper.indented(Look::Strong, APPROVAL, "УТВЕРЖДАЮ");
    paper.indented(Look::Text, APPROVAL, "Директор ______________ /________________/");
    paper.indented(Look::Text, APPROVAL, &format!("«____» ________________ {} г.", as_of.year()));
    paper.gap(4.0);
    paper.heading(1, TITLE);
    let place =
        format!("№ ______ от «____» ________________ {} г., место ______________________", as_of.year());
    paper.paragraph(Look::Text, &place);
    paper.gap(2.0);
    paper.paragraph(
        Look::Text,
        "На основании ______________________________________________________________________",
    );
    paper.paragraph(Look::Small, "(название и выходные данные перечня документов со сроками хранения)");
    paper.paragraph(
        Look::Text,
        &format!(
            "отобраны к уничтожению как не имеющие научно-исторической ценности и утратившие практическое значение \
документы фонда № {}:",
            fonds(due)
        ),
    );
    paper.gap(1.0);
}

fn table(due: &[&RecordFile]) -> Table {
    let columns = vec![
        Column::new("№", 8.0, Align::Right),
        Column::new("Заголовок дела и его пакеты с SHA-256 файла tagmanifest-sha256.txt", 92.0, Align::Left),
        Column::new("Шифр", 34.0, Align::Left),
        Column::new("Изданий", 15.0, Align::Right),
        Column::new("Срок хранения", 31.0, Align::Left),
    ];
    let rows = (1..).zip(due).filter_map(|(number, file)| {
        let term = file.term?;
        let kept: Vec<_> = file.editions.iter().filter(|(_, state)| state.is_kept()).collect();
        let mut title = file.title.clone();
        for (bag, state) in &kept {
            // The digest is split in two, so that it can be compared by eye.
            let (first, second) = state.tag_manifest.split_at_checked(32).unwrap_or_default();
            title.push_str(&format!(" {bag} {first} {second}"));
        }
        let media = media([*file]);
        if !media.is_empty() {
            title.push_str(&format!(" Копии на носителях: {media}."));
        }
        let (from, to) = (format::date(term.starts_on), format::date(term.last_day()));
        let years = format::plural(usize::try_from(term.years).unwrap_or_default(), ["год", "года", "лет"]);
        let term = format!("{} {years}, с {from} по {to}", term.years);
        let cells = vec![number.to_string(), title, file.identifier.clone(), kept.len().to_string(), term];
        Some(Row { cells, ..Row::default() })
    });
    let rows = rows.collect();
    Table::plain(columns, rows, 8.0)
}

fn closing(due: &[&RecordFile], paper: &mut Paper) {
    paper.paragraph(Look::Strong, &total(due));
    paper.paragraph(Look::Text, &copies(due));
    if is_journals_only(due) {
        paper.paragraph(Look::Text, SHEETS_STAY.trim_end());
    }
    paper.paragraph(
        Look::Text,
        "Описи дел постоянного хранения и по личному составу утверждены, протокол ЭК от ____________ № ______",
    );
    paper.gap(4.0);
    signature(paper, "Эксперт");
    paper.paragraph(
        Look::Text,
        "Документы уничтожены способом: ________________________________________________________",
    );
    signature(paper, "Уничтожение провели");
    signature(paper, "и");
    paper.paragraph(
        Look::Text,
        "Изменения в учётные документы внесены. В реестр архива записаны номер и дата этого акта и должности двоих, кто уничтожил дела.",
    );
    signature(paper, "Запись внёс");
}

fn signature(paper: &mut Paper, who: &str) {
    paper.paragraph(
        Look::Text,
        &format!("{who} ________________________  ______________ /____________________/"),
    );
    paper.paragraph(
        Look::Small,
        "(должность, подпись, расшифровка)                    «____» ______________ 20____ г.",
    );
    paper.gap(3.0);
}
