//! Papers about the archive by the school's own templates: `--templates` and `--keep-data` of `verify`, `retention` and `state`.

use std::fs;
use std::path::{Path, PathBuf};

use super::Disk;
use super::state::built;
use crate::bundle::{letopis, program};
use crate::kept_views::{commands, pages_of};

/// A command, the option that names its folder, its template, and how many files it leaves there.
struct Paper {
    verb: &'static [&'static str],
    option: &'static str,
    template: &'static str,
    files: usize,
}

const PAPERS: [Paper; 3] = [
    Paper { verb: &["verify", "--no-record"], option: "--protocol", template: "protocol.typ", files: 2 },
    Paper {
        verb: &["retention", "--as-of", "2032-01-01"],
        option: "--act",
        template: "act-of-destruction.typ",
        files: 3,
    },
    Paper { verb: &["state", "--as-of", "2026-06-20"], option: "--page", template: "state.typ", files: 1 },
];

struct School {
    disk: Disk,
}

impl School {
    fn new() -> Self {
        let disk = built();
        fs::create_dir(disk.at("own")).unwrap();
        Self { disk }
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.disk.at("own").join(name), text).unwrap();
    }

    /// Runs a command over the archive with more options.
    fn run(&self, paper: &Paper, more: &[&str]) -> (i32, String) {
        let (archive, year) = (self.disk.archive_folder(), self.disk.at("outputs/2025-2026"));
        let [archive, year] = [&archive, &year].map(|path| path.display().to_string());
        let place = if paper.verb[0] == "state" {
            vec!["--archive", &archive, &year]
        } else {
            vec![archive.as_str()]
        };
        let run = letopis(&mut program(&[paper.verb, &place, more].concat()));
        (run.code, run.text)
    }

    /// Runs a command that leaves its paper in a folder, set by the school's templates.
    fn make(&self, paper: &Paper, more: &[&str]) -> (i32, String, PathBuf) {
        let [folder, own] = [self.folder(paper), self.disk.at("own")];
        let [to, own] = [&folder, &own].map(|path| path.display().to_string());
        let (code, text) = self.run(paper, &[&[paper.option, &to, "--templates", &own], more].concat());
        (code, text, folder)
    }

    fn folder(&self, paper: &Paper) -> PathBuf {
        self.disk.at("papers").join(paper.verb[0])
    }
}

fn shipped(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates").join(name)).unwrap()
}

/// Returns the files of a folder that people see, folders apart.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let is_seen =
        |path: &PathBuf| path.is_file() && !path.file_name().unwrap().to_string_lossy().starts_with('.');
    entries.filter(is_seen).collect()
}

fn pdf(folder: &Path) -> PathBuf {
    let mut files = files(folder).into_iter();
    files.find(|path| path.extension().is_some_and(|ending| ending == "pdf")).expect("a paper to sign")
}

fn says(path: &Path, words: &str) -> bool {
    fs::read(path).unwrap().windows(words.len()).any(|part| part == words.as_bytes())
}

#[test]
fn the_schools_template_sets_each_paper_and_its_name_stands_in_it() {
    let school = School::new();
    for paper in &PAPERS {
        school
            .put(paper.template, &shipped(paper.template).replace("own: signed", "own: (text: (size: 8pt))"));
        let (code, text, folder) = school.make(paper, &[]);
        assert_eq!(code, 0, "{text}");
        assert_eq!(files(&folder).len(), paper.files);
        assert!(says(&pdf(&folder), &format!("own templates: {}", paper.template)), "{}", paper.template);
        assert!(!folder.join("views").exists(), "nobody asked for the views");
    }
}

#[test]
fn kept_views_set_each_paper_by_plain_typst() {
    let school = School::new();
    school.put("style.typ", &shipped("style.typ"));
    for paper in &PAPERS {
        let (code, text, folder) = school.make(paper, &["--keep-data"]);
        assert!(code == 0 && text.contains("данные, шаблоны и шрифты к ним: "), "{code} {text}");
        let commands = commands(&folder);
        assert_eq!(commands.len(), 1);
        assert_eq!(commands[0].run(), pages_of(&pdf(&folder)), "{}", paper.template);
        let again = school.make(paper, &["--keep-data"]);
        assert!(again.0 == 0 && !again.1.contains("сохранён здесь"), "nothing was in the way: {}", again.1);
    }
}

#[test]
fn a_fault_of_a_template_costs_the_paper_to_sign_alone_and_its_place_is_said() {
    let school = School::new();
    for paper in &PAPERS {
        school.put(paper.template, "#let data = json(sys.inputs.at(\"view\"))\n");
        let (code, text, folder) = school.make(paper, &["--keep-data"]);
        assert_eq!(code, 2, "{text}");
        assert!(text.contains(&format!("шаблон «{}», строка 1, столбец ", paper.template)), "{text}");
        let left = files(&folder);
        assert_eq!(left.len(), paper.files - 1, "{left:?}");
        assert!(left.iter().all(|path| path.extension().is_none_or(|ending| ending != "pdf")), "{left:?}");
        assert!(folder.join("views/templates").join(paper.template).is_file(), "with the view it is mended");
    }
}

#[test]
fn a_file_that_takes_no_part_is_said_and_a_folder_without_templates_is_refused() {
    let school = School::new();
    for paper in &PAPERS {
        let (code, text, folder) = school.make(paper, &[]);
        assert!(code == 2 && text.contains("нет ни одного шаблона программы"), "{code} {text}");
        assert!(!folder.exists(), "nothing was made");
    }
    school.put("stat.typ", &shipped("state.typ"));
    school.put("style.typ", &shipped("style.typ"));
    for paper in &PAPERS {
        let (code, text, folder) = school.make(paper, &[]);
        assert!(
            code == 1 && text.contains("stat.typ") && text.contains("похожее имя: state.typ"),
            "{code} {text}"
        );
        assert_eq!(files(&folder).len(), paper.files);
    }
}

#[test]
fn templates_and_views_without_a_folder_for_the_paper_are_refused() {
    let school = School::new();
    for paper in &PAPERS {
        for more in [&["--templates", "own"][..], &["--keep-data"]] {
            let (code, text) = school.run(paper, more);
            assert!(code == 2 && text.contains(paper.option), "{} {more:?}: {code} {text}", paper.template);
        }
    }
}
