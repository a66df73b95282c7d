//! The subjects, who can teach them, and the weekly hours of each grade (a five-day week, within СанПиН 1.2.3685-21).

/// How a subject is taught: which works, which homework, which turns of phrase in topics.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Language,
    Reading,
    Foreign,
    Numbers,
    Nature,
    Society,
    Hands,
    Body,
    Talk,
}

/// A subject of the curriculum.
#[derive(Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) short: &'static str,
    pub(crate) area: &'static str,
    pub(crate) grading: &'static str,
    /// The teacher's subject; `primary` is the teacher of the class.
    pub(crate) trade: &'static str,
    pub(crate) style: Style,
}

const fn subject(
    id: &'static str,
    title: &'static str,
    short: &'static str,
    area: &'static str,
    trade: &'static str,
    style: Style,
) -> Subject {
    Subject { id, title, short, area, grading: "five", trade, style }
}

const fn graded(grading: &'static str, subject: Subject) -> Subject {
    Subject { grading, ..subject }
}

use Style::{Body, Foreign, Hands, Language, Nature, Numbers, Reading, Society, Talk};

/// All subjects, in the order of the journal.
pub(crate) const SUBJECTS: [Subject; 30] = [
    subject("rus", "Русский язык", "Рус. яз.", "Русский язык и литература", "rus", Language),
    subject("litr", "Литературное чтение", "Лит. чт.", "Русский язык и литература", "rus", Reading),
    subject("lit", "Литература", "Лит.", "Русский язык и литература", "rus", Reading),
    subject("eng", "Иностранный язык (английский)", "Англ. яз.", "Иностранные языки", "eng", Foreign),
    subject("math", "Математика", "Матем.", "Математика и информатика", "math", Numbers),
    subject("alg", "Алгебра", "Алгебра", "Математика и информатика", "math", Numbers),
    subject("geom", "Геометрия", "Геом.", "Математика и информатика", "math", Numbers),
    subject("prob", "Вероятность и статистика", "Вер. и стат.", "Математика и информатика", "math", Numbers),
    subject("inf", "Информатика", "Информ.", "Математика и информатика", "inf", Numbers),
    subject("world", "Окружающий мир", "Окр. мир", "Обществознание и естествознание", "primary", Nature),
    subject("hist", "История", "История", "Общественно-научные предметы", "hist", Society),
    subject("soc", "Обществознание", "Общ.", "Общественно-научные предметы", "hist", Society),
    subject("geo", "География", "Геогр.", "Общественно-научные предметы", "geo", Society),
    subject("bio", "Биология", "Биол.", "Естественно-научные предметы", "bio", Nature),
    subject("phys", "Физика", "Физика", "Естественно-научные предметы", "phys", Nature),
    subject("chem", "Химия", "Химия", "Естественно-научные предметы", "bio", Nature),
    graded(
        "none",
        subject("orkse", "Основы религиозных культур и светской этики", "ОРКСЭ", "ОРКСЭ", "primary", Society),
    ),
    subject(
        "odnk",
        "Основы духовно-нравственной культуры народов России",
        "ОДНКНР",
        "ОДНКНР",
        "hist",
        Society,
    ),
    subject("mus", "Музыка", "Музыка", "Искусство", "art", Hands),
    subject("art", "Изобразительное искусство", "ИЗО", "Искусство", "art", Hands),
    subject("tech", "Труд (технология)", "Труд", "Технология", "tech", Hands),
    subject("pe", "Физическая культура", "Физ. к.", "Физическая культура", "pe", Body),
    subject("obzr", "Основы безопасности и защиты Родины", "ОБЗР", "ОБЗР", "obzr", Society),
    subject("local", "Рассказы по истории края", "Край", "Часть, формируемая участниками", "geo", Society),
    graded(
        "pass",
        subject(
            "fin",
            "Функциональная грамотность",
            "Функц. гр.",
            "Часть, формируемая участниками",
            "geo",
            Society,
        ),
    ),
    graded(
        "pass",
        subject(
            "prof",
            "Предпрофильная подготовка",
            "Предпроф.",
            "Часть, формируемая участниками",
            "tech",
            Society,
        ),
    ),
    graded(
        "pass",
        subject(
            "proj",
            "Индивидуальный проект",
            "Инд. проект",
            "Часть, формируемая участниками",
            "phys",
            Nature,
        ),
    ),
    graded(
        "pass",
        subject("elmath", "Избранные вопросы математики", "Изб. мат.", "Элективные курсы", "math", Numbers),
    ),
    graded(
        "pass",
        subject("elrus", "Практикум по русскому языку", "Практ. рус.", "Элективные курсы", "rus", Language),
    ),
    graded("none", subject("talk", "Разговоры о важном", "РоВ", "Внеурочная деятельность", "primary", Talk)),
];

