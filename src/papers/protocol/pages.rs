//! The pages of the protocol.

use jiff::civil::Date;

use super::circumstances::{Circumstances, next_due};
use super::places::short;
use super::qr;
use crate::cms::Verdict;
use crate::render::drawing::{Align, Drawing};
use crate::render::format;
use crate::render::paper::{Frame, Look, Paper};
use crate::render::pdf::{PdfJob, Template};
use crate::render::table::{Column, Row, Table};
use crate::verify::{ArchiveSeverity, BagReport, Container, RegisterReport, Status, VerifyReport};

pub(in crate::papers) const TEMPLATE: Template =
    Template { name: "protocol.typ", source: include_str!("../../../templates/protocol.typ") };
const TITLE: &str = "Протокол проверки архивных пакетов";
const QR_SIDE: f64 = 34.0;
/// A line to be filled in by hand.
const RULED: &str = "________________________________________________";

/// Lays the protocol out.
pub(super) fn job(
    report: &VerifyReport,
    as_of: Date,
    circumstances: &Circumstances,
    path: &str,
) -> serde_json::Result<PdfJob> {
    let foot = format!("letopis {}", env!("CARGO_PKG_VERSION"));
    let mut paper = Paper::default();
    paper.heading(1, TITLE);
    paper.paragraph(Look::Text, &format!("Дата проверки: {}", format::date_long(as_of)));
    for line in head_lines(report, circumstances) {
        paper.paragraph(Look::Text, &line);
    }
    verdict(report, as_of, &mut paper);
    bags(report, &mut paper);
    findings(report, &mut paper);
    signatures(report, &mut paper);
    report
        .registers
        .iter()
        .for_each(|register| head(register, short(&register.path, &paths(report)), &mut paper));
    signing(&circumstances.by, &mut paper);
    let title = format!("{TITLE} от {}", format::date(as_of));
    let ident = format!("letopis protocol {as_of}");
    let frame = Frame { title: &title, head: &title, foot: &foot, date: as_of, ident: &ident };
    paper.into_job(TEMPLATE, frame, path)
}

/// Returns the lines about the archive, the medium and the place; unknown values are left to fill in.
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

