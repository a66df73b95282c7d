//! Names of people and streets: made from nature words with endings that no family bears.

use fastrand::Rng;

const ROOTS: [&str; 36] = [
    "Вереск",
    "Мятл",
    "Клевер",
    "Ряск",
    "Туман",
    "Вьюжн",
    "Листопад",
    "Облачн",
    "Ручейн",
    "Капельн",
    "Роднич",
    "Папорот",
    "Осочн",
    "Чабрец",
    "Хвощ",
    "Пуржин",
    "Инейн",
    "Мошкарн",
    "Стрекоз",
    "Светлячн",
    "Мотыльн",
    "Одуван",
    "Шиповн",
    "Боярышн",
    "Ромашн",
    "Подснежн",
    "Кувшин",
    "Багульн",
    "Желудн",
    "Сугроб",
    "Проталин",
    "Росян",
    "Зарничн",
    "Радужн",
    "Гроздев",
    "Прибрежн",
];
const ENDINGS: [&str; 5] = ["ейкинов", "унцев", "ятинов", "инцов", "овейкин"];
const BOYS: [&str; 26] = [
    "Александр",
    "Алексей",
    "Андрей",
    "Артём",
    "Богдан",
    "Вадим",
    "Виктор",
    "Глеб",
    "Даниил",
    "Денис",
    "Дмитрий",
    "Егор",
    "Захар",
    "Иван",
    "Илья",
    "Кирилл",
    "Лев",
    "Максим",
    "Матвей",
    "Михаил",
    "Никита",
    "Роман",
    "Семён",
    "Степан",
    "Тимофей",
    "Ярослав",
];
const GIRLS: [&str; 26] = [
    "Алина",
    "Алиса",
    "Анастасия",
    "Анна",
    "Валерия",
    "Варвара",
    "Вера",
    "Вероника",
    "Дарья",
    "Ева",
    "Екатерина",
    "Елизавета",
    "Зоя",
    "Кира",
    "Ксения",
    "Лидия",
    "Маргарита",
    "Мария",
    "Милана",
    "Надежда",
    "Ольга",
    "Полина",
    "София",
    "Таисия",
    "Ульяна",
    "Юлия",
];
const FATHERS: [(&str, &str); 18] = [
    ("Алексеевич", "Алексеевна"),
    ("Андреевич", "Андреевна"),
    ("Борисович", "Борисовна"),
    ("Викторович", "Викторовна"),
    ("Владимирович", "Владимировна"),
    ("Денисович", "Денисовна"),
    ("Евгеньевич", "Евгеньевна"),
    ("Иванович", "Ивановна"),
    ("Игоревич", "Игоревна"),
    ("Кириллович", "Кирилловна"),
    ("Максимович", "Максимовна"),
    ("Николаевич", "Николаевна"),
    ("Олегович", "Олеговна"),
    ("Павлович", "Павловна"),
    ("Романович", "Романовна"),
    ("Сергеевич", "Сергеевна"),
    ("Фёдорович", "Фёдоровна"),
    ("Юрьевич", "Юрьевна"),
];
const STREETS: [&str; 10] = [
    "Полевая",
    "Садовая",
    "Родниковая",
    "Луговая",
    "Мельничная",
    "Степная",
    "Набережная",
    "Дальняя",
    "Овражная",
    "Ветряная",
];

/// What the children of one household share.
#[derive(Clone)]
pub(crate) struct Family {
    surname: String,
    father: usize,
    pub(crate) mother: String,
    pub(crate) address: String,
    pub(crate) phone: String,
}

/// A person's name in three parts.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) surname: String,
    pub(crate) given: String,
    pub(crate) patronymic: String,
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.surname, self.given, self.patronymic)
    }
}

fn surname(rng: &mut Rng) -> String {
    format!("{}{}", pick(rng, &ROOTS), pick(rng, &ENDINGS))
}

/// Returns one of the items.
pub(crate) fn pick<'a, T: ?Sized>(rng: &mut Rng, items: &[&'a T]) -> &'a T {
    items[rng.usize(..items.len())]
}

/// Returns the name of a grown-up, women twice as often as men.
pub(crate) fn adult(rng: &mut Rng) -> Name {
    let is_man = rng.u32(..3) == 0;
    person(&surname(rng), rng.usize(..FATHERS.len()), is_man, rng)
}

fn person(surname: &str, father: usize, is_man: bool, rng: &mut Rng) -> Name {
    Name {
        surname: format!("{surname}{}", if is_man { "" } else { "а" }),
        given: pick(rng, if is_man { &BOYS } else { &GIRLS }).to_owned(),
        patronymic: if is_man { FATHERS[father].0 } else { FATHERS[father].1 }.to_owned(),
    }
}

impl Family {
    pub(crate) fn new(rng: &mut Rng) -> Self {
        let surname = surname(rng);
        let mother = person(&surname, rng.usize(..FATHERS.len()), false, rng).to_string();
        Self {
            surname,
            father: rng.usize(..FATHERS.len()),
            mother,
            address: format!("ул. {}, д. {}", pick(rng, &STREETS), rng.u32(1..90)),
            // The code 000 is given to nobody.
            phone: format!("+7 000 {:03}-{:02}-{:02}", rng.u32(100..1000), rng.u32(..100), rng.u32(..100)),
        }
    }

    /// Returns a child of the family.
    pub(crate) fn child(&self, is_boy: bool, rng: &mut Rng) -> Name {
        person(&self.surname, self.father, is_boy, rng)
    }

    /// Returns another family of the same surname: namesakes who are no relatives.
    pub(crate) fn namesake(&self, rng: &mut Rng) -> Self {
        let other = Self::new(rng);
        let mother = person(&self.surname, rng.usize(..FATHERS.len()), false, rng).to_string();
        Self { surname: self.surname.clone(), father: (self.father + 1) % FATHERS.len(), mother, ..other }
    }
}
