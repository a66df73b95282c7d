//! A bundle small enough to be read at a glance, laid out in a temporary folder, and the program that runs on it.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const SCHOOL: &str = r#"
[school]
name = "Школа посёлка Выдуманного"
short = "Школа"
place = "п. Выдуманный"
region = "Нигдешняя область"
utc_offset = "+04:00"
[year]
title = "2024-2025"
start = 2024-09-01
end = 2025-05-31
as_of = 2025-06-30
[officials]
director = { post = "Директор", name = "Полянкин Лев Львович" }
archivist = { post = "Делопроизводитель", name = "Опушкина Мира Львовна" }
[archive]
fond = "1"
journal_index = "01-01"
sheet_index = "01-02"
"#;

const TABLES: &[(&str, &str)] = &[
    ("staff", "staff_id,name\nS1,Берёзкин Тит Титович\n"),
    (
        "terms",
        "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\nY,year,Год,2024-09-02,2025-05-25,1-9\n",
    ),
    ("subjects", "subject_id,title,grading\nmath,Математика,five\ntalk,Беседы,none\n"),
    ("classes", "class_id,grade,teacher_id\n5А,5,S1\n"),
    ("pupils", "pupil_id,surname,given_name\nP1,Ольхин,Пётр\nP2,Ивушкина,Анна\nP3,Ольхин,Пётр\n"),
    (
        "enrolment",
        "pupil_id,class_id,from,to\nP1,5А,2024-09-02,2025-08-31\nP2,5А,2024-09-02,\nP3,5а,2024-09-02,2025-05-12\n",
    ),
    (
        "courses",
        "course_id,subject_id,class_id,teacher_id,hours_week,kind\nC1,math,5А,S1,5,lesson\nC2,talk,5 «А»,S1,1,extracurricular\n",
    ),
    (
        "lessons",
        "lesson_id,course_id,date,number,status,teacher_id,topic\nL1,C1,2024-09-03,1,held,S1,Дроби\nL2,C1,04.09.2024,2,held,S1,Сложение дробей\n",
    ),
    ("marks", "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,5\nM2,L1,P2,4\nM3,L2,P3,.\n"),
    ("attendance", "lesson_id,pupil_id,reason\nL2,P1,б\n"),
    ("term_marks", "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,5\nP2,math,Q1,term,4\n"),
];

/// A bundle in a folder of its own, with room for outputs beside it.
pub(crate) struct TinyBundle(TempDir);

impl TinyBundle {
    /// Lays the bundle out.
    pub(crate) fn new() -> Self {
        let bundle = Self(tempfile::tempdir().expect("a temporary folder"));
        std::fs::create_dir(bundle.root()).expect("the bundle's folder");
        bundle.put("school.toml", SCHOOL);
        for (table, text) in TABLES {
            bundle.put(&format!("{table}.csv"), text);
        }
        bundle
    }

    /// Returns the bundle's folder.
    pub(crate) fn root(&self) -> PathBuf {
        self.0.path().join("year")
    }

    /// Returns the folder of the outputs.
    pub(crate) fn outputs(&self) -> PathBuf {
        self.0.path().join("out")
    }

    /// Returns a file of the outputs.
    pub(crate) fn output(&self, name: &str) -> PathBuf {
        self.outputs().join("2024-2025").join(name)
    }

    /// Writes a file of the bundle.
    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.root().join(name), content).expect("a file of the bundle");
    }

    /// Replaces a text in a file of the bundle; the text must be there.
    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.root().join(name)).expect("a file of the bundle");
        assert!(text.contains(from), "{name} has no {from:?}");
        self.put(name, text.replacen(from, to, 1));
    }

    /// Removes a file of the bundle.
    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.root().join(name)).expect("a file of the bundle");
    }

    /// Builds the bundle in another process.
    pub(crate) fn build(&self, more: &[&str]) -> Run {
        build(&self.root(), &self.outputs(), more)
    }
}

/// How a process ended.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) text: String,
}

/// Builds a bundle in another process, with messages in Russian.
pub(crate) fn build(bundle: &Path, outputs: &Path, more: &[&str]) -> Run {
    letopis(&mut command(bundle, outputs, more))
}

/// Returns the command that builds a bundle.
pub(crate) fn command(bundle: &Path, outputs: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letopis"));
    command.args(["--lang", "ru", "build"]).arg(bundle).arg("-o").arg(outputs).args(more);
    command
}

/// Returns the program with a verb, with messages in Russian.
pub(crate) fn program(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letopis"));
    command.args(["--lang", "ru"]).args(words);
    command
}

/// Runs a command to its end.
pub(crate) fn letopis(command: &mut Command) -> Run {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    Run { code: status.code().unwrap_or(-1), text }
}
