//! The pages of the protocol.

use jiff::civil::Date;

use super::{Circumstances, next_due, qr};
use crate::archive::signature::Verdict;
use crate::archive::verify::{BagReport, Container, RegisterReport, Severity, Status, VerifyReport};
use crate::render::drawing::{Align, sans, sans_bold};
use crate::render::flow::{Flow, LEFT};
use crate::render::format;
use crate::render::measure::Style;
use crate::render::pdf::PdfJob;
use crate::render::table::{Column, Row, Table};

const TITLE: &str = "Протокол проверки архивных пакетов";
const TEXT: Style = sans(9.5);
const STRONG: Style = sans_bold(9.5);
const SMALL: Style = sans(8.0);
const QR_SIDE: f64 = 34.0;
/// A line to be filled in by hand.
const RULED: &str = "________________________________________________";

/// Lays the protocol out.
pub(super) fn job(report: &VerifyReport, as_of: Date, circumstances: &Circumstances, path: &str) -> PdfJob {
    let mut flow = Flow::new(format!("letopis {}", env!("CARGO_PKG_VERSION")));
    flow.heading(1, TITLE);
    flow.paragraph(TEXT, &format!("Дата проверки: {}", format::date_long(as_of)));
    for line in head_lines(report, circumstances) {
        flow.paragraph(TEXT, &line);
    }
    verdict(report, as_of, &mut flow);
    bags(report, &mut flow);
    findings(report, &mut flow);
    signatures(report, &mut flow);
    report.registers.iter().for_each(|register| head(register, &mut flow));
    signing(&circumstances.by, &mut flow);
    let title = format!("{TITLE} от {}", format::date(as_of));
    flow.into_job((&title, &title), as_of, path, format!("letopis protocol {as_of}"))
}

/// Says whose archive was read, on which medium, and where; what nobody knows is left to be filled in.
fn head_lines(report: &VerifyReport, circumstances: &Circumstances) -> Vec<String> {
    let of_bags = |value: fn(&BagReport) -> &str| {
        let mut values: Vec<String> = Vec::new();
        for value in report.bags.iter().map(value).filter(|value| !value.is_empty()) {
            if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
        values
    };
    let places = match &circumstances.place {
        Some(place) => vec![place.clone()],
        None => of_bags(|bag| &bag.address),
    };
    let lines = [
        ("Организация", of_bags(|bag| &bag.organization)),
        ("Носитель", circumstances.media.clone()),
        ("Место проверки", places),
    ];
    let line = |(label, values): (&str, Vec<String>)| {
        let value = if values.is_empty() { RULED.to_owned() } else { values.join("; ") };
        format!("{label}: {value}")
    };
    lines.into_iter().map(line).collect()
}

fn verdict(report: &VerifyReport, as_of: Date, flow: &mut Flow) {
    let count = |status| report.bags.iter().filter(|bag| bag.status == status).count();
    let valid = count(Status::Valid) + count(Status::ValidWithWarnings);
    flow.paragraph(STRONG, &format!("Итог: {}.", conclusion(report.status())));
    let counts = format!(
        "Пакетов {}: верных {valid} (из них с замечаниями {}), неверных {}, проверенных не полностью {}.",
        report.bags.len(),
        count(Status::ValidWithWarnings),
        count(Status::Invalid),
        count(Status::Unchecked),
    );
    flow.paragraph(TEXT, &counts);
    let next = match next_due(report, as_of) {
        Some(date) => format!("Следующая проверка — не позднее {}", format::date_long(date)),
        None if report.status() == Status::ReadInPart => {
            let left = report.bags.iter().filter_map(|bag| bag.part.as_ref()).map(|part| part.files_left);
            format!("Проверка по частям продолжается, осталось прочитать документов: {}.", left.sum::<u64>())
        }
        None => "Проверку следует повторить сразу после того, как будет устранено указанное ниже.".to_owned(),
    };
    flow.paragraph(STRONG, &next);
}

fn conclusion(status: Status) -> &'static str {
    match status {
        Status::Valid => "всё на месте и не изменено",
        Status::ValidWithWarnings => "всё на месте и не изменено, есть замечания",
        Status::ReadInPart => "прочитана часть документов, она не изменена; проверка по частям продолжается",
        Status::Unchecked => "проверено не всё, о целостности судить нельзя",
        Status::Invalid => "есть неверные пакеты",
    }
}

