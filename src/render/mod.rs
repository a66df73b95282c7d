//! Turns strings and cells into PDF, XLSX and HTML bytes. This folder has no words about schools.

pub mod charts;
pub mod drawing;
mod drawing_view;
pub mod file_names;
pub mod fonts;
pub mod format;
pub mod html;
mod long_words;
pub mod markup;
pub mod measure;
pub mod page_marks;
pub mod paper;
pub mod pdf;
mod shaping;
pub mod table;
pub mod transliterate;
pub mod views;
pub mod workbook;
