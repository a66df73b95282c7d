//! `docs/rules.md`: the list of rules as the program has it.

use letopis::labels;
use letopis::rules::{RULES, Rule};

use crate::accept::assert_file;

const HEAD: &str = "\
# Rules

Every check `letopis check` and `letopis build` make, in the order of `data/findings.csv`. Written from `RULES` in `src/rules/mod.rs` by
`ACCEPT=1 cargo test`; a test keeps it up to date. An example of each stands in `tests/cases/`.

*Severity* is what a finding usually weighs: two-clause rules are a notice past the stricter deadline and a violation past the laxer, and
`policy.toml` may give any rule another weight or switch it off with a reason (`letopis policy`). *Needs*: without these tables and columns the rule is
not run and every report says so; of those in brackets it uses each that is there.

| rule | requirement | clause | finds | severity | needs |
| --- | --- | --- | --- | --- | --- |
";

fn line(rule: &Rule) -> String {
    let Rule { id, requirement, title_ru, .. } = rule;
    let clauses: Vec<_> =
        rule.clauses.iter().map(|clause| format!("{clause} ({})", labels::clause(clause))).collect();
    let (clauses, severity) = (clauses.join("; "), rule.severity.code());
    format!(
        "| [`{id}`](../tests/cases/{id}.md) | {requirement} | {clauses} | {title_ru} | {severity} | {} |\n",
        needs(rule)
    )
}

fn needs(rule: &Rule) -> String {
    let name = |(table, columns): &(letopis::model::Table, &[&str])| {
        let table = table.id();
        match columns {
            [] => vec![format!("`{table}`")],
            columns => columns.iter().map(|column| format!("`{table}.{column}`")).collect(),
        }
    };
    let needs = rule.needs.iter().flat_map(name);
    // A part that is needed anyway only tells that the rule runs without the others.
    let own = rule.parts.iter().filter(|part| !rule.needs.contains(part));
    let parts = own.flat_map(|part| name(part).into_iter().map(|name| format!("({name})")));
    needs.chain(parts).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_list_of_rules_is_up_to_date() {
    let lines: String = RULES.iter().copied().map(line).collect();
    assert_file("docs/rules.md", &format!("{HEAD}{lines}"));
}
