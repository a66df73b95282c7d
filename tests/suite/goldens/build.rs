//! The small class built and checked by the program itself.

// The outputs of a build are read back.
#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::Command;

use letopis::base::settings::VERSION;

use crate::bundle::{Run, command, letopis, program};

/// What stands in a text for what differs from machine to machine.
const FOLDER: &str = "ПАПКА";
const MASK: &str = "…";

/// A build of the small class, in a folder of its own.
pub(super) struct Built {
    outputs: tempfile::TempDir,
    build: Run,
    again: Run,
    check: Run,
}

impl Built {
    pub(super) fn new() -> Self {
        let outputs = tempfile::tempdir().expect("a temporary folder");
        let school = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals").join(super::SCHOOL);
        let run = |mut command: Command| letopis(command.current_dir(&school));
        let build = || run(command(Path::new("inputs"), outputs.path(), &[]));
        let (build, again) = (build(), build());
        Self { build, again, check: run(program(&["check", "inputs"])), outputs }
    }

    /// Returns the folder of the year.
    pub(super) fn year(&self) -> PathBuf {
        self.outputs.path().join("2024-2025")
    }

    /// Returns a text of the year.
    pub(super) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.year().join(name)).expect("a product that is text")
    }

    /// Returns what a person sees who checks, builds, and builds again.
    pub(super) fn terminal(&self) -> String {
        let runs = [
            ("letopis check inputs", &self.check),
            ("letopis build inputs -o ПАПКА", &self.build),
            ("letopis build inputs -o ПАПКА", &self.again),
        ];
        let folder = self.outputs.path().display().to_string();
        let shown = |(words, run): (&str, &Run)| {
            let lines = run.text.replace(&folder, FOLDER).replace('\\', "/");
            let lines: String = lines.lines().map(|line| format!("{}\n", timeless(line))).collect();
            format!("$ {words}\n{lines}код возврата: {}\n", run.code)
        };
        masked(&runs.map(shown).join("\n"))
    }
}

/// Puts a sign in the place of the program's version.
pub(super) fn masked(text: &str) -> String {
    text.replace(VERSION, MASK)
}

/// Returns a line of the terminal without times and memory.
fn timeless(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        [time, "с", ..] if time.parse::<f64>().is_ok() => line.replacen(time, MASK, 1),
        ["наибольшая", "память:", memory, ..] => line.replacen(memory, MASK, 1),
        _ => line.to_owned(),
    }
}
