//! The forecast for documents: shares of like cases, risks with their reasons, the trial and what may be said of it.

use letopis::model::{Journal, Roster, TermKind};
use letopis::reports::forecast::{calibration_rows, chances, fives, reasons, test_rows, twos, verdict};
use letopis::stats::analytics::forecast::{Outlook, Prospect, Risk, Verdict};
use letopis::stats::analytics::{Earlier, analyse, fill};
use letopis::stats::compute;

use crate::small_year::{SmallYear, small_year};

/// A class of so many pupils in mathematics: everybody has one mark in the second week of either quarter. Of the first quarter
/// the term marks are given.
fn class_of(
    pupils: usize,
    term_mark: impl Fn(usize) -> u8,
    second: impl Fn(usize) -> &'static str,
) -> SmallYear {
    let rows = |row: &dyn Fn(usize) -> String| (1..=pupils).map(row).collect::<String>();
    let marks = rows(&|n| format!("\nA{n:02},L1,P{n:02},4"));
    let later = rows(&|n| {
        let marks = second(n).split(' ').filter(|mark| !mark.is_empty());
        marks
            .enumerate()
            .map(|(place, mark)| format!("\nB{n:02}{place},L{},P{n:02},{mark}", 2 + place))
            .collect()
    });
    small_year()
        .on(2024, 11, 20)
        .table(
            "terms",
            "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\n\
             Q2,quarter,2 четверть,2024-11-05,2024-12-28,1-9\nY,year,Год,2024-09-02,2025-05-26,1-11",
        )
        .table("pupils", &format!("pupil_id,surname,given_name{}", rows(&|n| format!("\nP{n:02},Лугов{n:02},Ян"))))
        .table("enrolment", &format!("pupil_id,class_id,from,to{}", rows(&|n| format!("\nP{n:02},5А,2024-09-01,"))))
        .table(
            "lessons",
            "lesson_id,course_id,date,number,status,teacher_id\nL1,C1,2024-09-10,1,held,T1\nL2,C1,2024-11-07,1,held,T1\n\
             L3,C1,2024-11-11,1,held,T1\nL4,C1,2024-11-12,1,held,T1\nL5,C1,2024-11-18,1,held,T1",
        )
        .table("marks", &format!("mark_id,lesson_id,pupil_id,value{marks}{later}"))
        .table("attendance", "lesson_id,pupil_id,reason\nL4,P01,б\nL5,P01,н")
        .table(
            "term_marks",
            &format!("pupil_id,subject_id,term_id,kind,value{}", rows(&|n| format!("\nP{n:02},math,Q1,term,{}", term_mark(n)))),
        )
}

fn outlook<T>(year: &SmallYear, look: impl FnOnce(&Outlook, &Journal) -> T) -> T {
    year.report(|context| {
        let figures = compute(context.journal, context.roster, context.as_of).expect("figures are formed");
        let whole = (context.journal, context.roster);
        let (_, outlook) = analyse(whole, &figures, context.as_of, &Earlier::default());
        look(&outlook, context.journal)
    })
}

fn of<'o>(outlook: &'o Outlook, journal: &Journal, pupil: &str) -> &'o Prospect {
    let mut all = outlook.prospects.iter();
    all.find(|one| journal.pupils[one.pupil].key == pupil).expect("the pupil has a forecast")
}

#[test]
fn the_share_of_a_mark_is_that_of_like_cases_without_the_pupils_own() {
    // With a 4 so far 30 of 40 ended with 4, 10 with 3.
    let year = class_of(40, |n| if n <= 30 { 4 } else { 3 }, |_| "4");
    outlook(&year, |outlook, journal| {
        let shares = of(outlook, journal, "P01").shares.expect("there are enough cases");
        assert_eq!([shares.cases(), shares.count(4), shares.count(3), shares.count_to(2)], [39, 29, 10, 0]);
        let other = of(outlook, journal, "P40").shares.expect("there are enough cases");
        assert_eq!([other.cases(), other.count(4), other.count(3)], [39, 30, 9]);
        let said = chances(of(outlook, journal, "P01")).expect("there are shares");
        assert_eq!(said, "из 39 таких же случаев: «4» 74\u{a0}%, «3» 26\u{a0}%");
    });
    // 30 pupils leave 29 others.
    let small = class_of(30, |_| 4, |_| "4");
    outlook(&small, |outlook, journal| assert_eq!(of(outlook, journal, "P01").shares, None));
    let enough = class_of(31, |_| 4, |_| "4");
    outlook(&enough, |outlook, journal| assert!(of(outlook, journal, "P01").shares.is_some()));
    // Nobody had a forecast of 5.
    let other = class_of(40, |_| 5, |_| "5 5 5");
    outlook(&other, |outlook, journal| assert_eq!(of(outlook, journal, "P01").shares, None));
}

