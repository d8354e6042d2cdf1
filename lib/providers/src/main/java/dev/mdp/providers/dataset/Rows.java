package dev.mdp.providers.dataset;

import org.jspecify.annotations.Nullable;

/// The rows of one file as the texts of the mapped columns. One thread.
interface Rows extends AutoCloseable {
  long NO_INGEST_TIME = Long.MIN_VALUE;

  /// Reads the next row into `texts`, by [MappedColumn#ordinal]; null where the row has nothing.
  /// False at the end. Throws [BadLine] for a line that is none, after which the next one can be
  /// read.
  boolean next(@Nullable String[] texts);

  /// The line in which the current row begins, from 1.
  long line();

  /// Which element of its line the current row is, for messages: `element 2: `, or nothing.
  default String element() {
    return "";
  }

  /// When the recorder took the current row in, or [#NO_INGEST_TIME].
  long ingestMicros();

  /// Lines that were skipped because they are not a trade.
  long otherLines();

  InputFile file();

  @Override
  default void close() {
    file().close();
  }
}
