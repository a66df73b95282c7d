//! Lines to sign under reports.

use crate::model::Officials;
use crate::render::drawing::sans;
use crate::render::format;
use crate::render::paper::{Look, Paper, WIDTH};

/// Returns a line to sign: the rule is as long as post and name leave room for.
pub fn line(verb: &str, post: &str, name: &str) -> String {
    let line =
        |room: usize| format!("{verb}: {post} {} {name}    «___» __________ 20__\u{a0}г.", "_".repeat(room));
    let fits = |room: &usize| sans(9.0).width(&line(*room)) <= WIDTH;
    line([20, 16, 12, 8].into_iter().find(fits).unwrap_or(20))
}

/// Puts the signatures of a note: who made it, who has seen it.
pub fn note(officials: &Officials, paper: &mut Paper) {
    paper.heading(2, "Подписи");
    let deputies = officials.deputies.iter().map(|deputy| (&deputy.official, "Справку составил(а)"));
    let signers = deputies.chain([(&officials.director, "С итогами ознакомлен(а)")]);
    for (official, verb) in signers.filter(|(official, _)| !official.post.is_empty()) {
        paper.paragraph(Look::Text, &line(verb, &official.post, &format::signature(&official.name)));
        paper.gap(1.5);
    }
    paper.paragraph(
        Look::Text,
        "Обсуждено: ______________________________ протокол от ______________ № ________",
    );
    paper.paragraph(
        Look::Text,
        "С итогами ознакомлены: ______________________________________________________________",
    );
}
