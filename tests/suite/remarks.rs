//! The remarks leaf: what the deputy selected, and what has been mended since.

use letopis::reports::remarks_leaf::remarks;
use letopis::reports::selected::mended;
use letopis::reports::timeliness;

use crate::made::file;
use crate::small_year::small_year;

#[test]
fn a_selected_finding_that_no_class_has_is_said() {
    let year = small_year()
        .table("setup", "section,done_at,due_clause\nРасписание,2024-09-20T10:00:00,Z.5")
        .table("remarks_selected", "rule,class_id\nsetup-late,\nmark-late,5А");
    year.report(|context| {
        assert!(remarks(context).is_empty());
        let page = file(context, timeliness::PAGE);
        let html = String::from_utf8(page.bytes).expect("a page is UTF-8");
        assert!(
            html.contains("строки 2: замечание не относится ни к одному классу"),
            "setup is the school's"
        );
        assert!(html.contains("строки 3: таких замечаний нет"));
    });
}

#[test]
fn selected_findings_become_remarks_and_what_is_gone_is_mended() {
    let bare = small_year().table(
        "lessons",
        "lesson_id,course_id,date,number,status,teacher_id,topic\nL1,C1,2024-09-02,1,held,T1,\nL2,C1,2024-09-09,1,held,T1,",
    );
    let (before, _) = bare.check();
    let mended_year = bare
        .table(
            "lessons",
            "lesson_id,course_id,date,number,status,teacher_id,topic\nL1,C1,2024-09-02,1,held,T1,Дроби\nL2,C1,2024-09-09,1,held,T1,",
        )
        .table("findings_before", before.trim_end())
        .table("remarks_selected", "rule,class_id,checked_by\ntopic-missing,5А,Проверяющий");
    mended_year.report(|context| {
        let gone = mended(context).expect("there is a list to compare with");
        assert_eq!(gone.iter().map(|row| row.cell("lesson_id")).collect::<Vec<_>>(), ["L1"]);
        let leaf = remarks(context);
        assert_eq!(leaf.len(), 2, "{leaf:#?}");
        assert!(leaf[0].text.contains("Математика, 09.09.2024") && leaf[0].done.contains("(подпись)"));
        assert!(leaf[1].done.starts_with("Устранено: на 30.09.2024"), "{leaf:#?}");
        assert!(leaf[1].text.contains("Математика, 02.09: "), "{leaf:#?}");
        assert!(leaf.iter().all(|remark| remark.by == "Проверяющий"));
    });
}