#[test]
fn risks_have_their_reasons_in_words_and_the_fives_needed() {
    let second = |n: usize| match n {
        1 => "2 2",
        2 => "",
        3 => "3 3 4",
        _ => "4 4 5",
    };
    let year = class_of(5, |n| if n == 1 { 3 } else { 4 }, second);
    outlook(&year, |outlook, journal| {
        let first = of(outlook, journal, "P01");
        assert_eq!(
            reasons(first),
            [
                "ожидается «2»: средняя 2,00 по 2\u{a0}отметкам, в прошлом периоде «3»",
                "последние 2\u{a0}отметки — «2»",
                "пропущено 2 из 4\u{a0}уроков",
            ]
        );
        assert_eq!(
            fives(first),
            "до «3» — 1\u{a0}пятёрка; до «4» — 2\u{a0}пятёрки; до «5» — 10\u{a0}пятёрок"
        );
        assert_eq!(reasons(of(outlook, journal, "P02")), ["на 3-й неделе ни одной отметки: угроза «н/а»"]);
        let third = of(outlook, journal, "P03");
        assert_eq!(reasons(third), ["было «4», сейчас средняя 3,33 по 3\u{a0}отметкам"]);
        assert_eq!(of(outlook, journal, "P04").risks, [] as [Risk; 0]);
        assert_eq!(outlook.at_risk().count(), 3);
    });
}

#[test]
fn a_forecast_that_is_no_better_says_so_and_one_of_few_cases_says_nothing() {
    let row = |pupils: usize, look: &dyn Fn(&letopis::stats::analytics::forecast::TestRow)| {
        let year = class_of(pupils, |n| if n <= 3 * pupils / 4 { 4 } else { 3 }, |_| "4");
        outlook(&year, |outlook, _| {
            assert_eq!(outlook.back_test.year, "2024-2025");
            look(outlook.back_test.row(TermKind::Quarter, 2).expect("the quarter has ended"));
        });
    };
    row(40, &|row| {
        assert_eq!([row.cases, row.pairs, row.forecast.judged, row.forecast.exact], [40, 40, 40, 30]);
        assert_eq!((row.before.judged, row.before.share), (0, None));
        let share = row.rounding.share.expect("there are cases");
        assert!((share.value - 0.75).abs() < 1e-12 && share.low < 0.75 && share.high > 0.75, "{share:?}");
        assert_eq!([row.forecast.low.cases, row.forecast.low.found, row.forecast.low.named], [10, 0, 0]);
        assert_eq!(
            (row.verdict, verdict(row)),
            (Verdict::NotBetter, "не лучше простого округления".to_owned())
        );
        assert_eq!(twos(row), "«2» за период: проверить нельзя: случаев 0");
        assert!(row.probability.is_none(), "nothing ended before the first quarter");
    });
    row(20, &|row| {
        assert_eq!(
            (row.verdict, verdict(row)),
            (Verdict::Unknown, "проверить нельзя: случаев 20".to_owned())
        );
    });
}

