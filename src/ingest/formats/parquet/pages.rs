//! The pages of a Parquet file, counted before polars reads them: a damaged header may announce endless
//! values, and a failed allocation would end the whole program.

use std::io::Cursor;

use polars_buffer::Buffer;
use polars_io::parquet::read::FileMetadata;
use polars_parquet::parquet::metadata::ColumnChunkMetadata;
use polars_parquet::parquet::page::CompressedPage;
use polars_parquet::parquet::read::PageReader;

/// Unpacked size of one page, in bytes; writers make pages of a megabyte.
const MOST_PAGE_BYTES: usize = 1 << 28;

/// Returns whether no column holds more values than `most`, and no page more than is left of its column.
/// Anything that cannot be followed further is left to the reader, who refuses it.
pub(super) fn are_bounded(bytes: &[u8], metadata: &FileMetadata, most: usize) -> bool {
    let columns = metadata.row_groups.iter().flat_map(|group| group.parquet_columns());
    columns.into_iter().all(|column| is_bounded(bytes, column, most))
}

fn is_bounded(bytes: &[u8], column: &ColumnChunkMetadata, most: usize) -> bool {
    let Some(mut left) = usize::try_from(column.num_values()).ok().filter(|count| *count <= most) else {
        return false;
    };
    for page in pages(bytes, column) {
        let CompressedPage::Data(page) = page else { continue };
        if page.num_values() > left || page.uncompressed_size() > MOST_PAGE_BYTES {
            return false;
        }
        left -= page.num_values();
    }
    true
}

/// Walks the pages of a column up to the first damaged one.
fn pages(bytes: &[u8], column: &ColumnChunkMetadata) -> impl Iterator<Item = CompressedPage> {
    let range = column.byte_range();
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    let content = bytes.get(place(range.start)..place(range.end)).unwrap_or_default();
    let content = Cursor::new(Buffer::from(content.to_vec()));
    PageReader::new(content, column, Vec::new(), usize::MAX).map_while(Result::ok)
}
