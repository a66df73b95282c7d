//! The trace of the figures: every figure of its pages equals the tables, lists are as long as their numbers, every link leads to
//! an anchor, nothing is lost and nobody is named in an anchor.

use std::collections::{BTreeMap, BTreeSet};

use letopis::model::*;
use letopis::reports::common::numbers;
use letopis::reports::trace::anchors;
use letopis::reports::{Made, REPORTS, Report, ReportContext, jobs};
use letopis::stats::analytics::{PROGRAMME, PUPIL_SUBJECTS, Record, Tables};
use letopis::stats::{Figure, METRICS, Scope, Unit};

use crate::quarter::with_example;
use crate::small_year::small_year;

pub(crate) type Pages = BTreeMap<String, String>;

/// Makes every page of the trace, by file name.
pub(crate) fn pages(context: &ReportContext<'_>) -> Pages {
    let own: Vec<&'static Report> = REPORTS.iter().copied().filter(|report| report.kind == "trace").collect();
    let page = |job: &letopis::reports::ReportJob| {
        let Made::File(draft) = job.make(context).expect("the page is made") else {
            panic!("a page is a file")
        };
        let document = draft.make().expect("the page is there");
        let name = document.path.strip_prefix("trace/").expect("it stands in its folder").to_owned();
        (name, String::from_utf8(document.bytes).expect("a page is UTF-8"))
    };
    jobs(&own, context).iter().map(page).collect()
}

/// Returns the page of a class in a term.
fn page_of<'p>(context: &ReportContext<'_>, pages: &'p Pages, class: &str, term: &str) -> &'p str {
    let stem = letopis::render::file_names::file_stem(&format!("{class}-{term}"));
    let _ = context;
    pages.get(&format!("{stem}.html")).unwrap_or_else(|| panic!("there is no page {stem}"))
}

/// Returns the cells of a row, its header first, without markup.
pub(crate) fn cells(page: &str, id: &str) -> Vec<String> {
    let start = format!("<tr id={id}>");
    let row = page.split(&start).nth(1).unwrap_or_else(|| panic!("there is no row {id}"));
    let row = row.split("<tr").next().and_then(|row| row.split("</table>").next()).expect("a row ends");
    let parts = row.split("<t").filter(|part| !part.is_empty());
    parts.map(|part| words(part.split_once('>').map_or(part, |(_, cell)| cell))).collect()
}

/// Drops markup.
pub(crate) fn words(html: &str) -> String {
    let mut out = String::new();
    let mut is_tag = false;
    for sign in html.replace("<br>", " ").chars() {
        match sign {
            '\u{ad}' => {}
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            _ if is_tag => {}
            '\u{a0}' => out.push(' '),
            _ => out.push(sign),
        }
    }
    out.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .trim()
        .to_owned()
}

fn rows<'a>(
    context: &'a ReportContext<'_>,
    table: &letopis::stats::analytics::AnalyticsTable,
) -> Vec<Record<'a>> {
    Tables(context.analytics).all(table).collect()
}

fn find<T>(arena: &Arena<T>, key: impl Fn(&T) -> &str, wanted: &str) -> Id<T> {
    arena.iter().find(|(_, one)| key(one) == wanted).expect("the id is there").0
}

fn decimal(value: f64) -> String {
    letopis::render::format::decimal(value, 2)
}