fn bags(report: &VerifyReport, flow: &mut Flow) {
    flow.heading(2, "Пакеты");
    let columns = vec![
        Column::new("№", 8.0, Align::Right),
        Column::new("Пакет и SHA-256 его tagmanifest-sha256.txt", 76.0, Align::Left),
        Column::new("Вид", 14.0, Align::Left),
        Column::new("Файлов", 16.0, Align::Right),
        Column::new("Байт", 24.0, Align::Right),
        Column::new("Полон", 15.0, Align::Left),
        Column::new("Верен", 27.0, Align::Left),
    ];
    let rows = (1..).zip(&report.bags).map(|(number, bag)| row(bag_cells(number, bag)));
    flow.table(&table(columns, rows.collect()));
}

fn bag_cells(number: usize, bag: &BagReport) -> Vec<String> {
    let container = match bag.container {
        Container::Folder => "папка",
        Container::Zip => "ZIP",
    };
    let verdict = match bag.status {
        Status::Valid => "да",
        Status::ValidWithWarnings => "да, есть замечания",
        Status::ReadInPart => "прочитан частью",
        Status::Unchecked => "проверен не полностью",
        Status::Invalid => "НЕТ",
    };
    let size = |count: u64| format::thousands(usize::try_from(count).unwrap_or(usize::MAX));
    // A digest is cut in two so that it can be compared by eye.
    let digest = bag.tag_manifest.split_at_checked(32).map_or(String::new(), |(a, b)| format!(" {a} {b}"));
    vec![
        number.to_string(),
        format!("{}{digest}", name(&bag.path)),
        container.to_owned(),
        size(bag.files),
        size(bag.bytes),
        if bag.complete { "да" } else { "НЕТ" }.to_owned(),
        verdict.to_owned(),
    ]
}

/// Returns the last part of a path: where an archive is mounted is nobody's business in 2050.
fn name(path: &str) -> &str {
    let name = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path);
    if name.is_empty() { path } else { name }
}

fn findings(report: &VerifyReport, flow: &mut Flow) {
    flow.heading(2, "Что обнаружено");
    let rows: Vec<Row> = report
        .all_findings()
        .map(|(bag, finding)| {
            let weight = match finding.severity {
                Severity::Notice => "к сведению",
                Severity::Warning => "замечание",
                Severity::Unchecked => "не проверено",
                Severity::Error => "ошибка",
            };
            let place = [name(bag), finding.path.as_str()].into_iter().filter(|part| !part.is_empty());
            let place = place.collect::<Vec<_>>().join(": ");
            row(vec![
                finding.code.to_owned(),
                weight.to_owned(),
                place,
                finding.message.clone(),
                finding.hint.to_owned(),
            ])
        })
        .collect();
    if rows.is_empty() {
        return flow.paragraph(TEXT, "Ничего.");
    }
    let columns = vec![
        Column::new("Код", 12.0, Align::Left),
        Column::new("Важность", 22.0, Align::Left),
        Column::new("Где", 48.0, Align::Left),
        Column::new("Что", 52.0, Align::Left),
        Column::new("Что сделать", 46.0, Align::Left),
    ];
    flow.table(&table(columns, rows));
}

fn signatures(report: &VerifyReport, flow: &mut Flow) {
    let inside = report.bags.iter().flat_map(|bag| &bag.signatures);
    let rows: Vec<Row> = report.signatures.iter().chain(inside).map(signature_row).collect();
    if rows.is_empty() {
        return;
    }
    flow.heading(2, "Электронные подписи");
    let columns = vec![
        Column::new("Файл подписи", 50.0, Align::Left),
        Column::new("Математическая проверка", 34.0, Align::Left),
        Column::new("Алгоритм", 46.0, Align::Left),
        Column::new("Чего программа не проверяет", 50.0, Align::Left),
    ];
    flow.table(&table(columns, rows));
}

