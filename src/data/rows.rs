//! Every record as a row of its table, cell by cell in column order.

use super::cells::{Grid, Out};
use crate::model::*;

/// Writes every record of a table.
pub(super) fn write(journal: &Journal, table: Table, g: &mut Grid) {
    let w = Writer { journal };
    match table {
        Table::Staff => journal.staff.values().for_each(|r| w.staff(g, r)),
        Table::Terms => journal.terms.values().for_each(|r| w.term(g, r)),
        Table::Holidays => journal.holidays.iter().for_each(|r| w.holiday(g, r)),
        Table::Bells => journal.bells.iter().for_each(|r| w.bell(g, r)),
        Table::Subjects => journal.subjects.values().for_each(|r| w.subject(g, r)),
        Table::Classes => journal.classes.values().for_each(|r| w.class(g, r)),
        Table::Suspensions => journal.suspensions.iter().for_each(|r| w.suspension(g, r)),
        Table::Pupils => journal.pupils.values().for_each(|r| w.pupil(g, r)),
        Table::Enrolment => journal.enrolment.iter().for_each(|r| w.enrolment(g, r)),
        Table::Groups => journal.groups.values().for_each(|r| w.group(g, r)),
        Table::GroupMembers => journal.group_members.iter().for_each(|r| w.group_member(g, r)),
        Table::Courses => journal.courses.values().for_each(|r| w.course(g, r)),
        Table::CourseTeachers => journal.course_teachers.iter().for_each(|r| w.course_teacher(g, r)),
        Table::Curriculum => journal.curriculum.iter().for_each(|r| w.curriculum(g, r)),
        Table::LessonPlans => journal.lesson_plans.iter().for_each(|r| w.planned_lesson(g, r)),
        Table::Timetable => journal.timetable.iter().for_each(|r| w.timetable(g, r)),
        Table::DayMoves => journal.day_moves.iter().for_each(|r| w.day_move(g, r)),
        Table::Lessons => journal.lessons.values().for_each(|r| w.lesson(g, r)),
        Table::Homework => journal.homework.values().for_each(|r| w.homework(g, r)),
        Table::Works => journal.works.values().for_each(|r| w.work(g, r)),
        Table::Marks => journal.marks.values().for_each(|r| w.mark(g, r)),
        Table::Attendance => journal.absences.values().for_each(|r| w.absence(g, r)),
        Table::AbsenceRegister => journal.register.iter().for_each(|r| w.register(g, r)),
        Table::TermMarks => journal.term_marks.values().for_each(|r| w.term_mark(g, r)),
        Table::Accounts => journal.accounts.iter().for_each(|r| w.account(g, r)),
        Table::Changes => journal.changes.iter().for_each(|r| w.change(g, r)),
        Table::Breaches => journal.breaches.iter().for_each(|r| w.breach(g, r)),
        Table::Consents => journal.consents.iter().for_each(|r| w.consent(g, r)),
        Table::Acknowledgements => journal.acknowledgements.iter().for_each(|r| w.acknowledgement(g, r)),
        Table::Recommendations => journal.recommendations.iter().for_each(|r| w.recommendation(g, r)),
        Table::Remarks => journal.remarks.iter().for_each(|r| w.remark(g, r)),
        Table::Setup => journal.setup.iter().for_each(|r| w.setup(g, r)),
        Table::Decisions => journal.decisions.iter().for_each(|r| w.decision(g, r)),
        Table::Aliases => journal.aliases.iter().for_each(|r| w.alias(g, r)),
    }
}

struct Writer<'a> {
    journal: &'a Journal,
}

