//! Files of a bundle that are not exports, by their names.

/// The file every bundle has.
pub const SCHOOL_TOML: &str = "school.toml";
/// A file that a bundle may have.
pub const POLICY_TOML: &str = "policy.toml";
/// Findings the deputy selected for the remarks leaf.
pub const REMARKS_SELECTED: &str = "remarks_selected.csv";
/// The findings of an earlier build.
pub const FINDINGS_BEFORE: &str = "findings_before.csv";
/// The folder of a bundle that holds its own profiles.
const PROFILES: &str = "profiles/";

/// Returns whether a file may hold data of the journal.
pub(super) fn is_export(path: &str) -> bool {
    !matches!(path, SCHOOL_TOML | POLICY_TOML | REMARKS_SELECTED | FINDINGS_BEFORE) && !is_profile(path)
}

/// Returns whether a file of a bundle is a profile.
pub(super) fn is_profile(path: &str) -> bool {
    path.strip_prefix(PROFILES).is_some_and(|name| name.ends_with(".toml"))
}

/// Returns whether a file is a text for people among the data, as `letopis init` leaves them.
pub(super) fn is_readme(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    name.starts_with("readme") || name.starts_with("читай")
}
