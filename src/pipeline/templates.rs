//! What a build says of a school's own templates: which it was set by, and what is wrong with them.

use std::collections::BTreeSet;

use super::documents::Failure;
use crate::base::said::{Said, said};
use crate::data::build_record::TemplateFaultRecord;
use crate::package::Package;
use crate::package::inventory;
use crate::render::pdf::{SHELF, TemplateFault};
use crate::reports::{Form, Report};

/// Returns the names of the templates that a build may use.
pub fn template_names(reports: &[&Report]) -> Vec<&'static str> {
    let of_form = |form: &Form| match form {
        Form::Pages { template, .. } => Some(template.name),
        Form::Workbook(_) | Form::Screen(_) | Form::Linked(_) => None,
    };
    let of_reports = reports.iter().flat_map(|report| report.forms).filter_map(of_form);
    of_reports.chain([inventory::TEMPLATE.name]).chain(SHELF.iter().map(|one| one.name)).collect()
}

/// Returns every fault of a template once, for the record.
pub(super) fn records(failed: &[Failure], packages: &[Package]) -> Vec<TemplateFaultRecord> {
    let of_documents = failed.iter().filter_map(|failure| failure.error.template.as_ref());
    let faults: BTreeSet<&TemplateFault> =
        of_documents.chain(packages.iter().filter_map(|package| package.fault.as_ref())).collect();
    let record = |TemplateFault { file, place, message }: &TemplateFault| TemplateFaultRecord {
        file: file.clone(),
        place: *place,
        message: message.clone(),
    };
    faults.iter().map(|fault| record(fault)).collect()
}

/// Says of which packages the inventory is set by the program's template in the place of the school's.
pub(super) fn left_out(packages: &[Package]) -> Vec<Said> {
    let line = |package: &Package| {
        let fault = package.fault.as_ref()?.said();
        Some(said!(
            "опись оформлена по образцу программы, а не школы: {}: {}",
            "the inventory is set by the program's template, not by the school's: {}: {}",
            Said::new(package.title.as_str(), package.folder.as_str()),
            fault
        ))
    };
    packages.iter().filter_map(line).collect()
}