#[test]
fn every_mark_mean_term_mark_and_absence_of_a_pupil_is_that_of_the_tables() {
    for name in ["year", "year-mixed"] {
        with_example(name, |context| {
            let (journal, pages) = (context.journal, pages(context));
            let rows = rows(context, &PUPIL_SUBJECTS);
            assert!(rows.len() > 100, "{name}");
            for row in rows {
                let (class, term) = (row.text("class_id"), row.text("term_id"));
                let pupil = find(&journal.pupils, |one| &one.key, row.text("pupil_id"));
                let course = find(&journal.courses, |one| &one.key, row.text("course_id"));
                let id = anchors::of_marks(journal, pupil, course);
                let cells = cells(page_of(context, &pages, class, term), &id);
                let [_, marks, mean, term_mark, missed] = &cells[..] else {
                    panic!("{name} {id}: {cells:?}")
                };
                let count = row.count("marks");
                match row.number("mean") {
                    None => assert_eq!(mean, "—", "{name} {term} {id}"),
                    Some(value) => {
                        let said = format!("{}/{count}={}", row.count("mark_sum"), decimal(value));
                        assert!(mean.starts_with(&said), "{name} {term} {id}: {mean}, not {said}");
                        let weighted = row.number("weighted_mean").map(decimal).unwrap_or_default();
                        assert!(mean.contains(&format!("={weighted}")), "{name} {term} {id}: {mean}");
                    }
                }
                if !mean.is_empty()
                    && journal.terms.values().any(|one| one.key == term && one.kind != TermKind::Year)
                {
                    let numeric = |mark: &&str| {
                        mark.split_whitespace()
                            .nth(1)
                            .is_some_and(|value| value.len() == 1 && "12345".contains(value))
                    };
                    assert_eq!(
                        marks.split("; ").filter(numeric).count(),
                        count,
                        "{name} {term} {id}: {marks}"
                    );
                }
                let value = row.text("term_mark");
                let first = term_mark.split_whitespace().next().unwrap_or_default();
                assert!(value.is_empty() || first == value, "{name} {term} {id}: {term_mark}, not {value}");
                let said = format!("{}/{}", row.count("absences"), row.count("lessons"));
                assert!(missed.starts_with(&said), "{name} {term} {id}: {missed}, not {said}");
            }
        });
    }
}

/// Returns the counts «3/28» and, where the pupil was in another class too, «2/20» of this one.
fn missed_here(cell: &str) -> [usize; 2] {
    let part = cell.split("в этом классе ").nth(1).unwrap_or(cell);
    let mut numbers = part.split(|one: char| !one.is_ascii_digit()).filter(|one| !one.is_empty());
    [(); 2].map(|()| numbers.next().and_then(|one| one.parse().ok()).expect("there are two counts"))
}

#[test]
fn absences_of_a_class_are_those_of_the_rows_of_its_page() {
    for name in ["year", "year-mixed"] {
        with_example(name, |context| {
            let (journal, pages) = (context.journal, pages(context));
            let of_classes = |figure: &&Figure| {
                figure.scope == Scope::Class && figure.subject.is_none() && figure.metric == "attendance"
            };
            let mut seen = 0;
            for figure in
                context.figures.iter().filter(of_classes).filter(|figure| figure.denominator.is_some())
            {
                let term = &journal.terms[figure.term];
                let Some(page) = pages.get(&format!(
                    "{}.html",
                    letopis::render::file_names::file_stem(&format!("{}-{}", figure.scope_id, term.key))
                )) else {
                    continue;
                };
                let mut sums = [0, 0];
                for row in page.split("<tr id=p").skip(1) {
                    let id = format!("p{}", row.split('>').next().expect("an id ends"));
                    let own = missed_here(cells(page, &id).last().expect("a row has cells"));
                    sums = [sums[0] + own[0], sums[1] + own[1]];
                }
                let [missed, due] = sums.map(|sum| sum as f64);
                let (attended, of) =
                    (figure.numerator.expect("a ratio"), figure.denominator.expect("a ratio"));
                assert_eq!((due - missed, due), (attended, of), "{name} {} {}", figure.scope_id, term.key);
                seen += 1;
            }
            assert!(seen > 5, "{name}: {seen}");
        });
    }
}

#[test]
fn lessons_and_hours_of_a_course_are_those_of_the_programme() {
    with_example("year", |context| {
        let (journal, pages) = (context.journal, pages(context));
        for row in rows(context, &PROGRAMME) {
            let course = find(&journal.courses, |one| &one.key, row.text("course_id"));
            let term = find(&journal.terms, |one| &one.key, row.text("term_id"));
            for class in journal.classes_of(&journal.courses[course]) {
                let class = &journal.classes[*class];
                if !journal.terms[term].grades.contains(class.grade) || row.count("held") == 0 {
                    continue;
                }
                let page = page_of(context, &pages, &class.key, row.text("term_id"));
                let id = anchors::of_course(journal, course);
                let section = page.split(&format!("<h3 id={id}>")).nth(1).expect("the course is there");
                let section = section.split("<h3").next().expect("a section ends");
                let given = letopis::reports::common::numbers::hours(row.number("hours_given"));
                let said = format!("часов дано {given},");
                assert!(section.contains(&said), "{} {said}", row.text("course_id"));
                let held = format!("уроков проведено {}", row.count("held"));
                assert!(words(section).contains(&held), "{} {held}", row.text("course_id"));
                if journal.terms[term].kind != TermKind::Year {
                    let lessons = section.matches("<tr id=l").count();
                    let all = ["held", "missed", "moved", "cancelled"].map(|status| row.count(status));
                    assert_eq!(lessons, all.iter().sum::<usize>(), "{}", row.text("course_id"));
                }
            }
        }
    });
}

