//! Russian words for codes.

/// Returns a clause as people cite it: `R.2.8` is «Регламент, п. 2.8» (sections of the regulation: `requirements.md`).
pub fn clause(id: &str) -> String {
    let (section, item) = id.split_once('.').unwrap_or(("", id));
    let section = match section {
        "P" => "Положение",
        "R" => "Регламент",
        "S" => "Электронный дневник",
        "D" => "Директор",
        "Z" => "Заместители директора",
        "K" => "Классный руководитель",
        "T" => "Учитель",
        "A" => "Системный администратор",
        _ => return id.to_owned(),
    };
    match item {
        "duty" => format!("{section}, обязанности"),
        "rights" => format!("{section}, права"),
        _ if item.starts_with(|c: char| c.is_ascii_digit()) => format!("{section}, п. {item}"),
        _ => section.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::clause;

    #[test]
    fn clauses_are_cited_in_russian() {
        assert_eq!(clause("R.2.5.1"), "Регламент, п. 2.5.1");
        assert_eq!(clause("T.rights"), "Учитель, права");
        assert_eq!(clause("A.protect"), "Системный администратор");
    }
}