#[test]
fn shares_of_earlier_terms_are_judged_by_brier_and_calibrated_in_tenths() {
    // Both quarters end alike: 4 for three of four pupils, whatever the mark so far.
    let year = class_of(80, |n| if n % 4 > 0 { 4 } else { 3 }, |_| "4");
    let ended = (1..=80).map(|n| format!("\nP{n:02},math,Q2,term,{}", if n % 4 > 0 { 4 } else { 3 }));
    let year = year.rows("term_marks", ended.collect::<String>().trim_start()).on(2025, 1, 10);
    outlook(&year, |outlook, _| {
        assert!(outlook.terms.is_empty() && outlook.prospects.is_empty(), "no term is under way");
        let row = outlook.back_test.row(TermKind::Quarter, 2).expect("quarters have ended");
        let probability = row.probability.as_ref().expect("the second quarter has one before it");
        assert_eq!(probability.cases, 80);
        // A pupil with 4: 59 of 79 others had 4; with 3: 60 of 79. Squares over marks 3 and 4, either way.
        let [four, three]: [f64; 2] = [59.0 / 79.0, 60.0 / 79.0];
        let expected = (60.0 * 2.0 * (1.0 - four) * (1.0 - four) + 20.0 * 2.0 * three * three) / 80.0;
        assert!((probability.brier.value - expected).abs() < 1e-12, "{:?}", probability.brier);
        // Rounding knows as much here: no skill.
        assert_eq!(probability.skill.value, 0.0);
        let bins: Vec<_> = (0..10).filter(|bin| probability.calibration[*bin].cases > 0).collect();
        assert_eq!(bins, [7]);
        let bin = probability.calibration[7];
        assert!((bin.said - (60.0 * four + 20.0 * three) / 80.0).abs() < 1e-12);
        assert!(
            (bin.came - 0.75).abs() < 1e-12
                && (probability.calibration_error - (bin.said - bin.came).abs()).abs() < 1e-12
        );
        assert_eq!(calibration_rows(probability), [["70–80\u{a0}%", "80", "75,0\u{a0}%", "75,0\u{a0}%"]]);
        let rows = test_rows(&outlook.back_test);
        assert!(rows[0][6].ends_with("по 80; не лучше простого округления"), "{:?}", rows[0]);
    });
}

#[test]
fn the_sample_year_has_marks_like_real_ones() {
    let bundle = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs/2025-2026");
    let reading = letopis::ingest::read_journal(&letopis::ingest::read_bundle(&bundle));
    let journal = reading.journal.expect("school.toml is whole");
    let as_of = reading.as_of.expect("the sample says its date");
    let tables = fill(&journal, &Roster::new(&journal), &[], as_of);
    let table = |name: &str| tables.iter().find(|one| one.table.name == name).expect("the table is there");
    let cell = |row: &[letopis::stats::analytics::Cell], place: usize| row[place].text();
    let number = |text: String| text.parse::<f64>().unwrap_or(0.0);
    // Pupils and subjects by term: marks, their sum, the term mark.
    let rows: Vec<[f64; 3]> = table("pupil_subjects")
        .rows
        .iter()
        .filter(|row| cell(row, 0) != "Y" && ["2", "3", "4", "5"].contains(&cell(row, 9).as_str()))
        .map(|row| [number(cell(row, 5)), number(cell(row, 6)), number(cell(row, 9))])
        .collect();
    let share =
        |is: &dyn Fn(&[f64; 3]) -> bool| rows.iter().filter(|row| is(row)).count() as f64 / rows.len() as f64;
    let rounded = share(&|[marks, sum, mark]| (sum / marks + 0.5).floor() == *mark);
    assert!((0.97..0.99).contains(&rounded), "the half-up mean is the mark in {rounded}");
    let few = share(&|[marks, ..]| *marks < 5.0);
    assert!((0.27..0.33).contains(&few), "under five marks in {few}");
    let sums = |judged: usize, exact: usize| {
        let rows = table("forecast_accuracy").rows.iter().filter(|row| cell(row, 1) == "4");
        rows.map(|row| [number(cell(row, judged)), number(cell(row, exact))])
            .fold([0.0, 0.0], |sum, one| [sum[0] + one[0], sum[1] + one[1]])
    };
    let [judged, exact] = sums(5, 6);
    assert!((0.83..0.87).contains(&(exact / judged)), "the mark before is right in {}", exact / judged);
    let count = |name: &str, is: &dyn Fn(&[letopis::stats::analytics::Cell]) -> bool| {
        table(name).rows.iter().filter(|row| is(row)).count()
    };
    // Everything the tables tell apart is there.
    assert!(count("control_works", &|row| number(cell(row, 7)) > 0.0) > 5, "held later");
    assert!(count("control_works", &|row| number(cell(row, 7)) < 0.0) > 0, "held before");
    assert!(count("control_works", &|row| cell(row, 6).is_empty()) > 0, "never held");
    assert!(count("unsatisfactory", &|row| cell(row, 11) == "1") > 20, "corrected");
    assert!(count("missed", &|row| cell(row, 9) == "1") > 20, "made up");
    assert!(count("standings", &|row| cell(row, 3) == "not_assessed") > 0, "not assessed");
    assert!(count("standings", &|row| cell(row, 3) == "failing") > 0, "failing");
    assert!(count("objectivity", &|row| cell(row, 1) == "exam") > 5, "exams");
    assert!(count("pupil_subjects", &|row| cell(row, 7) != cell(row, 8)) > 500, "weights");
}
