//! The draft of an act of destruction as PDF, to print, complete by hand and sign.

use anyhow::Result;
use jiff::civil::Date;

use super::act::{SHEETS_STAY, copies, fonds, is_journals_only, media, total};
use super::retention::RecordFile;
use crate::files::Document;
use crate::render::drawing::{Align, sans, sans_bold};
use crate::render::flow::Flow;
use crate::render::format;
use crate::render::measure::Style;
use crate::render::pdf::typeset_alone;
use crate::render::table::{Column, Row, Table};

const TITLE: &str = "Акт о выделении к уничтожению архивных документов, не подлежащих хранению";
const TEXT: Style = sans(9.5);
const STRONG: Style = sans_bold(9.5);
const SMALL: Style = sans(8.0);
/// Where the approval stands, in millimetres from the left edge of what the page holds.
const APPROVAL: f64 = 100.0;

/// Typesets the draft.
///
/// # Errors
/// When the PDF cannot be typeset: a defect of the program.
pub(super) fn pdf(due: &[&RecordFile], as_of: Date, path: &str) -> Result<Document> {
    let mut flow = Flow::new(format!("Проект акта на {}", format::date(as_of)));
    head(due, as_of, &mut flow);
    flow.table(&table(due));
    closing(due, &mut flow);
    let title = format!("{TITLE}. Проект на {}", format::date(as_of));
    let job = flow.into_job((&title, &title), as_of, path, format!("letopis act {as_of}"));
    Ok(Document::new(path, typeset_alone(job)?.bytes))
}

fn head(due: &[&RecordFile], as_of: Date, flow: &mut Flow) {
    let organization = due.first().map(|file| file.organization.as_str()).unwrap_or_default();
    flow.paragraph(TEXT, organization);
    flow.gap(2.0);
    flow.indented(STRONG, APPROVAL, "УТВЕРЖДАЮ");
    flow.indented(TEXT, APPROVAL, "Директор ______________ /________________/");
    flow.indented(TEXT, APPROVAL, &format!("«____» ________________ {} г.", as_of.year()));
    flow.gap(4.0);
    flow.heading(1, TITLE);
    let place =
        format!("№ ______ от «____» ________________ {} г., место ______________________", as_of.year());
    flow.paragraph(TEXT, &place);
    flow.gap(2.0);
    flow.paragraph(
        TEXT,
        "На основании ______________________________________________________________________",
    );
    flow.paragraph(SMALL, "(название и выходные данные перечня документов со сроками хранения)");
    flow.paragraph(
        TEXT,
        &format!(
            "отобраны к уничтожению как не имеющие научно-исторической ценности и утратившие практическое значение \
документы фонда № {}:",
            fonds(due)
        ),
    );
    flow.gap(1.0);
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
            // Cut in two: so it can be compared by eye.
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
    Table { columns, spans: Vec::new(), rows, size_pt: 8.0, row_height: 4.6, lead: 0 }
}

fn closing(due: &[&RecordFile], flow: &mut Flow) {
    flow.need(75.0);
    flow.paragraph(STRONG, &total(due));
    flow.paragraph(TEXT, &copies(due));
    if is_journals_only(due) {
        flow.paragraph(TEXT, SHEETS_STAY.trim_end());
    }
    flow.paragraph(
        TEXT,
        "Описи дел постоянного хранения и по личному составу утверждены, протокол ЭК от ____________ № ______",
    );
    flow.gap(4.0);
    signature(flow, "Эксперт");
    flow.paragraph(
        TEXT,
        "Документы уничтожены способом: ________________________________________________________",
    );
    signature(flow, "Уничтожение провели");
    signature(flow, "и");
    flow.paragraph(
        TEXT,
        "Изменения в учётные документы внесены: letopis register АРХИВ destroyed ПАКЕТ --note \"акт № ___ от ___\" \
--by ДОЛЖНОСТЬ --by ДОЛЖНОСТЬ",
    );
    signature(flow, "Запись внёс");
}

fn signature(flow: &mut Flow, who: &str) {
    flow.paragraph(TEXT, &format!("{who} ________________________  ______________ /____________________/"));
    flow.paragraph(
        SMALL,
        "(должность, подпись, расшифровка)                    «____» ______________ 20____ г.",
    );
    flow.gap(3.0);
}