/// Weekly hours of grades 1 to 11; `talk` comes on top of them.
const HOURS: [&str; 11] = [
    "rus5 litr4 math4 world2 art1 mus1 tech1 pe3",
    "rus5 litr4 eng2 math4 world2 art1 mus1 tech1 pe3",
    "rus5 litr4 eng2 math4 world2 art1 mus1 tech1 pe3",
    "rus5 litr4 eng2 math4 world2 orkse1 art1 mus1 tech1 pe2",
    "rus5 lit3 eng3 math5 inf1 hist2 geo1 bio1 odnk1 mus1 art1 tech2 pe2 local1",
    "rus6 lit3 eng3 math5 inf1 hist2 soc1 geo1 bio1 odnk1 mus1 art1 tech2 pe2",
    "rus4 lit2 eng3 alg3 geom2 prob1 inf1 hist2 soc1 geo2 bio1 phys2 mus1 art1 tech2 pe2 local1 fin1",
    "rus3 lit2 eng3 alg3 geom2 prob1 inf1 hist2 soc1 geo2 bio2 phys2 chem2 mus1 tech1 pe2 obzr1 local1",
    "rus3 lit3 eng3 alg3 geom2 prob1 inf1 hist2 soc1 geo2 bio2 phys3 chem2 tech1 pe2 obzr1 prof1",
    "rus2 lit3 eng3 alg4 geom2 prob1 inf1 hist2 soc2 geo1 bio1 phys2 chem1 pe2 obzr1 proj1",
    "rus2 lit3 eng3 alg4 geom2 prob1 inf1 hist2 soc2 geo1 bio1 phys2 chem1 pe2 obzr1",
];

/// Returns the index of a subject in [`SUBJECTS`].
pub(crate) fn subject_index(id: &str) -> usize {
    SUBJECTS.iter().position(|s| s.id == id).expect("subjects are named as in the table")
}

/// Returns the subjects of a grade with their weekly hours.
pub(crate) fn hours_of(grade: u8) -> impl Iterator<Item = (usize, u32)> {
    HOURS[usize::from(grade) - 1].split(' ').map(|word| {
        let (id, hours) = word.split_at(word.len() - 1);
        (subject_index(id), hours.parse().expect("a digit ends every word of the table"))
    })
}

impl Subject {
    /// Returns who teaches it in a grade: in primary school the class teacher does nearly everything.
    pub(crate) fn trade_in(&self, grade: u8) -> &'static str {
        let own_teacher = matches!(self.id, "eng" | "mus" | "pe");
        if self.id == "talk" || (grade <= 4 && !own_teacher) { "primary" } else { self.trade }
    }

    /// Says whether works under internal control are set in it.
    pub(crate) fn has_controls(&self) -> bool {
        matches!(self.id, "rus" | "math" | "alg" | "geom" | "eng" | "phys" | "chem")
    }
}

/// Trades of subject teachers: the post, and which trade words it covers.
pub(crate) const TRADES: [(&str, &[&str]); 11] = [
    ("Учитель русского языка и литературы", &["rus"]),
    ("Учитель математики", &["math"]),
    ("Учитель английского языка", &["eng"]),
    ("Учитель истории и обществознания", &["hist"]),
    ("Учитель географии", &["geo"]),
    ("Учитель биологии и химии", &["bio"]),
    ("Учитель физики", &["phys"]),
    ("Учитель информатики", &["inf"]),
    ("Учитель физической культуры, преподаватель-организатор ОБЗР", &["pe", "obzr"]),
    ("Учитель музыки и ИЗО", &["art"]),
    ("Учитель труда (технологии)", &["tech"]),
];
