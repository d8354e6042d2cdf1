package dev.mdp.providers.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One CSV record: the texts of the mapped columns by [MappedColumn#ordinal], or all fields in
/// order while the columns are not known yet.
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record CsvRow(
    long line, int count, boolean blank, @Nullable String[] mapped, List<String> allFields) {}
