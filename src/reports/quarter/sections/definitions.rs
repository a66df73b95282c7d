//! How the figures are formed, and who is not counted.

use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::common::numbers::some;
use crate::reports::common::table::{count, row, table, text, total};
use crate::reports::quarter::view::{Quarter, Section, say_whom};
use crate::stats::Spread;

pub(in crate::reports::quarter) const DEFINITIONS: Section =
    Section { title: "Как считали и кто не учтён", starts_page: false, lay };

const FIGURES: [[&str; 3]; 13] = [
    [
        "Успеваемость, по всем предметам",
        "ученики без «1», «2» и н/а от аттестованных хотя бы по одному предмету",
        "освобождённые, с отсрочкой и без отметки по всем предметам; выбывшие до последнего дня",
    ],
    [
        "Успеваемость по предмету, учителю",
        "отметки «3»–«5» от аттестованных (1–5 и н/а)",
        "осв, зачёт, отсрочка, нет отметки",
    ],
    ["Качество знаний", "то же, но все отметки «4» и «5» и нет н/а", "те же"],
    ["СОУ", "(100·«5» + 64·«4» + 36·«3» + 16·«2» + 7·(«1» и н/а)) : аттестованных отметок", "те же"],
    ["Средний балл", "сумма отметок 1–5 : их число", "те же и н/а"],
    [
        "Отличники, хорошисты, с «3», неуспевающие, н/а",
        "по отметкам за период во всех изучаемых предметах; «с одной» — часть своей группы",
        "1 класс; предметы без отметок; факультативы и внеурочные курсы",
    ],
    [
        "Те же ученики",
        "учтённые в знаменателе показателя в обоих периодах",
        "прибывшие и выбывшие между периодами; перешедшие в другой класс — в показателях класса",
    ],
    [
        "Рост, снижение",
        "изменение у тех же учеников в ту же сторону, десять учеников и больше, двусторонний критерий знаков 5 %",
        "группы меньше десяти",
    ],
    [
        "Пропуски",
        "уроки с «б», «ну», «н», «?» от проведённых уроков, на которых ученик должен быть",
        "опоздания; уроки до прибытия и после выбытия",
    ],
    [
        "Выполнение программы",
        "проведённые часы от часов учебного плана на период",
        "курсы без плана на период",
    ],
    [
        "Контрольные работы",
        "доли — от писавших; писал — есть отметка 1–5 за эту работу",
        "не писавшие; работы вне графика",
    ],
    [
        "К среднему, к контрольным",
        "отметка за период против среднего (с весами), округлённого: 3,5 — «4»",
        "у кого сравнивать нечего",
    ],
    [
        "Группы классов",
        "успевают все или нет; качество от 50 % или ниже",
        "классы, где аттестовано меньше десяти",
    ],
];

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    let columns = vec![text("Показатель", 44.0), text("Как считали", 76.0), text("Кто не учтён", 60.0)];
    let rows = FIGURES.map(|cells| row(cells.map(str::to_owned).to_vec()));
    paper.table(&table(columns, rows.into()));
    paper.paragraph(
        Look::Note,
        "Доли округлены до десятых, средние — до сотых; половина округляется вверх. Показатели класса — у учеников, зачисленных в \
         последний день периода. «—»: показатель образовать не из чего. Учитель — тот, чьё имя носит курс; замены на его показатели \
         не влияют.",
    );
    left_out(quarter, paper);
}

/// Counts the marks that stand in no figure, by class.
fn left_out(quarter: &Quarter<'_>, paper: &mut Paper) {
    if quarter.coverage.lack_of_term_marks().is_some() {
        return;
    }
    let spread = |test: &dyn Fn(Id<Class>) -> bool| -> Spread {
        quarter.given.iter().filter(|one| one.is_first && test(one.class)).map(|one| one.value).collect()
    };
    let line = |title: String, own: Spread| {
        vec![
            title,
            format::thousands(own.listed()),
            format::thousands(own.assessed()),
            some(own.exempt),
            some(own.unmarked),
            some(own.missing),
        ]
    };
    let marked = quarter.data.grades.marked();
    let mut rows = Vec::new();
    for level in marked.levels() {
        let own = spread(&|class| level.has(quarter.grade(class)));
        rows.push(row(line(marked.level_label(level), own)));
    }
    rows.push(total(line(format!("Школа, {}", quarter.marked()), spread(&|_| true))));
    paper.heading(2, "Не вошли в показатели");
    let columns = vec![
        text("Охват", 60.0),
        count("Ученик × предмет", 24.0),
        count("Аттестовано", 24.0),
        count("Освобождены", 24.0),
        count("Зачёт, без отметки", 24.0),
        count("Отсрочка, нет отметки", 24.0),
    ];
    paper.table(&table(columns, rows));
    say_whom(paper, &quarter.marked(), "Каждый ученик считается по каждому предмету один раз.");
}
