//! Anchors of the pages, made of the ids of the tables: the same in every build, and in none of them a name.

use std::borrow::Cow;

use crate::base::digest::Algorithm;
use crate::model::*;

/// The longest id that stands in an anchor as it is.
const LONGEST: usize = 24;
/// How much of the digest of another id stands in its place: enough for a million ids.
const DIGITS: usize = 12;

/// Returns an id as a part of an anchor: letters and digits as they are; of any other id a digest, since ids made by hand may
/// be names, and an anchor has no blanks or quotes.
pub fn part(key: &str) -> Cow<'_, str> {
    let is_plain =
        !key.is_empty() && key.len() <= LONGEST && key.bytes().all(|one| one.is_ascii_alphanumeric());
    if is_plain {
        return Cow::Borrowed(key);
    }
    let digest = Algorithm::Sha256.of(key.as_bytes());
    Cow::Owned(format!("_{}", digest.get(..DIGITS).unwrap_or(&digest)))
}

/// Returns the anchor of a pupil on the page of a class.
pub fn of_pupil(journal: &Journal, pupil: Id<Pupil>) -> String {
    format!("p{}", part(&journal.pupils[pupil].key))
}

/// Returns the anchor of a pupil's marks in a course.
pub fn of_marks(journal: &Journal, pupil: Id<Pupil>, course: Id<Course>) -> String {
    format!("{}-{}", of_pupil(journal, pupil), part(&journal.courses[course].key))
}

/// Returns the anchor of a course and its lessons.
pub fn of_course(journal: &Journal, course: Id<Course>) -> String {
    format!("c{}", part(&journal.courses[course].key))
}

/// Returns the anchor of a lesson.
pub fn of_lesson(journal: &Journal, lesson: Id<Lesson>) -> String {
    format!("l{}", part(&journal.lessons[lesson].key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_ids_stand_as_they_are_and_others_as_digests() {
        assert_eq!(part("P010"), "P010");
        let odd = ["", "Иванов", "5А-12ab", "a b", "P-1", "\"><b>", "abcdefghijklmnopqrstuvwxyz"];
        for key in odd {
            let anchor = part(key);
            assert!(anchor.starts_with('_') && anchor.len() == DIGITS + 1, "{anchor}");
            assert!(anchor[1..].bytes().all(|one| one.is_ascii_hexdigit()), "{anchor}");
        }
        let all: std::collections::BTreeSet<_> = odd.map(part).into_iter().collect();
        assert_eq!(all.len(), odd.len());
    }
}