impl Writer<'_> {
    fn staff_key(&self, id: Option<Id<Staff>>) -> Text {
        id.map_or(Text::new(), |id| self.journal.staff[id].key.clone())
    }

    fn class_key(&self, id: Id<Class>) -> Text {
        self.journal.classes[id].key.clone()
    }

    fn pupil_key(&self, id: Id<Pupil>) -> Text {
        self.journal.pupils[id].key.clone()
    }

    fn subject_key(&self, id: Id<Subject>) -> Text {
        self.journal.subjects[id].key.clone()
    }

    fn course_key(&self, id: Option<Id<Course>>) -> Text {
        id.map_or(Text::new(), |id| self.journal.courses[id].key.clone())
    }

    fn lesson_key(&self, id: Option<Id<Lesson>>) -> Text {
        id.map_or(Text::new(), |id| self.journal.lessons[id].key.clone())
    }

    fn term_key(&self, id: Option<Id<Term>>) -> Text {
        id.map_or(Text::new(), |id| self.journal.terms[id].key.clone())
    }

    fn classes(&self, g: &mut Grid, classes: &[Id<Class>]) {
        g.list(classes.iter().map(|class| &self.journal.classes[*class].key));
    }

    fn recorded(&self, g: &mut Grid, at: Option<jiff::civil::DateTime>, by: Option<Id<Staff>>) {
        g.maybe(at, Out::Moment).text(self.staff_key(by));
    }

    fn staff(&self, g: &mut Grid, r: &Staff) {
        g.text(r.key.clone()).text(r.name.clone()).text(r.position.clone());
    }

    fn term(&self, g: &mut Grid, r: &Term) {
        g.text(r.key.clone())
            .text(r.kind.code())
            .text(r.title.clone())
            .span(r.span)
            .text(grades(r.grades, true));
    }

    fn holiday(&self, g: &mut Grid, r: &Holiday) {
        g.text(r.title.clone()).span(r.span).text(grades(r.grades, false));
    }

    fn bell(&self, g: &mut Grid, r: &Bell) {
        g.put(Out::Whole(r.number.into()))
            .put(Out::Time(r.start))
            .put(Out::Time(r.end))
            .text(r.shift.clone());
        g.maybe(r.weekday.map(u32::from), Out::Whole).span(r.span);
    }

    fn subject(&self, g: &mut Grid, r: &Subject) {
        g.text(r.key.clone()).text(r.title.clone()).text(r.short.clone()).text(r.area.clone());
        g.code(r.component.map(Component::code)).text(r.grading.code());
    }

    fn class(&self, g: &mut Grid, r: &Class) {
        g.text(r.key.clone())
            .put(Out::Whole(r.grade.into()))
            .text(r.letter.clone())
            .text(self.staff_key(r.teacher));
        g.text(r.profile.clone()).text(r.shift.clone()).text(r.set.clone());
    }

    fn suspension(&self, g: &mut Grid, r: &Suspension) {
        g.span(r.span);
        self.classes(g, &r.classes);
        g.text(r.reason.clone()).text(r.order.clone());
    }

    fn pupil(&self, g: &mut Grid, r: &Pupil) {
        g.text(r.key.clone()).text(r.surname.clone()).text(r.given_name.clone()).text(r.patronymic.clone());
        g.maybe(r.birth_date, Out::Date).code(r.sex.map(Sex::code)).text(r.file_number.clone());
        g.text(r.address.clone()).text(r.phone.clone()).text(r.parents.clone());
        g.text(r.health_group.clone()).text(r.pe_group.clone());
    }

    fn enrolment(&self, g: &mut Grid, r: &Enrolment) {
        g.text(self.pupil_key(r.pupil)).text(self.class_key(r.class)).span(r.span);
        g.code(r.joined.map(JoinKind::code)).text(r.joined_order.clone());
        g.code(r.left.map(LeaveKind::code)).text(r.left_order.clone()).text(r.left_reason.clone());
    }

    fn group(&self, g: &mut Grid, r: &Group) {
        g.text(r.key.clone()).text(r.title.clone());
        self.classes(g, &r.classes);
        g.text(r.kind.code());
    }

    fn group_member(&self, g: &mut Grid, r: &GroupMember) {
        g.text(self.journal.groups[r.group].key.clone()).text(self.pupil_key(r.pupil)).span(r.span);
    }

    fn audience(&self, g: &mut Grid, audience: Audience, has_pupils: bool) {
        g.text(if let Audience::Class(class) = audience { self.class_key(class) } else { Text::new() });
        g.text(if let Audience::Group(group) = audience {
            self.journal.groups[group].key.clone()
        } else {
            Text::new()
        });
        if has_pupils {
            g.text(if let Audience::Pupil(pupil) = audience { self.pupil_key(pupil) } else { Text::new() });
        }
    }

    fn course(&self, g: &mut Grid, r: &Course) {
        g.text(r.key.clone()).text(self.subject_key(r.subject));
        self.audience(g, r.audience, false);
        g.text(self.staff_key(Some(r.teacher))).maybe(r.hours_week, Out::Decimal).text(r.kind.code());
        g.code(r.grading.map(Grading::code)).code(r.term_kind.map(TermKind::code));
    }

    fn course_teacher(&self, g: &mut Grid, r: &CourseTeacher) {
        g.text(self.course_key(Some(r.course))).text(self.staff_key(Some(r.teacher))).span(r.span);
        g.code(r.role.map(TeacherRole::code));
    }

    fn curriculum(&self, g: &mut Grid, r: &Curriculum) {
        g.text(self.subject_key(r.subject));
        self.audience(g, r.audience, true);
        g.text(self.term_key(r.term)).put(Out::Decimal(r.hours));
    }

    fn planned_lesson(&self, g: &mut Grid, r: &PlannedLesson) {
        g.text(self.course_key(Some(r.course)))
            .put(Out::Whole(r.seq))
            .text(r.topic.clone())
            .put(Out::Decimal(r.hours));
        g.text(r.section.clone()).text(r.kind.clone()).maybe(r.planned_date, Out::Date);
    }

    fn timetable(&self, g: &mut Grid, r: &TimetableRow) {
        g.text(self.course_key(Some(r.course)))
            .put(Out::Whole(r.weekday.into()))
            .put(Out::Whole(r.number.into()));
        g.text(r.room.clone()).span(r.span).code(r.weeks.map(Weeks::code));
    }

    fn day_move(&self, g: &mut Grid, r: &DayMove) {
        g.put(Out::Date(r.date)).put(Out::Whole(r.as_weekday.into())).text(grades(r.grades, false));
    }

    fn lesson(&self, g: &mut Grid, r: &Lesson) {
        g.text(r.key.clone())
            .text(self.course_key(Some(r.course)))
            .put(Out::Date(r.date))
            .put(Out::Whole(r.number.into()));
        g.text(r.status.code()).maybe(r.moved_to, Out::Date);
        g.text(self.staff_key(Some(r.teacher))).text(self.staff_key(r.replaces)).text(r.room.clone());
        g.text(r.kind.clone()).text(r.topic.clone()).maybe(r.plan_seq, Out::Whole);
        self.recorded(g, r.recorded_at, r.recorded_by);
        g.put(Out::Decimal(r.hours));
    }

    fn homework(&self, g: &mut Grid, r: &Homework) {
        g.text(self.lesson_key(Some(r.lesson)))
            .text(r.text.clone())
            .maybe(r.minutes, Out::Decimal)
            .maybe(r.due_on, Out::Date);
        self.recorded(g, r.recorded_at, r.recorded_by);
        g.text(r.pupil.map_or(Text::new(), |pupil| self.pupil_key(pupil)));
    }

    fn work(&self, g: &mut Grid, r: &Work) {
        g.text(r.key.clone()).text(self.course_key(Some(r.course))).text(r.kind.code()).text(r.title.clone());
        g.put(Out::Flag(r.control)).text(r.form.clone()).maybe(r.planned_date, Out::Date);
        g.text(self.lesson_key(r.lesson)).maybe(r.weight, Out::Decimal);
    }

    fn mark(&self, g: &mut Grid, r: &Mark) {
        let work = r.work.map_or(Text::new(), |work| self.journal.works[work].key.clone());
        g.text(r.key.clone())
            .text(self.lesson_key(Some(r.lesson)))
            .text(self.pupil_key(r.pupil))
            .text(r.value.code());
        g.text(work).text(r.comment.clone());
        self.recorded(g, r.recorded_at, r.recorded_by);
        g.text(r.printed.clone());
    }

    fn absence(&self, g: &mut Grid, r: &Absence) {
        g.text(self.lesson_key(Some(r.lesson)))
            .text(self.pupil_key(r.pupil))
            .text(r.reason.code())
            .text(r.comment.clone());
        self.recorded(g, r.recorded_at, r.recorded_by);
    }

    fn register(&self, g: &mut Grid, r: &RegisterRow) {
        g.put(Out::Date(r.date))
            .text(self.pupil_key(r.pupil))
            .text(r.reason.code())
            .maybe(r.lessons, Out::Whole);
        self.recorded(g, r.recorded_at, r.recorded_by);
    }

    fn term_mark(&self, g: &mut Grid, r: &TermMark) {
        g.text(self.pupil_key(r.pupil)).text(self.subject_key(r.subject)).text(self.term_key(Some(r.term)));
        g.text(r.kind.code()).code(r.value.map(TermValue::code)).text(self.course_key(r.course));
        g.maybe(r.deferred_until, Out::Date).text(r.order.clone());
        self.recorded(g, r.recorded_at, r.recorded_by);
    }

    fn account(&self, g: &mut Grid, r: &Account) {
        g.text(r.key.clone()).text(self.staff_key(r.staff)).text(r.role.clone());
    }

    fn change(&self, g: &mut Grid, r: &Change) {
        g.put(Out::Moment(r.at)).text(r.account.clone()).text(self.staff_key(r.staff)).text(r.action.code());
        g.text(r.table.clone())
            .text(r.record_key.clone())
            .text(r.field.clone())
            .text(r.old.clone())
            .text(r.new.clone());
    }

    fn breach(&self, g: &mut Grid, r: &Breach) {
        g.text(r.account.clone()).put(Out::Moment(r.detected_at)).maybe(r.director_told_at, Out::Moment);
        g.maybe(r.support_told_at, Out::Moment).maybe(r.closed_at, Out::Moment).text(r.note.clone());
    }

    fn consent(&self, g: &mut Grid, r: &Consent) {
        g.text(self.pupil_key(r.pupil)).text(r.parent.clone()).put(Out::Flag(r.given)).put(Out::Moment(r.at));
        g.list(r.channels.iter()).text(r.phone.clone()).text(r.email.clone());
    }

    fn acknowledgement(&self, g: &mut Grid, r: &Acknowledgement) {
        g.text(self.pupil_key(r.pupil)).text(r.parent.clone()).put(Out::Moment(r.at));
        g.text(self.term_key(r.term)).text(r.method.clone());
    }

    fn recommendation(&self, g: &mut Grid, r: &Recommendation) {
        g.text(self.pupil_key(r.pupil))
            .text(self.staff_key(Some(r.staff)))
            .put(Out::Moment(r.at))
            .text(r.text.clone());
        g.text(self.course_key(r.course));
    }

    fn remark(&self, g: &mut Grid, r: &Remark) {
        g.text(self.class_key(r.class))
            .put(Out::Moment(r.at))
            .text(self.staff_key(Some(r.staff)))
            .text(r.text.clone());
        g.maybe(r.done_at, Out::Moment);
    }

    fn setup(&self, g: &mut Grid, r: &SetupStep) {
        g.text(r.section.clone()).put(Out::Moment(r.done_at)).text(self.staff_key(r.staff));
        g.code(r.due_clause.map(DueClause::code));
    }

    fn decision(&self, g: &mut Grid, r: &Decision) {
        g.text(self.pupil_key(r.pupil)).text(r.kind.code()).maybe(r.to_grade.map(u32::from), Out::Whole);
        g.text(r.protocol.clone()).maybe(r.date, Out::Date);
    }

    fn alias(&self, g: &mut Grid, r: &Alias) {
        g.text(r.table.id()).text(r.name.clone()).text(r.class.clone());
        g.text(r.source.clone()).text(r.id.clone());
    }
}

/// A required set of grades is written in full even if it has all grades.
fn grades(grades: GradeSet, is_required: bool) -> String {
    let code = grades.code();
    if code.is_empty() && is_required { "1-11".to_owned() } else { code }
}
