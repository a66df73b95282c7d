//! stub
use crate::model::*;
use anyhow::Result;
use jiff::civil::Date;
/// x
pub struct Figure;
/// x
pub fn compute(_: &Journal, _: &Roster, _: Date) -> Result<Vec<Figure>> {
    Ok(vec![])
}
/// x
pub fn metrics_csv(_: &Journal, _: &[Figure]) -> Result<Vec<u8>> {
    Ok(vec![])
}
