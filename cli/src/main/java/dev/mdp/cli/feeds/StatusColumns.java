package dev.mdp.cli.feeds;

import dev.mdp.cli.output.Column;
import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedStatus;
import dev.mdp.ops.feed.FeedRow;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a series as it is now is printed.
final class StatusColumns {
  private static final Column<FeedRow> PROVIDER = Column.text("provider", FeedRow::provider);
  private static final Column<FeedRow> SHARD =
      Column.number("shard", shard(FeedStatus.Shard::shard));
  private static final Column<FeedRow> OWNER =
      Column.text("owner", row -> row.owner().orElse(null));
  private static final Column<FeedRow> SYMBOL =
      Column.text("symbol", series(each -> each.symbol().value()));
  private static final Column<FeedRow> STATE =
      Column.text("state", row -> row.state().map(FeedInterval.State::word).orElse(null));
  private static final Column<FeedRow> SINCE =
      Column.text("since", row -> row.since().orElse(null));
  private static final Column<FeedRow> HEAD =
      Column.number("head", cursor(each -> each.head().id()));
  private static final Column<FeedRow> LAST_TRADE =
      Column.text("last_trade", cursor(each -> Micros.instant(each.head().micros())));
  private static final Column<FeedRow> OPEN_GAPS =
      Column.number("open_gaps", series(FeedStatus.Series::openGaps));
  private static final Column<FeedRow> OPEN_IDS =
      Column.number("open_ids", series(FeedStatus.Series::openIds));
  private static final Column<FeedRow> LEASE_UNTIL =
      Column.text(
          "lease_until", row -> row.shard().flatMap(FeedStatus.Shard::leaseUntil).orElse(null));
  private static final Column<FeedRow> POSITION =
      Column.text("position", shard(each -> each.position().toString()));

  private StatusColumns() {}

  static List<Column<FeedRow>> forPeople(ClosedHistory history) {
    return List.of(
        PROVIDER,
        SHARD,
        OWNER,
        LEASE_UNTIL,
        POSITION,
        SYMBOL,
        STATE,
        SINCE,
        HEAD,
        LAST_TRADE,
        OPEN_GAPS,
        OPEN_IDS,
        Column.text(
            "history",
            row ->
                history.until(row.provider()).map(time -> "closed until " + time).orElse("open")));
  }

  static List<Column<FeedRow>> forPrograms(ClosedHistory history) {
    return List.of(
        PROVIDER,
        Column.text("topic", shard(FeedStatus.Shard::topic)),
        SHARD,
        OWNER,
        LEASE_UNTIL,
        POSITION,
        Column.text("noted_at", shard(FeedStatus.Shard::notedAt)),
        SYMBOL,
        STATE,
        SINCE,
        Column.number("epoch", cursor(FeedCursor::epoch)),
        HEAD,
        LAST_TRADE,
        OPEN_GAPS,
        OPEN_IDS,
        Column.text("history_closed_until", row -> history.until(row.provider()).orElse(null)));
  }

  private static Function<FeedRow, @Nullable Object> shard(Function<FeedStatus.Shard, Object> of) {
    return row -> row.shard().map(of).orElse(null);
  }

  private static Function<FeedRow, @Nullable Object> series(
      Function<FeedStatus.Series, Object> of) {
    return row -> row.series().map(of).orElse(null);
  }

  private static Function<FeedRow, @Nullable Object> cursor(Function<FeedCursor, Object> of) {
    return row -> row.series().flatMap(FeedStatus.Series::cursor).map(of).orElse(null);
  }
}
