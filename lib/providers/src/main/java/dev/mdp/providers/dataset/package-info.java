/// Recorded ticks in CSV and NDJSON files, plain or gzip, with a mapping of columns.
///
/// A row's way: [dev.mdp.providers.dataset.InputFile] (bytes) → `CsvRows` or `NdjsonRows` (the
/// texts of the mapped columns) → `RowReader` (a tick, or an error with file:line) →
/// `OrderedEvents` (bounded reordering) or `SortedEvents` (external sort) → `MergedEvents` (k-way
/// over files) → `NumberedTicks` (ordinals where there is no seq) →
/// [dev.mdp.providers.dataset.DatasetSource].
@NullMarked
package dev.mdp.providers.dataset;

import org.jspecify.annotations.NullMarked;
