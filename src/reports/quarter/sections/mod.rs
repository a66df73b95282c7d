//! The sections of the paper, one file each.

mod absences;
mod by_name;
mod class_groups;
mod conclusions;
mod contingent;
mod definitions;
mod dynamics;
mod forecast;
mod main_page;
mod programme;
mod records;
mod results;
mod subjects;
mod teachers;
mod works;

pub(super) use absences::ABSENCES;
pub(super) use by_name::BY_NAME;
pub(super) use class_groups::CLASS_GROUPS;
pub(super) use conclusions::CONCLUSIONS;
pub(super) use contingent::CONTINGENT;
pub(super) use definitions::DEFINITIONS;
pub(super) use dynamics::DYNAMICS_OF_TERMS as DYNAMICS;
pub(super) use forecast::FORECAST;
pub(super) use main_page::MAIN;
pub(super) use programme::PROGRAMME;
pub(super) use records::RECORDS;
pub(super) use results::RESULTS;
pub(super) use subjects::SUBJECTS;
pub(super) use teachers::TEACHERS;
pub(super) use works::WORKS;