#[test]
fn the_figures_of_a_pupil_stand_with_what_they_are_made_of() {
    with_example("year", |context| {
        let (journal, pages) = (context.journal, pages(context));
        let mut seen = 0;
        for figure in
            context.figures.iter().filter(|one| one.scope == Scope::Pupil && one.metric == "quality")
        {
            let term = &journal.terms[figure.term];
            let pupil = find(&journal.pupils, |one| &one.key, &figure.scope_id);
            let class =
                context.roster.class_on(pupil, term.span.to).expect("the figure's pupil is in a class");
            let page = page_of(context, &pages, &journal.classes[class].key, &term.key);
            let section = page.split(&format!("<h3 id={}>", anchors::of_pupil(journal, pupil))).nth(1);
            let line =
                words(section.and_then(|text| text.split("<table").next()).expect("the pupil is there"));
            let whole = |part: Option<f64>| part.unwrap_or_default() as usize;
            let said = format!("качество {}/{}=", whole(figure.numerator), whole(figure.denominator));
            assert!(line.contains(&said), "{}: {line}, not {said}", figure.scope_id);
            seen += 1;
        }
        assert!(seen > 100, "{seen}");
    });
}

#[test]
fn every_link_leads_to_an_anchor_and_no_anchor_stands_twice() {
    for name in ["year", "year-mixed"] {
        with_example(name, |context| {
            let pages = pages(context);
            let anchors: BTreeMap<&str, BTreeSet<&str>> =
                pages.iter().map(|(name, page)| (name.as_str(), anchors_of(page))).collect();
            for (page, text) in &pages {
                assert_eq!(
                    anchors[page.as_str()].len(),
                    text.matches(" id=").count(),
                    "{name} {page}: an anchor twice"
                );
                for link in text.split("href=").skip(1) {
                    let link =
                        link.trim_start_matches('"').split(['>', '"', ' ']).next().expect("a link ends");
                    let link = link.replace("&#x2f;", "/");
                    let (target, anchor) = link.split_once('#').unwrap_or((&link, ""));
                    if target == "../index.html" {
                        continue;
                    }
                    let target = if target.is_empty() { page.as_str() } else { target };
                    let there =
                        anchors.get(target).unwrap_or_else(|| panic!("{name} {page}: no page {link}"));
                    assert!(anchor.is_empty() || there.contains(anchor), "{name} {page}: no anchor {link}");
                }
            }
        });
    }
}

fn anchors_of(page: &str) -> BTreeSet<&str> {
    page.split(" id=").skip(1).filter_map(|rest| rest.split(['>', ' ']).next()).collect()
}

#[test]
fn no_name_stands_in_a_file_name_or_an_anchor() {
    let year = small_year()
        .on(2024, 11, 30)
        .table("pupils", "pupil_id,surname,given_name\nЗаречный Лев,Заречный,Лев\nП-2,Полевая,Ася")
        .table("enrolment", "pupil_id,class_id,from,to\nЗаречный Лев,5А,2024-09-01,\nП-2,5А,2024-09-01,")
        .table("marks", "mark_id,lesson_id,pupil_id,value\nM1,L1,Заречный Лев,5\nM2,L1,П-2,4");
    year.analysed(|context| {
        let pages = pages(context);
        assert_eq!(pages.keys().collect::<Vec<_>>(), ["5A-Q1.html", "Q1.html"]);
        for (name, page) in pages {
            let is_plain =
                |text: &str| text.bytes().all(|one| one.is_ascii_alphanumeric() || b"-_.".contains(&one));
            assert!(is_plain(&name), "{name}");
            assert!(anchors_of(&page).into_iter().all(is_plain), "{name}");
            assert!(!page.contains("%D0"), "{name}");
        }
    });
}

