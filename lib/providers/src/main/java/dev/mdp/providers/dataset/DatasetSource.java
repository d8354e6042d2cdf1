package dev.mdp.providers.dataset;

import dev.mdp.core.event.MarketEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The ticks, or the bars, of a dataset's files in `(src_ts, seq)` order across files and symbols,
/// in a lane; not paced. Memory does not grow with the files. Where no column is the seq it is, of
/// a tick, the ordinal within equal event times of the symbol, in the order of the files as they
/// are listed, so that reading twice gives the same identities.
///
/// The ingest time is the recorder's where lines have one, else the event time. With `sort` the
/// files are first read as a whole: meanwhile [#next] returns nothing and the source is not
/// exhausted.
///
/// Every error in a file is a [dev.mdp.core.error.DataException] `file:line: column: what`; the
/// rows of the batch before it are not returned. Once it threw, the source is of no more use. One
/// thread; close it to close the files.
public final class DatasetSource implements RecordedSource {
  private static final int ROWS_A_STEP = 50_000;

  private final List<RowReader> readers;
  private final EventStream events;
  private final @Nullable SortedEvents sorting;
  private boolean sorted;
  private boolean exhausted;
  private long sent;

  /// Opens all files and reads the headers of CSV files. Throws [dev.mdp.core.error.DataException]
  /// when one is missing, unreadable or lacks a mapped column.
  public DatasetSource(DatasetSettings settings, ReadOptions options) {
    this(settings, options, Limits.standard());
  }

  DatasetSource(DatasetSettings settings, ReadOptions options, Limits limits) {
    this.readers = open(settings, options);
    this.sorting = options.sort() ? new SortedEvents(readers, options, limits) : null;
    EventStream ordered = sorting != null ? sorting : merged(readers, options, limits);
    this.events =
        settings.columns().needsOrdinals()
            ? new NumberedTicks(ordered, limits.heldRows())
            : ordered;
  }

  @Override
  public List<MarketEvent> next(int max) {
    if (sorting != null && !sorted) {
      sorted = sorting.takeIn(ROWS_A_STEP);
      return List.of();
    }
    List<MarketEvent> batch = new ArrayList<>(Math.min(max, 1024));
    while (batch.size() < max && !exhausted) {
      MarketEvent event = events.next();
      if (event == null) {
        exhausted = true;
      } else {
        batch.add(event);
      }
    }
    sent += batch.size();
    return batch;
  }

  @Override
  public boolean exhausted() {
    return exhausted;
  }

  @Override
  public Duration untilNext() {
    return Duration.ZERO;
  }

  /// By bytes of the files; with `sort` taking in is the first half of the work.
  @Override
  public OptionalDouble progress() {
    if (exhausted) {
      return OptionalDouble.of(1);
    }
    long size = readers.stream().mapToLong(reader -> reader.rows().file().sizeBytes()).sum();
    if (size == 0) {
      return OptionalDouble.empty();
    }
    long read = readers.stream().mapToLong(reader -> reader.rows().file().bytesRead()).sum();
    double readShare = Math.min(1, (double) read / size);
    if (sorting == null) {
      return OptionalDouble.of(readShare);
    }
    double sentShare = sorted ? (double) sent / Math.max(1, sorting.taken()) : 0;
    return OptionalDouble.of((readShare + sentShare) / 2);
  }

  @Override
  public ReadingCounts counts() {
    long otherLines = readers.stream().mapToLong(reader -> reader.rows().otherLines()).sum();
    long badLines = readers.stream().mapToLong(RowReader::badLines).sum();
    String firstBad =
        readers.stream()
            .map(RowReader::firstBadLine)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    long outside = readers.stream().mapToLong(RowReader::outsideRange).sum();
    long padding = readers.stream().mapToLong(reader -> reader.rows().file().paddingBytes()).sum();
    return new ReadingCounts(otherLines, badLines, firstBad, outside, padding, 0, 0);
  }

  @Override
  public void close() {
    events.close();
  }

  private static List<RowReader> open(DatasetSettings settings, ReadOptions options) {
    List<RowReader> opened = new ArrayList<>();
    for (Path path : settings.paths()) {
      InputFile file = null;
      try {
        file = InputFile.open(path);
        opened.add(RowReader.open(file, settings, options));
      } catch (RuntimeException e) {
        if (file != null) {
          file.close();
        }
        CloseAll.of(opened);
        throw e;
      }
    }
    return List.copyOf(opened);
  }

  private static EventStream merged(List<RowReader> readers, ReadOptions options, Limits limits) {
    List<OrderedEvents> ordered =
        readers.stream()
            .map(reader -> new OrderedEvents(reader, options, limits.heldRows()))
            .toList();
    return ordered.size() == 1 ? ordered.getFirst() : new MergedEvents(ordered);
  }
}
