package dev.mdp.providers.dataset;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import org.jspecify.annotations.Nullable;

/// Turns one file's rows into events, in the order of the file, or says which value of which line
/// is wrong. One thread.
final class RowReader implements EventStream {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Rows rows;
  private final RowValues values;
  private final DatasetSettings settings;
  private final String lane;
  private final @Nullable Interval interval;
  private final boolean anyOrder;
  private @Nullable MarketEvent before;
  private long lineBefore;
  private long outsideRange;
  private long badLines;
  private String firstBadLine = "";
  private boolean good;

  /// @param options of its lane and its order: rows in any order may well lie years apart
  RowReader(Rows rows, DatasetSettings settings, ReadOptions options) {
    this.rows = rows;
    this.values = new RowValues(rows, settings);
    this.settings = settings;
    this.lane = options.lane();
    this.anyOrder = options.sort();
    BarMapping bars = settings.columns().bars();
    this.interval = bars == null ? null : bars.interval();
  }

  /// Opens the file and reads its header.
  static RowReader open(InputFile file, DatasetSettings settings, ReadOptions options) {
    Rows rows =
        switch (settings.format()) {
          case CSV -> new CsvRows(file, settings);
          case NDJSON -> new NdjsonRows(file, settings);
        };
    return new RowReader(rows, settings, options);
  }

  Rows rows() {
    return rows;
  }

  /// Counts a row that no one wants.
  void passOver() {
    outsideRange++;
  }

  /// Rows read that were not wanted.
  long outsideRange() {
    return outsideRange;
  }

  /// Lines, or elements of one, that were passed over because they cannot be used.
  long badLines() {
    return badLines;
  }

  /// Where the first of them is and what is wrong with it; empty without one.
  String firstBadLine() {
    return firstBadLine;
  }

  @Override
  public @Nullable MarketEvent next() {
    while (true) {
      try {
        MarketEvent event = values.next() ? event() : null;
        good |= event != null;
        if (event == null && !good && badLines > 0) {
          throw rows.file()
              .error(
                  rows.line(),
                  "all %d lines are bad, the first: %s".formatted(badLines, firstBadLine));
        }
        return event;
      } catch (BadLine e) {
        if (settings.badLines() == BadLines.REFUSE) {
          throw e.error();
        }
        if (badLines++ == 0) {
          firstBadLine = String.valueOf(e.getMessage());
        }
      }
    }
  }

  @Override
  public void close() {
    rows.close();
  }

  private MarketEvent event() {
    String jump = "";
    try {
      MarketEvent event = interval == null ? tick() : bar(interval);
      jump = jump(event);
      if (jump.isEmpty()) {
        before = event;
        lineBefore = rows.line();
        return event;
      }
      throw new IllegalArgumentException(jump);
    } catch (IllegalArgumentException e) {
      MappedColumn column = jump.isEmpty() ? values.column() : MappedColumn.SRC_TS;
      String message = rows.element() + column.word() + ": " + e.getMessage() + hint();
      throw settings.format() == FileFormat.CSV
          ? rows.file().cutLine(rows.line(), message, e)
          : rows.file().badLine(rows.line(), message, e);
    }
  }

  private Tick tick() {
    long srcMicros = values.srcMicros();
    double price = values.number(MappedColumn.PRICE);
    double size = values.quantity(MappedColumn.SIZE, Tick.ABSENT);
    double bid = values.number(MappedColumn.BID, Tick.ABSENT);
    double ask = values.number(MappedColumn.ASK, Tick.ABSENT);
    long seq = values.seq();
    long ingest = values.ingestMicros(srcMicros);
    return new Tick(
        settings.provider(), lane, values.symbol(), srcMicros, seq, price, size, bid, ask, ingest);
  }

  private BarEvent bar(Interval each) {
    long start = values.srcMicros();
    if (each.start(start) != start) {
      throw new IllegalArgumentException(
          "%s is not the start of a bar of %s (that is %s)"
              .formatted(Micros.format(start), each, Micros.format(each.start(start))));
    }
    double open = values.number(MappedColumn.OPEN);
    double close = values.number(MappedColumn.CLOSE);
    double high = values.number(MappedColumn.HIGH);
    if (high < Math.max(open, close)) {
      throw new IllegalArgumentException(
          "%s is below open %s or close %s".formatted(high, open, close));
    }
    double low = values.number(MappedColumn.LOW);
    if (low > Math.min(open, close)) {
      throw new IllegalArgumentException(
          "%s is above open %s or close %s".formatted(low, open, close));
    }
    double volume = values.quantity(MappedColumn.VOLUME, 0);
    long seq = values.seq();
    Bar bar =
        new Bar(
            settings.provider(),
            lane,
            values.symbol(),
            each,
            start,
            open,
            high,
            low,
            close,
            volume,
            Double.NaN,
            Bar.EXTERNAL);
    return new BarEvent(bar, seq, values.ingestMicros(start));
  }

  /// A clock that was not set, or a unit that changes in the middle; empty without one.
  private String jump(MarketEvent event) {
    MarketEvent last = before;
    if (last == null
        || (anyOrder && !EventStream.symbol(last).equals(EventStream.symbol(event)))
        || !settings.times().isJump(EventStream.micros(last), EventStream.micros(event))) {
      return "";
    }
    return "%s is more than %d years from %s of line %d; if that is right, set earliest of src_ts"
        .formatted(
            Micros.format(EventStream.micros(event)),
            PlausibleTimes.JUMP_YEARS,
            Micros.format(EventStream.micros(last)),
            lineBefore);
  }

  /// What several files that were put together leave in the middle.
  private String hint() {
    String time = values.text(MappedColumn.SRC_TS);
    if (time == null || settings.format() != FileFormat.CSV) {
      return "";
    }
    boolean header = settings.header() && time.equals(settings.columns().srcTs());
    return header || time.startsWith(BYTE_ORDER_MARK)
        ? " (the beginning of another file? list the files under path instead of joining them)"
        : "";
  }
}
