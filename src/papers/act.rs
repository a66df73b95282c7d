//! The draft of an act of destruction (акт о выделении к уничтожению): people complete it, sign it and carry
//! it out.

use anyhow::Result;
use jiff::civil::Date;

use super::act_pdf::pdf;
use super::act_words::{SHEETS_STAY, copies, fonds, is_journals_only, media, total};
use super::setting::{Papers, Setting};
use crate::base::files::{Document, table_to_open};
use crate::base::shown;
use crate::render::format;
use crate::store::{Fate, RecordFile};

/// The place of the approval on the sheet.
const RIGHT: &str = "                                        ";

/// Returns the draft as PDF to sign, as a text to edit and as a table; empty if no record file is due.
///
/// # Errors
/// When the table or the view cannot be written: a fault of the program.
pub fn act(files: &[RecordFile], as_of: Date, setting: &Setting) -> Result<Papers> {
    let due: Vec<&RecordFile> = files.iter().filter(|file| file.fate(as_of) == Fate::Due).collect();
    if due.is_empty() {
        return Ok(Papers::default());
    }
    let name = format!("акт-о-выделении-к-уничтожению-{as_of}");
    let mut papers = pdf(&due, as_of, &format!("{name}.pdf"), setting)?;
    let (text, table) = (text(&due, as_of).into_bytes(), table(&due)?);
    let editable = [("txt", text), ("csv", table)];
    let editable = editable.map(|(ending, bytes)| Document::new(format!("{name}.{ending}"), bytes));
    papers.documents.splice(0..0, editable);
    Ok(papers)
}

fn table(due: &[&RecordFile]) -> Result<Vec<u8>> {
    let mut csv = table_to_open(b';');
    csv.write_record([
        "№ п/п",
        "Заголовок дела",
        "Учебный год",
        "Шифр и индекс дела по номенклатуре",
        "Количество изданий",
        "Срок хранения, лет",
        "Срок истёк",
        "Примечание (пакеты и их суммы)",
        "Копии на носителях",
    ])?;
    for (number, file) in (1..).zip(due) {
        let Some(term) = file.term else { continue };
        let kept = file.editions.iter().filter(|(_, state)| state.is_kept());
        let bags: Vec<_> = kept.map(|(bag, state)| format!("{bag} {}", state.tag_manifest)).collect();
        let row = [
            number.to_string(),
            file.title.clone(),
            file.school_year.clone(),
            file.identifier.clone(),
            bags.len().to_string(),
            term.years.to_string(),
            format::date(term.due_on),
            bags.join("; "),
            media([*file]),
        ];
        csv.write_record(row.iter().map(|cell| shown::cell(cell).into_owned()))?;
    }
    Ok(csv.into_inner()?)
}

fn text(due: &[&RecordFile], as_of: Date) -> String {
    let organization = due.first().map(|file| file.organization.as_str()).unwrap_or_default();
    let mut text = format!(
        "{organization}\n\n{RIGHT}УТВЕРЖДАЮ\n{RIGHT}Директор ____________ /______________/\n{RIGHT}«____» ______________ {} г.\n\n\
АКТ № ______\nо выделении к уничтожению архивных документов, не подлежащих хранению\n\n\
«____» ______________ {} г.                      ____________________________ (место)\n\n\
На основании ____________________________________________________________\n\x20            (название и выходные данные перечня документов со сроками хранения)\n\
отобраны к уничтожению как не имеющие научно-исторической ценности и утратившие\nпрактическое значение документы фонда № {}:\n\n",
        as_of.year(),
        as_of.year(),
        fonds(due),
    );
    for (number, file) in (1..).zip(due) {
        let Some(term) = file.term else { continue };
        text.push_str(&format!(
            "{number}. {}\n   Шифр: {}. Срок хранения: {}, с {} по {}.\n",
            file.title,
            file.identifier,
            format::counted(usize::try_from(term.years).unwrap_or_default(), ["год", "года", "лет"]),
            format::date(term.starts_on),
            format::date(term.last_day()),
        ));
        for (bag, state) in file.editions.iter().filter(|(_, state)| state.is_kept()) {
            text.push_str(&format!("   Пакет {bag}\n     sha256 {}\n", state.tag_manifest));
        }
        let media = media([*file]);
        let media = if media.is_empty() { "по реестру, нет" } else { media.as_str() };
        text.push_str(&format!("   Копии на носителях: {media}\n"));
    }
    let sheets = if is_journals_only(due) { SHEETS_STAY } else { "" };
    text.push_str(&format!(
        "\n{}\n{}\n\n\
{sheets}\
Описи дел постоянного хранения и по личному составу утверждены, протокол ЭК от ____________ № ______\n\n\
Эксперт  ____________________ (должность)  ____________ (подпись)  ______________ (расшифровка)\n\n\
Документы уничтожены способом: ______________________________________________\n\
«____» ______________ ______ г.\n\n\
Уничтожение провели (двое):\n\
____________________ (должность)  ____________ (подпись)  ______________ (расшифровка)\n\
____________________ (должность)  ____________ (подпись)  ______________ (расшифровка)\n\n\
Изменения в учётные документы внесены. После уничтожения каждого пакета выполните:\n",
        total(due),
        copies(due),
    ));
    for (bag, _) in due.iter().flat_map(|file| &file.editions).filter(|(_, state)| state.is_kept()) {
        text.push_str(&format!("  letopis register АРХИВ destroyed {bag} --note \"акт № ___ от ___\" --by ДОЛЖНОСТЬ --by ДОЛЖНОСТЬ\n"));
    }
    text
}
