//! Russian words for codes, and for what is missing from the inputs.

use crate::base::problems::Problem;
use crate::base::said::{Said, said};
use crate::model::Table;
use crate::model::schema::{Column, TABLES, schema_of};

/// Returns a clause in the form people cite: `R.2.8` is «Регламент, п. 2.8» (sections of the regulation:
/// `requirements.md`).
pub fn clause(id: &str) -> String {
    cited(id).ru
}

/// Returns a clause in the form people cite, in both languages.
pub fn cited(id: &str) -> Said {
    let (section, item) = id.split_once('.').unwrap_or(("", id));
    let section = match section {
        "P" => Said::fixed("Положение", "Provisions"),
        "R" => Said::fixed("Регламент", "Regulation"),
        "S" => Said::fixed("Электронный дневник", "Electronic diary"),
        "D" => Said::fixed("Директор", "Director"),
        "Z" => Said::fixed("Заместители директора", "Deputy directors"),
        "K" => Said::fixed("Классный руководитель", "Class teacher"),
        "T" => Said::fixed("Учитель", "Teacher"),
        "A" => Said::fixed("Системный администратор", "System administrator"),
        _ => return Said::same(id),
    };
    match item {
        "duty" => said!("{}, обязанности", "{}, duties", section),
        "rights" => said!("{}, права", "{}, rights", section),
        _ if item.starts_with(|c: char| c.is_ascii_digit()) => {
            said!("{}, п. {item}", "{}, item {item}", section)
        }
        _ => section.owned(),
    }
}

/// Returns the words for a table that the inputs do not have: «нет учебного плана».
pub fn lack_of(table: Table) -> &'static str {
    match table {
        Table::Staff => "нет списка сотрудников",
        Table::Terms => "нет учебных периодов",
        Table::Holidays => "нет дат каникул",
        Table::Bells => "нет расписания звонков",
        Table::Subjects => "нет списка предметов",
        Table::Classes => "нет списка классов",
        Table::Suspensions => "нет списка актированных дней",
        Table::Pupils => "нет списка учеников",
        Table::Enrolment => "нет сведений о зачислении",
        Table::Groups => "нет списка групп",
        Table::GroupMembers => "нет состава групп",
        Table::Courses => "нет списка курсов",
        Table::CourseTeachers => "нет списка учителей курсов",
        Table::Curriculum => "нет учебного плана",
        Table::LessonPlans => "нет календарно-тематических планов",
        Table::Timetable => "нет расписания",
        Table::DayMoves => "нет переносов учебных дней",
        Table::Lessons => "нет уроков",
        Table::Homework => "нет домашних заданий",
        Table::Works => "нет видов работ",
        Table::Marks => "нет отметок",
        Table::Attendance => "нет посещаемости",
        Table::AbsenceRegister => "нет учёта отсутствующих",
        Table::TermMarks => "нет отметок за периоды",
        Table::Accounts => "нет учётных записей",
        Table::Changes => "нет журнала изменений",
        Table::Breaches => "нет сведений о взломе учётных записей",
        Table::Consents => "нет согласий родителей",
        Table::Acknowledgements => "нет сведений об ознакомлении родителей",
        Table::Recommendations => "нет рекомендаций родителям",
        Table::Remarks => "нет замечаний проверяющих",
        Table::Setup => "нет записей о подготовке года",
        Table::Decisions => "нет решений педагогического совета",
        Table::Aliases => "нет таблицы соответствий",
    }
}

/// Returns the words for columns that a table of the inputs does not have: «в таблице «Уроки» нет столбца
/// «Внесено»».
pub fn lack_of_columns(table: Table, ids: &[&str]) -> String {
    let schema = schema_of(table);
    let title = |id: &&str| {
        let column = schema.columns.iter().find(|column| column.id == *id);
        format!("«{}»", column.map_or(*id, |column| column.title))
    };
    let titles: Vec<String> = ids.iter().map(title).collect();
    let noun = if titles.len() == 1 { "столбца" } else { "столбцов" };
    format!("в таблице «{}» нет {noun} {}", schema.title, titles.join(", "))
}

/// Returns the place of a problem. The column is given by the title that people know.
pub fn place(problem: &Problem) -> String {
    let column = column_of(problem);
    Problem { column, ..problem.clone() }.place().ru
}

/// Replaces the ids of tables in a message with their titles, because the form shows titles.
pub fn in_words(message: &str) -> String {
    let is_part = |one: char| one.is_ascii_alphanumeric() || "_-./".contains(one);
    let (mut said, mut rest) = (String::new(), message);
    while let Some(start) = rest.find(is_part) {
        let end = rest[start..].find(|one: char| !is_part(one)).map_or(rest.len(), |length| start + length);
        said.push_str(&rest[..start]);
        let (word, behind) = (&rest[start..end], &rest[end..]);
        match Table::parse(word).map(|table| schema_of(table).title) {
            None => said.push_str(word),
            Some(title) if said.ends_with('«') || behind.starts_with(';') => said.push_str(title),
            Some(title) => said.push_str(&format!("«{title}»")),
        }
        rest = behind;
    }
    said + rest
}

/// Returns the title of a problem's column, or the file's own header where the format has no such column.
pub fn column_of(problem: &Problem) -> String {
    let stem = problem.file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
    let folder = problem.file.split('/').next().unwrap_or_default();
    let named = [problem.sheet.as_str(), stem, folder].into_iter().find_map(Table::parse);
    let own = named.map(|table| schema_of(table).columns.iter());
    let of_all = || TABLES.iter().flat_map(|schema| schema.columns);
    let is_meant = |column: &&Column| column.id == problem.column;
    let column = own.and_then(|mut columns| columns.find(is_meant)).or_else(|| of_all().find(is_meant));
    column.map_or_else(|| problem.column.clone(), |column| format!("«{}»", column.title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_inputs_lack_is_said_without_an_id() {
        for table in Table::ALL {
            assert!(!lack_of(*table).contains(|one: char| one.is_ascii_alphabetic()), "{table:?}");
        }
        assert_eq!(
            in_words("добавьте в таблицу aliases строку «subjects;Химия;;;…», не в pupils.csv"),
            "добавьте в таблицу «Соответствия» строку «Предметы;Химия;;;…», не в pupils.csv"
        );
        assert_eq!(
            lack_of_columns(Table::Lessons, &["recorded_at", "recorded_by"]),
            "в таблице «Уроки» нет столбцов «Внесено», «Кем внесено»"
        );
    }

    #[test]
    fn clauses_are_cited_in_russian() {
        assert_eq!(clause("R.2.5.1"), "Регламент, п. 2.5.1");
        assert_eq!(clause("T.rights"), "Учитель, права");
        assert_eq!(clause("A.protect"), "Системный администратор");
    }
}
