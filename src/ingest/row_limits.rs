//! How many rows a table may have.

use crate::model::Table;

/// Rows of a table. The limit is above the largest schools (10,000 pupils, 300 classes, a million marks).
/// Each class becomes documents, and each row takes up to 300 bytes.
pub(super) const fn rows(table: Table) -> usize {
    match table {
        Table::Terms => 100,
        Table::Classes => 500,
        Table::Holidays | Table::Bells | Table::Suspensions | Table::DayMoves | Table::Setup => 5_000,
        Table::Subjects | Table::Groups | Table::Staff | Table::Accounts => 10_000,
        Table::Pupils => 15_000,
        Table::Courses => 30_000,
        Table::Enrolment | Table::GroupMembers | Table::CourseTeachers | Table::Curriculum => 200_000,
        _ => 2_000_000,
    }
}
