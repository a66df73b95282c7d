//! Papers about the archive: the act of destruction, the state of a year, the protocol of a verification.

mod act;
mod act_pdf;
pub mod protocol;
mod state;

pub use act::act;
pub use state::state_page;