#[test]
fn who_left_or_moved_and_what_no_mean_counts_stand_with_the_reason() {
    let year = small_year()
        .on(2024, 11, 30)
        .table("classes", "class_id,grade,letter\n5А,5,А\n5Б,5,Б")
        .table(
            "enrolment",
            "pupil_id,class_id,from,to,in_kind,out_kind\nP1,5А,2024-09-01,2024-09-20,start,transferred\n\
             P1,5Б,2024-09-21,,transferred,\nP2,5А,2024-09-01,2024-10-01,start,left\nP3,5А,2024-09-01,,start,",
        )
        .rows("pupils", "P3,\"Ольхина <b>\",Яна")
        .rows("courses", "C2,math,5Б,,T2,1,lesson")
        .rows(
            "lessons",
            "L2,C1,2024-09-30,1,held,,T1,,\"Доли & <части>\",2,,\nL3,C2,2024-09-30,1,held,,T2,,Дроби,1,,\n\
             L4,C1,2024-10-07,1,moved,2024-10-08,T1,,,,,",
        )
        .table("works", "work_id,course_id,kind,title,weight\nW0,C1,test,Тест,0\nW2,C1,control,Контрольная,2")
        .table(
            "marks",
            "mark_id,lesson_id,pupil_id,value,work_id\nM1,L1,P1,5,\nM2,L1,P2,4,\nM3,L1,P3,3,W2\nM4,L2,P3,.,\nM5,L2,P3,2,W0\n\
             M6,L2,P3,зач,\nM7,L3,P1,4,",
        )
        .table("attendance", "lesson_id,pupil_id,reason\nL2,P3,оп\nL1,P1,б\nL4,P3,н")
        .table(
            "term_marks",
            "pupil_id,subject_id,term_id,kind,value\nP3,math,Q1,term,3\nP1,math,Q1,term,5",
        );
    year.analysed(|context| {
        let pages = pages(context);
        let (a, b) = (&pages["5A-Q1.html"], &pages["5B-Q1.html"]);
        assert_eq!(
            cells(a, "pP3-C1"),
            [
                "Математика",
                "02.09 3 к/р ×2; 30.09 . без вида долг; 30.09 2 тест ×0; 30.09 зач без вида не число",
                "5/2=2,50; ×6/2=3,00 → 3",
                "3 =",
                "0/2: 30.09 оп, 07.10 н не считается: урок не проведён",
            ]
        );
        assert_eq!(cells(a, "pP1-C1")[1..], ["02.09 5 без вида", "5/1=5,00 → 5", "—", "1/1: 02.09 б"]);
        assert!(a.contains("на последний день периода в классе 5Б"), "{a}");
        assert!(a.contains("в школе не числится"), "{a}");
        assert_eq!(cells(b, "pP1-C2")[1..], ["30.09 4 без вида", "4/1=4,00 → 4", "5 выше", "0/1"]);
        assert_eq!(cells(a, "lL4"), ["07.10, 1", "темы нет", "перенесён на 08.10", "Ольхина <b> Я. н"]);
        assert!(a.contains("Доли &amp; &lt;части&gt;") && !a.contains("Ольхина <b>"), "{a}");
    });
}

#[test]
fn what_the_inputs_lack_is_said_on_the_page() {
    let year = small_year().on(2024, 11, 30);
    year.analysed(|context| {
        let pages = pages(context);
        let cells = cells(&pages["5A-Q1.html"], "pP1-C1");
        assert_eq!(cells, ["Математика", "нет", "—", "нет отметок за периоды", "нет посещаемости"]);
    });
}

