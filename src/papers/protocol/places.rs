//! A protocol's names for bags: nobody in 2050 needs the mount point of an archive, but everybody needs to
//! know which copy has a fault.

/// Returns the last part of a path; for several copies of one name, as many parts as distinguish them.
pub(super) fn short<'a>(path: &'a str, all: &[&str]) -> &'a str {
    let path = path.trim_end_matches(SEPARATORS);
    let others: Vec<&str> = all.iter().map(|other| other.trim_end_matches(SEPARATORS)).collect();
    let is_of_another = |tail: &str| others.iter().any(|other| *other != path && has_tail(other, tail));
    let ends = path.rmatch_indices(SEPARATORS).map(|(at, _)| &path[at + 1..]);
    ends.filter(|tail| !tail.is_empty()).find(|tail| !is_of_another(tail)).unwrap_or(path)
}

const SEPARATORS: [char; 2] = ['/', '\\'];

/// Returns whether a path has this end, with either kind of separator: a Windows disk may hold the copy of a
/// Linux one.
fn has_tail(path: &str, tail: &str) -> bool {
    let [path, tail] = [path, tail].map(|text| text.replace('\\', "/"));
    path.strip_suffix(&tail).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn copies_of_one_bag_are_told_apart_and_nothing_else_of_their_places_is_said() {
        let all = ["/mnt/архив/j-ed1", "E:\\архив\\j-ed1", "m2/j-ed1/", "/mnt/архив/s-ed1", "j-ed2"];
        let shown: Vec<_> = all.iter().map(|path| short(path, &all)).collect();
        assert_eq!(shown, ["mnt/архив/j-ed1", "E:\\архив\\j-ed1", "m2/j-ed1", "s-ed1", "j-ed2"]);
        assert_eq!(short("/j-ed1", &["/j-ed1", "/j-ed1"]), "j-ed1", "a bag that was named twice");
    }
}
