//! Papers about the archive: the act of destruction, the state of a year, the protocol of a verification.

mod act;
mod act_pdf;
mod act_words;
pub mod protocol;
mod setting;
mod state;

/// Names of the templates of these papers.
pub const TEMPLATES: [&str; 3] = [act_pdf::TEMPLATE.name, state::TEMPLATE.name, protocol::TEMPLATE.name];

pub use act::act;
pub use setting::{Papers, Setting};
pub use state::state_page;