/// Returns the id of the row that has a figure on the page of its term.
fn row_of(context: &ReportContext<'_>, figure: &Figure) -> String {
    let stems: Vec<String> = {
        let keys = context.journal.classes.values().map(|class| class.key.as_str());
        letopis::render::file_names::file_stems(keys)
    };
    let part = |key: &str| anchors::part(key).into_owned();
    let subject = figure.subject.map(|id| part(&context.journal.subjects[id].key));
    let whole = match figure.scope {
        Scope::School => "school".to_owned(),
        Scope::Level => figure.scope_id.to_string(),
        Scope::Parallel => format!("g{}", figure.scope_id),
        Scope::Class => {
            stems[find(&context.journal.classes, |one| &one.key, &figure.scope_id).index()].clone()
        }
        Scope::Course => return format!("c{}", part(&figure.scope_id)),
        Scope::Group => {
            return format!("q{}-{}", part(&figure.scope_id), subject.expect("a group has a subject"));
        }
        Scope::Teacher => {
            let teacher = find(&context.journal.staff, |one| &one.key, &figure.scope_id);
            let courses = context.journal.courses.values().filter(|course| course.teacher == teacher);
            let taught: BTreeSet<Id<Subject>> = courses
                .filter(|course| {
                    let classes = context.journal.classes_of(course).iter();
                    let grades = context.journal.terms[figure.term].grades;
                    classes
                        .map(|class| context.journal.classes[*class].grade)
                        .any(|grade| grades.contains(grade))
                })
                .map(|course| course.subject)
                .collect();
            // The figures of a teacher of one subject stand once.
            return match subject.filter(|_| taught.len() > 1) {
                Some(subject) => format!("t{}-{subject}", part(&figure.scope_id)),
                None => format!("t{}", part(&figure.scope_id)),
            };
        }
        Scope::Pupil => unreachable!("pupils are on the pages of their classes"),
    };
    match subject {
        Some(subject) => format!("s-{subject}-{whole}"),
        None => format!("m-{whole}"),
    }
}

fn said(figure: &Figure) -> String {
    let unit = METRICS.iter().find(|metric| metric.id == figure.metric).expect("a metric").unit;
    let value = match unit {
        Unit::Percent => numbers::percent(figure.value),
        Unit::Mark => numbers::mean(figure.value),
        Unit::Lessons | Unit::Hours => numbers::hours(figure.value),
    };
    let count = letopis::render::format::count;
    let parts = figure
        .numerator
        .zip(figure.denominator)
        .map(|(found, of)| format!(" {}/{}", count(found), count(of)));
    format!("{value}{}", parts.unwrap_or_default())
}

/// Compares every figure of the school with the pages of its terms; returns how many there were.
fn every_figure_stands(context: &ReportContext<'_>, name: &str) -> usize {
    let pages = pages(context);
    let mut rows: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut seen = 0;
    for figure in context.figures.iter().filter(|figure| figure.scope != Scope::Pupil) {
        let key = letopis::render::file_names::file_stem(&context.journal.terms[figure.term].key);
        let Some(page) = pages.get(&format!("{key}.html")) else { continue };
        let id = row_of(context, figure);
        let row = rows.entry((key, id.clone())).or_insert_with(|| cells(page, &id));
        let at = METRICS.iter().position(|metric| metric.id == figure.metric).expect("a metric");
        assert_eq!(row[at + 1], said(figure), "{name} {id} {}", figure.metric);
        if at < 5 {
            let excluded: Vec<String> =
                figure.excluded.iter().map(|(kind, count)| format!("{} {count}", kind.title())).collect();
            assert_eq!(row[METRICS.len() + 1], excluded.join(", "), "{name} {id}");
        }
        seen += 1;
    }
    seen
}

#[test]
fn every_figure_of_the_school_stands_on_the_page_of_its_term_with_its_parts() {
    for name in ["year", "year-mixed"] {
        with_example(name, |context| {
            let seen = every_figure_stands(context, name);
            assert!(seen > 2000, "{name}: {seen}");
        });
    }
}

/// Returns the lists of names of a page that are behind a class and subject: by title of the mark, those the class counts.
fn lists_of(page: &str, key: &str, stem: &str) -> BTreeMap<String, usize> {
    let mut lists = BTreeMap::new();
    let Some(section) = page.split(&format!("<a id=u-{key}-{stem}></a>")).nth(1) else { return lists };
    let section =
        section.split("<a id=u-").next().and_then(|text| text.split("<h").next()).expect("a list ends");
    for unit in section.split("<p id=u-").skip(1) {
        for group in unit.split("<b>").skip(2) {
            let (title, names) = group.split_once("</b> ").expect("a title ends");
            let (title, count) =
                title.trim_end_matches("):").split_once(" (").expect("a title has its count");
            let names: Vec<&str> = names.split(", ").collect();
            assert_eq!(
                names.len().to_string(),
                count,
                "{key} {stem} {title}: the list is as long as its number"
            );
            let own = names.iter().filter(|name| !name.contains("учтён по другому курсу")).count();
            *lists.entry(title.to_owned()).or_default() += own;
        }
    }
    lists
}

