//! Every rule at its boundary: at the deadline is in time, one second later is late.

mod homework;
mod lessons;
mod log;
mod marks;
mod plans;
mod pupils;
mod term_marks;
