//! Every limit on what is taken in, in one place, each with its reason. What exceeds one is refused with the limit named.
//!
//! They are far above what a school has, and low enough that nothing that is handed over takes 2 GiB of memory or a minute
//! without end. `.ci/hostile.py` tries inputs beyond each, `tests/suite/limits.rs` the ones that are quick to make.

use std::ops::RangeInclusive;

/// One file of a bundle, in bytes: the half a million marks of a school of 1,000 pupils are 40 MB, and a text of another
/// encoding stands in memory twice.
pub const FILE_BYTES: u64 = 256 << 20;

/// All files of a bundle together, in bytes: a year with 36 weekly snapshots is some 700 MB, and stays in memory.
pub const BUNDLE_BYTES: u64 = 1 << 30;

/// Files of a bundle: a year with a file for each class, subject and week has two thousand.
pub const BUNDLE_FILES: usize = 20_000;

/// A file of settings that people write by hand (`school.toml`, `policy.toml`, profiles, `hold.toml`, notes on a year), in
/// bytes: a long one has 20 KB.
pub const SETTINGS_BYTES: u64 = 1 << 20;

/// A register or one of its earlier states, in bytes: an entry takes 300, so this is 200,000 of them.
pub const REGISTER_BYTES: u64 = 64 << 20;

/// Folders above a bag in which its register is looked for.
pub const ARCHIVE_DEPTH: usize = 4;

/// `build.json`, in bytes: it names every product once, in 150 bytes.
pub const RECORD_BYTES: u64 = 64 << 20;

/// A detached signature with its certificates, in bytes: real ones have 2 to 20 KB.
pub const SIGNATURE_BYTES: u64 = 4 << 20;

/// A signed document with its detached signature, in bytes: both are judged in memory.
pub const SIGNED_BYTES: u64 = 64 << 20;

/// A tag file of a bag, in bytes: a manifest of a million files has 150 MB, and stays in memory.
pub const TAG_FILE_BYTES: u64 = 256 << 20;

/// A file of a bag's payload that is taken out to be read whole, in bytes: none is larger than what a bundle may have.
pub const PAYLOAD_FILE_BYTES: u64 = 1 << 30;

/// Entries of a ZIP that holds a bag: a package of a large school has 500 files.
pub const BAG_ENTRIES: usize = 1_000_000;

/// What a ZIP that holds a bag may unpack to, in bytes; it is read in pieces, never unpacked.
pub const BAG_BYTES: u64 = 1 << 40;

/// Entries of a ZIP that holds a bundle or is a workbook.
pub const ZIP_ENTRIES: usize = 10_000;

/// What a workbook may unpack to, in bytes: its reader keeps shared texts in memory whole.
pub const WORKBOOK_BYTES: u64 = 1 << 30;

/// The shared texts of a workbook unpacked, in bytes: five bytes of them become a text of 24.
pub const SHARED_TEXT_BYTES: u64 = 128 << 20;

/// An entry smaller than this unpacked, in bytes, is never taken for a bomb.
pub const BOMB_BYTES: u64 = 64 << 20;

/// Unpacked bytes per packed byte from which a larger entry is taken for a bomb: tables of numbers reach 30.
pub const BOMB_RATIO: u64 = 250;

/// Sheets of a workbook: one for each class and subject of a large school is 800.
pub const SHEETS: usize = 1_000;

/// How often the bytes of a workbook are read: each part once, some twice. Sheets that share one part would be read as
/// often as there are sheets.
pub const WORKBOOK_READINGS: u64 = 8;

/// Cells of one file: less than a gigabyte in memory, whatever a small file unpacks or repeats itself to.
pub const CELLS: usize = 20_000_000;

/// A page of HTML, in bytes: a report of a whole school has some 30 MB, and tags are taken apart one by one.
pub const HTML_BYTES: usize = 64 << 20;

/// Cells of a page of HTML, those that spans fill among them: a report of a whole school has fewer than two million.
pub const HTML_CELLS: usize = 8_000_000;

/// Columns of a sheet: a report by days has 250.
pub const COLUMNS: usize = 2_000;

/// Objects of one JSON file that is read whole: each takes 700 bytes in memory, however small it is.
pub const JSON_OBJECTS: usize = 1_500_000;

/// A line of a text, in bytes: a table's longest, with homework in full, has 40 KB. A text without line ends is no table.
pub const LINE_BYTES: usize = 1 << 20;

/// Lines of a text: the rows of the largest table, and as many blank lines.
pub const LINES: usize = 5_000_000;

/// Characters of a cell that is a text: people paste whole chapters as homework, 40,000 have been seen. Pages hold them in
/// lines; a cell of a workbook holds 32,767, and what is longer is cut there.
pub const TEXT_CHARS: usize = 90_000;

/// Characters of a name, a title or an id: the longest names of subjects have 150. They stand in the heads of tables.
pub const NAME_CHARS: usize = 300;

/// Characters of the name of a class: it becomes a part of names of files, three Latin letters for one of its own.
pub const CLASS_CHARS: usize = 60;

/// Characters of the title of a year: it names a folder.
pub const YEAR_TITLE_CHARS: usize = 40;

/// Characters of a text of `school.toml` or `policy.toml`: full legal names have up to 350.
pub const SETTING_CHARS: usize = 500;

/// Deputies, or trusted sources, in `school.toml`: each deputy signs documents.
pub const SETTING_ITEMS: usize = 100;

/// Marks one upon the other that combine with one letter: what Unicode calls stream-safe text (UAX #15, 13.1). Fonts and
/// typesetters give up on more.
pub const COMBINING_MARKS: usize = 30;

/// Years of dates: pupils, staff and papers of now and of the 25 years after, and nothing that a slip of the pen makes.
pub const YEARS: RangeInclusive<i16> = 1900..=2199;

/// Days of a school year from its first to its last: a longer one has a wrong digit in it.
pub const YEAR_DAYS: i32 = 731;

/// Hours by which a place is before or behind UTC: −12:00 to +14:00 are all there are.
pub const UTC_HOURS: RangeInclusive<i64> = -12..=14;

/// Threads: more than any school's computer has; each takes 32 MiB of addresses for its stack.
pub const THREADS: usize = 256;

/// Problems of one kind in one column of one file that are listed: nobody mends ten thousand one by one. The rest is counted.
pub const PROBLEMS_OF_A_CAUSE: usize = 10_000;

/// Problems of one weight in a bundle that are listed; one takes a kilobyte. The rest is counted.
pub const PROBLEMS: usize = 50_000;

/// Ids of a table that are compared with wrong ones altogether, for «did you mean»: less than a second's work.
pub const COMPARED_IDS: usize = 200_000;

/// Characters of a value that a problem shows, and of a sentence.
pub const SHOWN_CHARS: usize = 300;

/// Findings of one code in one bag that are listed. The rest is counted.
pub const FINDINGS_OF_A_CODE: usize = 2_000;
