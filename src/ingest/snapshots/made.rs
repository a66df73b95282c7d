//! When an export was made, as its reports say at the bottom: «Состояние на 16.09.2026 17:40:20».

use jiff::civil::DateTime;

use super::folders::Folder;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::ingest::problems::Problems;
use crate::model::{Journal, Snapshot};

/// Returns when a snapshot was taken: at the moment of its reports, or as its folder says. If they differ,
/// the folder may have a wrong name, which is reported.
pub(super) fn moment_taken(journal: &Journal, folder: &Folder, problems: &mut Problems) -> Snapshot {
    let own = journal.made_at.iter().filter(|(origin, _)| {
        let origin = journal.origins.get(**origin as usize);
        origin.is_some_and(|origin| folder.inside(origin).is_some())
    });
    let Some(made) = span(own.map(|(_, moment)| *moment)) else { return folder.taken };
    if made.first < folder.taken.first || made.last > folder.taken.last {
        let moment = shown(made);
        let message = said!(
            "папка снимка названа другим днём, чем сделаны отчёты в ней ({moment}): взят момент отчётов",
            "the snapshot's folder has another date than its reports ({moment}): theirs was taken"
        );
        let name = made.first.strftime("%Y-%m-%dT%H-%M");
        let hint = said!(
            "назовите папку по отчётам: snapshots/{name}",
            "name the folder by its reports: snapshots/{name}"
        );
        problems.add_file("J654", ProblemSeverity::Warning, &folder.path, message, hint);
    }
    made
}

/// Records and reports the moment of the state, in a bundle without snapshots.
pub(super) fn say_state(journal: &mut Journal, problems: &mut Problems) {
    let Some(made) = span(journal.made_at.values().copied()) else { return };
    journal.snapshots = vec![made];
    let first = journal.made_at.keys().next().and_then(|origin| journal.origins.get(*origin as usize));
    let file = first.map_or("", |origin| origin.file.as_str());
    let moment = shown(made);
    let message = said!(
        "отчёты показывают журнал таким, каким он был {moment}",
        "the reports show the journal as it was {moment}"
    );
    let hint = said!(
        "позднейшие записи в них не видны; чтобы судить о сроках, кладите выгрузки в snapshots/ГГГГ-ММ-ДД",
        "later entries do not show in them; put exports into snapshots/YYYY-MM-DD to have deadlines judged"
    );
    problems.add_file("J655", ProblemSeverity::Notice, file, message, hint);
}

fn span(moments: impl Iterator<Item = DateTime> + Clone) -> Option<Snapshot> {
    Some(Snapshot { first: moments.clone().min()?, last: moments.max()? })
}

fn shown(made: Snapshot) -> String {
    let shown = |moment: DateTime| moment.strftime("%d.%m.%Y %H:%M:%S").to_string();
    if made.first == made.last {
        shown(made.first)
    } else {
        format!("{} — {}", shown(made.first), shown(made.last))
    }
}