fn verdict(report: &VerifyReport, as_of: Date, paper: &mut Paper) {
    let count = |status| report.bags.iter().filter(|bag| bag.status == status).count();
    let valid = count(Status::Valid) + count(Status::ValidWithWarnings);
    paper.paragraph(Look::Strong, &format!("Итог: {}.", conclusion(report.status())));
    let counts = format!(
        "Пакетов {}: верных {valid} (из них с замечаниями {}), неверных {}, проверенных не полностью {}.",
        report.bags.len(),
        count(Status::ValidWithWarnings),
        count(Status::Invalid),
        count(Status::Unchecked),
    );
    paper.paragraph(Look::Text, &counts);
    let next = match next_due(report, as_of) {
        Some(date) => format!("Следующая проверка — не позднее {}", format::date_long(date)),
        None if report.status() == Status::ReadInPart => {
            let left = report.bags.iter().filter_map(|bag| bag.part.as_ref()).map(|part| part.files_left);
            format!("Проверка по частям продолжается, осталось прочитать документов: {}.", left.sum::<u64>())
        }
        None => "Проверку следует повторить сразу после того, как будет устранено указанное ниже.".to_owned(),
    };
    paper.paragraph(Look::Strong, &next);
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

fn bags(report: &VerifyReport, paper: &mut Paper) {
    paper.heading(2, "Пакеты");
    let columns = vec![
        Column::new("№", 8.0, Align::Right),
        Column::new("Пакет и SHA-256 его tagmanifest-sha256.txt", 76.0, Align::Left),
        Column::new("Вид", 14.0, Align::Left),
        Column::new("Файлов", 16.0, Align::Right),
        Column::new("Байт", 24.0, Align::Right),
        Column::new("Полон", 15.0, Align::Left),
        Column::new("Верен", 27.0, Align::Left),
    ];
    let all = paths(report);
    let rows = (1..)
        .zip(&report.bags)
        .map(|(number, bag)| Row::from(bag_cells(number, bag, short(&bag.path, &all))));
    paper.table(&Table::plain(columns, rows.collect(), 8.0));
}

fn bag_cells(number: usize, bag: &BagReport, name: &str) -> Vec<String> {
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
    // A digest is split in two, so that it can be compared by eye.
    let digest = bag.tag_manifest.split_at_checked(32).map_or(String::new(), |(a, b)| format!(" {a} {b}"));
    vec![
        number.to_string(),
        format!("{name}{digest}"),
        container.to_owned(),
        size(bag.files),
        size(bag.bytes),
        if bag.complete { "да" } else { "НЕТ" }.to_owned(),
        verdict.to_owned(),
    ]
}

/// Returns the places of the bags and registers that were read.
fn paths(report: &VerifyReport) -> Vec<&str> {
    let bags = report.bags.iter().map(|bag| bag.path.as_str());
    bags.chain(report.registers.iter().map(|register| register.path.as_str())).collect()
}

fn findings(report: &VerifyReport, paper: &mut Paper) {
    paper.heading(2, "Что обнаружено");
    let all = paths(report);
    let rows: Vec<Row> = report
        .all_findings()
        .map(|(bag, finding)| {
            let weight = match finding.severity {
                ArchiveSeverity::Notice => "к сведению",
                ArchiveSeverity::Warning => "замечание",
                ArchiveSeverity::Unchecked => "не проверено",
                ArchiveSeverity::Error => "ошибка",
            };
            let place = [short(bag, &all), finding.path.as_str()].into_iter().filter(|part| !part.is_empty());
            let place = place.collect::<Vec<_>>().join(": ");
            Row::from(vec![
                finding.code.to_owned(),
                weight.to_owned(),
                place,
                finding.message.ru.clone(),
                finding.hint.ru.to_owned(),
            ])
        })
        .collect();
    if rows.is_empty() {
        return paper.paragraph(Look::Text, "Ничего.");
    }
    let columns = vec![
        Column::new("Код", 12.0, Align::Left),
        Column::new("Важность", 22.0, Align::Left),
        Column::new("Где", 48.0, Align::Left),
        Column::new("Что", 52.0, Align::Left),
        Column::new("Что сделать", 46.0, Align::Left),
    ];
    paper.table(&Table::plain(columns, rows, 8.0));
}

fn signatures(report: &VerifyReport, paper: &mut Paper) {
    let all = paths(report);
    let inside =
        report.bags.iter().flat_map(|bag| bag.signatures.iter().map(|own| (short(&bag.path, &all), own)));
    let outside = report.signatures.iter().map(|signature| ("", signature));
    let rows: Vec<Row> =
        outside.chain(inside).map(|(bag, signature)| signature_row(bag, signature)).collect();
    if rows.is_empty() {
        return;
    }
    paper.heading(2, "Электронные подписи");
    let columns = vec![
        Column::new("Файл подписи", 50.0, Align::Left),
        Column::new("Математическая проверка", 34.0, Align::Left),
        Column::new("Алгоритм", 46.0, Align::Left),
        Column::new("Чего программа не проверяет", 50.0, Align::Left),
    ];
    paper.table(&Table::plain(columns, rows, 8.0));
}

fn signature_row(bag: &str, signature: &crate::cms::Signature) -> Row {
    let verdict = match signature.verdict {
        Verdict::Intact => "верна",
        Verdict::Broken => "НЕВЕРНА",
        Verdict::NotChecked => "не проверена",
    };
    let open: Vec<_> = signature.not_checked.iter().map(|open| open.title().ru).collect();
    Row::from(vec![
        if bag.is_empty() {
            short(&signature.path, &[]).to_owned()
        } else {
            format!("{bag}: {}", signature.path)
        },
        verdict.to_owned(),
        signature.algorithm.ru.clone(),
        open.join(", "),
    ])
}

/// Prints the head of a register: paper outlasts keys, and shows what digests alone cannot.
fn head(register: &RegisterReport, file: &str, paper: &mut Paper) {
    paper.heading(2, "Голова реестра");
    let sound = if register.is_sound { "цел" } else { "НЕВЕРЕН" };
    paper.paragraph(
        Look::Text,
        &format!("{file}: {sound}, записей {}. Голова: {}.", register.events, register.head),
    );
    paper.paragraph(Look::Small, &format!("SHA-256 последней записи: {}", register.head_sha256));
    paper.paragraph(
        Look::Small,
        "По этой голове при следующей проверке видно, не подменён ли и не укорочен ли реестр.",
    );
    let text = format!("letopis-register {}:{}", register.events, register.head_sha256);
    let mut drawing = Drawing::default();
    qr::draw(&mut drawing, &text, [0.0, 0.0], QR_SIDE);
    paper.picture(QR_SIDE, &format!("QR-код с текстом {text}"), &drawing);
}

/// Returns the signatories: the named posts, or a line for one, and the director.
fn signatories(by: &str) -> Vec<String> {
    let posts = by.split("; ").filter(|post| !post.is_empty());
    let mut who: Vec<String> = posts.map(|post| format!("Проверку провёл: {post}")).collect();
    if who.is_empty() {
        who.push("Проверку провёл ________________________".to_owned());
    }
    who.push("Ознакомлен: директор ________________________".to_owned());
    who
}

fn signing(by: &str, paper: &mut Paper) {
    paper.gap(6.0);
    paper.together(|paper| signing_lines(by, paper));
}

fn signing_lines(by: &str, paper: &mut Paper) {
    for who in signatories(by) {
        let line = format!("{who}  ______________ /____________________/");
        paper.paragraph(Look::Text, &line);
        paper.paragraph(
            Look::Small,
            "(должность, подпись, расшифровка)                    «____» ______________ 20____ г.",
        );
        paper.gap(4.0);
    }
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
