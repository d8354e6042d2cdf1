package dev.mdp.cli.feeds;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.LimitOption;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.TimeRange;
import dev.mdp.cli.shell.TimeRangeOptions;
import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedStatus;
import dev.mdp.store.PostgresStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp feeds gaps`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp feeds gaps --open",
      "  mdp feeds gaps --provider kraken --symbol BTC/USD --from 1d",
      "",
      "open: being asked for; filled: published since; void: the venue itself has no such trades;",
      "gone: it does not keep them any more; dead-lettered: refused here; refused: the venue refuses",
      "to be asked. ts_from and ts_to are the times of the trades around it. note: a filled hole waits",
      "for the tick worker to store its trades, or for micro-batch to compute its bars again.",
      "Exit codes: 0 done, 2 bad range or symbol, 69 database unreachable,",
      "  78 bad configuration or not migrated. Configuration used: store."
    })
final class FeedsGaps implements Callable<Integer>, ResultCommand {
  @Option(names = "--open", description = "Only holes that are not closed yet.")
  boolean open;

  @Mixin FeedFilter filter;
  @Mixin LimitOption limit;
  @Mixin TimeRangeOptions.Open time;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.feeds.gaps/v1";
  }

  @Override
  public Integer call() {
    int most = limit.of(spec);
    TimeRange range = time.resolve(spec);
    FeedReader.Query query =
        new FeedReader.Query(
            filter.provider(),
            filter.symbol(spec),
            Optional.of(Micros.instant(range.fromMicros())),
            Optional.of(Micros.instant(range.toMicros())),
            open,
            most);
    try (PostgresStore store = Access.store(spec)) {
      List<FeedReader.Gap> gaps = store.feedReader().gaps(query);
      output.printer(spec, schema()).print(columns(store.feedStatus().waiting(gaps)), gaps);
      return ExitCodes.OK;
    }
  }

  private static List<Column<FeedReader.Gap>> columns(Map<Long, FeedStatus.Wait> waiting) {
    return List.of(
        Column.number("id", FeedReader.Gap::id),
        Column.text("provider", FeedReader.Gap::provider),
        Column.text("symbol", row -> row.gap().symbol().value()),
        Column.number("epoch", row -> row.gap().epoch()),
        Column.number("id_from", row -> row.gap().ids().first()),
        Column.number("id_to", row -> row.gap().ids().last()),
        Column.number("ids", row -> row.gap().ids().size()),
        Column.text("ts_from", row -> Micros.instant(row.gap().below().micros())),
        Column.text("ts_to", row -> Micros.instant(row.gap().above().micros())),
        Column.text("state", row -> row.gap().state().word()),
        Column.text("reason", row -> row.gap().reason()),
        Column.number("tries", row -> row.gap().tries()),
        Column.text("found_at", row -> Micros.instant(row.gap().foundMicros())),
        Column.text(
            "closed_at",
            row -> row.gap().closedMicros() == 0 ? null : Micros.instant(row.gap().closedMicros())),
        Column.text("note", row -> note(waiting.get(row.id()))));
  }

  /// Of a filled hole whose bars are to be computed again.
  private static @Nullable String note(FeedStatus.@Nullable Wait wait) {
    return switch (wait) {
      case null -> null;
      case TICKS -> "waits for the tick worker";
      case BARS -> "waits for micro-batch";
    };
  }
}
