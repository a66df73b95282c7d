//! Every limit on the inputs, in one place, each with its reason. An input above a limit is refused with a
//! message that names the limit.
//!
//! The limits are far above what a school has. They are low enough that no input takes 2 GiB of memory or
//! runs without end. `.ci/hostile.py` tries inputs beyond each limit; `tests/suite/limits.rs` tries those
//! that are quick to make.

use std::ops::RangeInclusive;

/// One file of a bundle, in bytes. The half a million marks of a school of 1,000 pupils take 40 MB, and a
/// text in another encoding is in memory twice.
pub const FILE_BYTES: u64 = 256 << 20;

/// All files of a bundle together, in bytes. A year with 36 weekly snapshots takes about 700 MB, and all of
/// it stays in memory.
pub const BUNDLE_BYTES: u64 = 1 << 30;

/// Files of a bundle. A year with a file for each class, subject and week has two thousand.
pub const BUNDLE_FILES: usize = 20_000;

/// A settings file that people write by hand (`school.toml`, `policy.toml`, profiles, `hold.toml`, notes on a
/// year), in bytes. A long one has 20 KB.
pub const SETTINGS_BYTES: u64 = 1 << 20;

/// A typst template of a school, in bytes. The longest of the program has 6 KB.
pub const TEMPLATE_BYTES: u64 = 1 << 20;

/// A picture that a school's template shows, in bytes. A scanned coat of arms has 2 MB.
pub const PICTURE_BYTES: u64 = 16 << 20;

/// A register or one of its earlier states, in bytes. An entry takes 300, so this is 200,000 entries.
pub const REGISTER_BYTES: u64 = 64 << 20;

/// How many folders above a bag are searched for its register.
pub const ARCHIVE_DEPTH: usize = 4;

/// `build.json`, in bytes. It names every product once, in 150 bytes.
pub const RECORD_BYTES: u64 = 64 << 20;

/// A detached signature with its certificates, in bytes. Real ones have 2 to 20 KB.
pub const SIGNATURE_BYTES: u64 = 4 << 20;

/// A signed document with a detached signature, in bytes. Both are checked in memory.
pub const SIGNED_BYTES: u64 = 64 << 20;

/// A tag file of a bag, in bytes. A manifest of a million files has 150 MB, and stays in memory.
pub const TAG_FILE_BYTES: u64 = 256 << 20;

/// A payload file of a bag that is read whole, in bytes. It is not larger than a bundle's file may be.
pub const PAYLOAD_FILE_BYTES: u64 = 1 << 30;

/// Entries of a ZIP that holds a bag. A package of a large school has 500 files.
pub const BAG_ENTRIES: usize = 1_000_000;

/// Unpacked size of a ZIP that holds a bag, in bytes. It is read in pieces and never unpacked.
pub const BAG_BYTES: u64 = 1 << 40;

/// Entries of a ZIP that holds a bundle or is a workbook.
pub const ZIP_ENTRIES: usize = 10_000;

/// Unpacked size of a workbook, in bytes. Its reader keeps all shared texts in memory.
pub const WORKBOOK_BYTES: u64 = 1 << 30;

/// Unpacked size of a form of the school, in bytes. It is in memory as a tree, and an empty form has 30 KB.
pub const FORM_BYTES: u64 = 32 << 20;

/// Unpacked size of a workbook's shared texts, in bytes. Five bytes of them become a text of 24.
pub const SHARED_TEXT_BYTES: u64 = 128 << 20;

/// An entry that unpacks to less than this, in bytes, is never taken for a bomb.
pub const BOMB_BYTES: u64 = 64 << 20;

/// Unpacked bytes per packed byte. A larger entry above this ratio is taken for a bomb. Tables of numbers
/// reach 30.
pub const BOMB_RATIO: u64 = 250;

/// Sheets of a workbook. A large school with a sheet for each class and subject has 800.
pub const SHEETS: usize = 1_000;

/// How many times the bytes of a workbook may be read. Each part is read once, some twice. Sheets that share
/// one part would be read as many times as there are sheets.
pub const WORKBOOK_READINGS: u64 = 8;

/// Cells of one file. They take less than a gigabyte in memory, however small the file itself is.
pub const CELLS: usize = 20_000_000;

/// A page of HTML, in bytes. A report of a whole school has about 30 MB, and tags are parsed one by one.
pub const HTML_BYTES: usize = 64 << 20;

/// Cells of a page of HTML, including those that spans fill. A report of a whole school has fewer than two
/// million.
pub const HTML_CELLS: usize = 8_000_000;

/// Columns of a sheet. A report by days has 250.
pub const COLUMNS: usize = 2_000;

/// Objects of one JSON file that is read whole. Each takes 700 bytes in memory, however small it is.
pub const JSON_OBJECTS: usize = 1_500_000;

/// A line of a text, in bytes. The longest line of a table, with homework in full, has 40 KB. A text without
/// line ends is not a table.
pub const LINE_BYTES: usize = 1 << 20;

/// Lines of a text: the rows of the largest table, and as many blank lines.
pub const LINES: usize = 5_000_000;

/// Characters of a text cell. People paste whole chapters as homework; 40,000 characters have been seen. A
/// page breaks them into lines. A workbook cell holds 32,767, and longer text is cut there.
pub const TEXT_CHARS: usize = 90_000;

/// Characters of a name, a title or an id. They are printed in table headings. The longest subject names have
/// 150.
pub const NAME_CHARS: usize = 300;

/// Characters of a class name. It becomes a part of file names, where one Cyrillic letter may take three
/// Latin ones.
pub const CLASS_CHARS: usize = 60;

/// Characters of a year's title, which names a folder.
pub const YEAR_TITLE_CHARS: usize = 40;

/// Characters of a text of `school.toml` or `policy.toml`. Full legal names have up to 350.
pub const SETTING_CHARS: usize = 500;

/// Deputies, or trusted sources, in `school.toml`. Each deputy signs documents.
pub const SETTING_ITEMS: usize = 100;

/// Combining marks on one letter: Unicode calls such text stream-safe (UAX #15, 13.1). Fonts and typesetters
/// fail on more.
pub const COMBINING_MARKS: usize = 30;

/// Years of dates: today's pupils, staff and papers and the 25 years after them. Other years are typing
/// mistakes.
pub const YEARS: RangeInclusive<i16> = 1900..=2199;

/// Days of a school year from first to last. A longer year has a wrong digit in it.
pub const YEAR_DAYS: i32 = 731;

/// Hours before or behind UTC: no place is outside −12:00 to +14:00.
pub const UTC_HOURS: RangeInclusive<i64> = -12..=14;

/// Threads. No school's computer has more processors; each thread takes 32 MiB of address space for its
/// stack.
pub const THREADS: usize = 256;

/// Problems listed for one kind in one column of one file. Nobody corrects ten thousand one by one, so the
/// rest is only counted.
pub const PROBLEMS_OF_A_CAUSE: usize = 10_000;

/// Problems listed for one severity in a bundle. One takes a kilobyte, so the rest is only counted.
pub const PROBLEMS: usize = 50_000;

/// How many ids of a table are compared with wrong ones in total, for «did you mean». This takes less than a
/// second.
pub const COMPARED_IDS: usize = 200_000;

/// Characters of a value, or of a sentence, that a problem shows.
pub const SHOWN_CHARS: usize = 300;

/// Findings listed for one code in one bag. The rest is only counted.
pub const FINDINGS_OF_A_CODE: usize = 2_000;