fn signature_row(signature: &crate::archive::signature::Signature) -> Row {
    let verdict = match signature.verdict {
        Verdict::Intact => "верна",
        Verdict::Broken => "НЕВЕРНА",
        Verdict::NotChecked => "не проверена",
    };
    let open: Vec<_> = signature.not_checked.iter().map(|open| open.title().0).collect();
    row(vec![
        name(&signature.path).to_owned(),
        verdict.to_owned(),
        signature.algorithm.clone(),
        open.join(", "),
    ])
}

/// Prints the head of a register: paper outlives keys, and shows what digests alone cannot.
fn head(register: &RegisterReport, flow: &mut Flow) {
    flow.heading(2, "Голова реестра");
    let sound = if register.is_sound { "цел" } else { "НЕВЕРЕН" };
    let file = name(&register.path);
    flow.paragraph(
        TEXT,
        &format!("{file}: {sound}, записей {}. Голова: {}.", register.events, register.head),
    );
    flow.paragraph(SMALL, &format!("SHA-256 последней записи: {}", register.head_sha256));
    let hint = format!("Сверить позже: letopis verify АРХИВ --head {}", register.head);
    flow.paragraph(SMALL, &hint);
    let text = format!("letopis-register {}:{}", register.events, register.head_sha256);
    flow.draw(QR_SIDE, |drawing, top| qr::draw(drawing, &text, [LEFT, top], QR_SIDE));
}

/// Returns who signs: the posts that were named, else a line for one, and the director.
fn signatories(by: &str) -> Vec<String> {
    let posts = by.split("; ").filter(|post| !post.is_empty());
    let mut who: Vec<String> = posts.map(|post| format!("Проверку провёл: {post}")).collect();
    if who.is_empty() {
        who.push("Проверку провёл ________________________".to_owned());
    }
    who.push("Ознакомлен: директор ________________________".to_owned());
    who
}

fn signing(by: &str, flow: &mut Flow) {
    flow.need(40.0);
    flow.gap(6.0);
    for who in signatories(by) {
        let line = format!("{who}  ______________ /____________________/");
        flow.paragraph(TEXT, &line);
        flow.paragraph(
            SMALL,
            "(должность, подпись, расшифровка)                    «____» ______________ 20____ г.",
        );
        flow.gap(4.0);
    }
}

fn table(columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table { columns, spans: Vec::new(), rows, size_pt: 8.0, row_height: 4.6, lead: 0 }
}

fn row(cells: Vec<String>) -> Row {
    Row { cells, ..Row::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(organizations: &[&str]) -> VerifyReport {
        let bag = |organization: &&str| {
            let mut bag = BagReport::new("bag".to_owned(), Container::Folder, Vec::new());
            bag.organization = (*organization).to_owned();
            bag.address = "с. Туманные Росы".to_owned();
            bag
        };
        VerifyReport { bags: organizations.iter().map(bag).collect(), ..VerifyReport::default() }
    }

    #[test]
    fn school_medium_and_place_are_named_or_left_to_be_filled_in() {
        let school = "ГБОУ СОШ с. Туманные Росы";
        let known = Circumstances {
            media: vec!["основной экземпляр: диск 1".to_owned()],
            place: Some("кабинет 12".to_owned()),
            by: "делопроизводитель; секретарь".to_owned(),
        };
        let lines = head_lines(&report(&[school, school]), &known).join("\n");
        assert_eq!(
            lines,
            format!(
                "Организация: {school}\nНоситель: основной экземпляр: диск 1\nМесто проверки: кабинет 12"
            )
        );
        assert_eq!(signatories(&known.by).len(), 3);
        assert!(signatories(&known.by)[1].ends_with("секретарь"), "{:?}", signatories(&known.by));
        let unknown = Circumstances::default();
        let lines = head_lines(&report(&[school, "Другая школа"]), &unknown);
        assert_eq!(lines[0], format!("Организация: {school}; Другая школа"));
        assert_eq!((lines[1].contains(RULED), lines[2].as_str()), (true, "Место проверки: с. Туманные Росы"));
        let nobody = head_lines(&report(&[]), &unknown);
        assert!(nobody.iter().all(|line| line.ends_with(RULED)), "{nobody:?}");
        assert!(signatories("")[0].contains("____"), "{:?}", signatories(""));
    }
}
