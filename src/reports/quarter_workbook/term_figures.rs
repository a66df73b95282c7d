//! The figures of one term, found by scope and subject.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::model::*;
use crate::render::workbook::Cell;
use crate::stats::{Figure, Scope};

type Place<'a> = (&'static str, Scope, &'a str, Option<Id<Subject>>);

/// The figures of a term.
pub(super) struct TermFigures<'a> {
    pub(super) term: Id<Term>,
    figures: &'a [Figure],
    by_place: FxHashMap<Place<'a>, &'a Figure>,
}

impl<'a> TermFigures<'a> {
    /// Takes the figures of a term out of all figures, which are sorted by term.
    pub(super) fn of(figures: &'a [Figure], term: Id<Term>) -> Self {
        let figures = figures.chunk_by(|a, b| a.term == b.term).find(|own| own[0].term == term);
        let figures = figures.unwrap_or_default();
        let place = |figure: &'a Figure| {
            ((figure.metric, figure.scope, figure.scope_id.as_str(), figure.subject), figure)
        };
        Self { term, figures, by_place: figures.iter().map(place).collect() }
    }

    /// Walks a metric's figures of a scope over all subjects together, in order.
    pub(super) fn overall(&self, metric: &'static str, scope: Scope) -> impl Iterator<Item = &'a Figure> {
        self.figures.iter().filter(move |figure| {
            figure.metric == metric && figure.scope == scope && figure.subject.is_none()
        })
    }

    /// Walks a metric's figures of a scope by subject, in order.
    pub(super) fn by_subject(
        &self,
        metric: &'static str,
        scope: Scope,
    ) -> impl Iterator<Item = (&'a Figure, Id<Subject>)> {
        let of_metric =
            self.figures.iter().filter(move |figure| figure.metric == metric && figure.scope == scope);
        of_metric.filter_map(|figure| figure.subject.map(|subject| (figure, subject)))
    }

    /// Returns the grades whose pupils a figure counts: those of the parallels with a value in the same
    /// metric.
    pub(super) fn grades(&self, figure: &Figure) -> BTreeSet<u8> {
        let is_counted = |one: &&Figure| {
            let listed = self.beside_of(one, "attainment_regulation");
            let numbers = [one.value, one.denominator, listed.and_then(|one| one.denominator)];
            numbers.into_iter().flatten().any(|number| number > 0.0)
        };
        let parallels = self.figures.iter().filter(|one| {
            one.scope == Scope::Parallel && one.metric == figure.metric && one.subject == figure.subject
        });
        parallels.filter(is_counted).filter_map(|one| one.scope_id.parse().ok()).collect()
    }

    fn beside_of(&self, figure: &Figure, metric: &'static str) -> Option<&'a Figure> {
        self.figures.iter().find(|one| {
            (one.metric, one.scope, &one.scope_id, one.subject)
                == (metric, figure.scope, &figure.scope_id, figure.subject)
        })
    }

    /// Returns another metric's figure of the same whole and subject.
    pub(super) fn beside(&self, figure: &'a Figure, metric: &'static str) -> Option<&'a Figure> {
        let place = (metric, figure.scope, figure.scope_id.as_str(), figure.subject);
        self.by_place.get(&place).copied()
    }

    /// Returns the other metric's value as a cell.
    pub(super) fn value(&self, figure: &'a Figure, metric: &'static str, cell: fn(f64) -> Cell) -> Cell {
        number(self.beside(figure, metric).and_then(|figure| figure.value), cell)
    }
}

fn number(value: Option<f64>, cell: fn(f64) -> Cell) -> Cell {
    value.map_or(Cell::Empty, cell)
}
