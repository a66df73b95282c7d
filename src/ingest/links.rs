//! Links inside a bundle: they are followed to files and folders of the school and nowhere else, and never
//! skipped silently.

use std::path::{Component, Path};

use crate::base::said::Said;

/// Places of the system, which hold no export.
const SYSTEM: [&str; 7] = ["/proc", "/sys", "/dev", "/etc", "/run", "/boot", "/var/lib"];

/// Returns why a link is not followed; `None` if it leads to a file or folder that may be read.
pub(super) fn forbidden(root: &Path, link: &Path) -> Option<Said> {
    let say = |ru: &str, en: &str| Some(Said::new(ru, en));
    let Ok(target) = link.canonicalize() else {
        return say("ссылка никуда не ведёт", "the link leads nowhere");
    };
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    if root.starts_with(&target) {
        return say(
            "ссылка ведёт к папке, в которой лежит сама: по кругу она не читается",
            "the link leads to a folder it lies in: it is not followed in a circle",
        );
    }
    if SYSTEM.iter().any(|place| target.starts_with(place) && !root.starts_with(place))
        || is_hidden(&root, &target)
    {
        return say(
            "ссылка ведёт в системную или скрытую папку: положите на её место сам файл",
            "the link leads to a folder of the system or a hidden one: put the file itself in its place",
        );
    }
    None
}

/// Returns whether a target is in a hidden folder that does not contain the bundle.
fn is_hidden(root: &Path, target: &Path) -> bool {
    let common = root.components().zip(target.components()).take_while(|(one, other)| one == other).count();
    let name = |part: Component<'_>| part.as_os_str().to_string_lossy().into_owned();
    target.components().skip(common).map(name).any(|name| name.starts_with('.'))
}