#[test]
fn the_names_behind_a_class_and_subject_are_as_many_as_its_figures_count() {
    for name in ["year", "year-mixed"] {
        with_example(name, |context| {
            let (journal, pages) = (context.journal, pages(context));
            let mut seen = 0;
            for figure in
                context.figures.iter().filter(|one| one.scope == Scope::Class && one.subject.is_some())
            {
                let key = letopis::render::file_names::file_stem(&journal.terms[figure.term].key);
                let Some(page) = pages.get(&format!("{key}.html")) else { continue };
                let subject = &journal.subjects[figure.subject.expect("it has one")];
                let stem = letopis::render::file_names::file_stem(&figure.scope_id);
                let lists = lists_of(page, &anchors::part(&subject.key), &stem);
                let count = |titles: &[&str]| {
                    titles.iter().map(|title| lists.get(*title).unwrap_or(&0)).sum::<usize>()
                };
                let assessed = count(&["«5»", "«4»", "«3»", "«2»", "«1»", "н/а"]);
                let expected = match figure.metric {
                    "attainment" => [count(&["«5»", "«4»", "«3»"]), assessed],
                    "attainment_regulation" => [count(&["«5»", "«4»", "«3»"]), lists.values().sum()],
                    "quality" => [count(&["«5»", "«4»"]), assessed],
                    _ => continue,
                };
                let found =
                    [figure.numerator, figure.denominator].map(|part| part.unwrap_or_default() as usize);
                assert_eq!(
                    found, expected,
                    "{name} {key} {} {} {}",
                    figure.scope_id, subject.key, figure.metric
                );
                seen += 1;
            }
            assert!(seen > 100, "{name}: {seen}");
        });
    }
}

#[test]
fn the_names_behind_the_standings_and_absences_of_a_class_are_as_many_as_counted() {
    with_example("year", |context| {
        let (journal, pages) = (context.journal, pages(context));
        let mut seen = 0;
        for figure in context.figures.iter().filter(|one| one.scope == Scope::Class && one.subject.is_none())
        {
            let key = letopis::render::file_names::file_stem(&journal.terms[figure.term].key);
            let Some(page) = pages.get(&format!("{key}.html")) else { continue };
            let stem = letopis::render::file_names::file_stem(&figure.scope_id);
            let list = |standing: &str| {
                let text = page.split(&format!("<p id=n-{stem}-{standing}>")).nth(1);
                text.map_or(0, |text| {
                    let text = words(text.split("</p>").next().expect("a list ends"));
                    let (head, names) = text.split_once(". ").expect("a list has a head");
                    // Subjects stand in brackets behind a name.
                    let mut depth = 0_i32;
                    let commas = names.chars().filter(|sign| {
                        depth += match sign {
                            '(' => 1,
                            ')' => -1,
                            _ => 0,
                        };
                        *sign == ',' && depth == 0
                    });
                    let count = commas.count() + 1;
                    assert!(head.ends_with(&format!(": {count}")), "{key} {stem}: {head} {count}");
                    count
                })
            };
            let expected = match figure.metric {
                "attainment" => list("excellent") + list("good") + list("satisfactory"),
                "quality" => list("excellent") + list("good"),
                "absence_lessons" => {
                    let text = page.split(&format!(" id=a-{stem}>")).nth(1).expect("the class is there");
                    let text = words(text.split("</p>").next().expect("a list ends"));
                    let total: usize = text.split("Пропущено ").nth(1).map_or(0, |rest| {
                        rest.split('.').next().and_then(|one| one.parse().ok()).expect("a count")
                    });
                    assert_eq!(total as f64, figure.value.unwrap_or_default(), "{key} {stem}");
                    continue;
                }
                _ => continue,
            };
            assert_eq!(figure.numerator, Some(expected as f64), "{key} {stem} {}", figure.metric);
            seen += 1;
        }
        assert!(seen > 20, "{seen}");
    });
}
