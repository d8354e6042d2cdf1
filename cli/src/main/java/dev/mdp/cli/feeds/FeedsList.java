package dev.mdp.cli.feeds;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.store.PostgresStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mdp feeds list`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp feeds list",
      "  mdp feeds list --provider coinbase --output json | jq '.data[] | select(.open_ids > 0)'",
      "",
      "Every id from first_id to head is published, but for the open ones. owner is empty while no",
      "process publishes the series. Exit codes: 0 done, 2 not a symbol, 69 database unreachable,",
      "  78 bad configuration or not migrated. Configuration used: store."
    })
final class FeedsList implements Callable<Integer>, ResultCommand {
  private static final int ALL = 1_000_000;

  private static final List<Column<FeedReader.Row>> COLUMNS =
      List.of(
          Column.text("provider", FeedReader.Row::provider),
          Column.text("symbol", row -> row.cursor().symbol().value()),
          Column.number("shard", FeedReader.Row::shard),
          Column.text("ids", row -> row.ids().word()),
          Column.number("epoch", row -> row.cursor().epoch()),
          Column.number("first_id", row -> row.cursor().firstId()),
          Column.number("head", row -> row.cursor().head().id()),
          Column.text("head_ts", row -> Micros.instant(row.cursor().head().micros())),
          Column.number("open_gaps", FeedReader.Row::openGaps),
          Column.number("open_ids", FeedReader.Row::openIds),
          Column.text("owner", row -> row.owner().orElse(null)),
          Column.text("updated_at", FeedReader.Row::updatedAt));

  @Mixin FeedFilter filter;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.feeds.list/v1";
  }

  @Override
  public Integer call() {
    FeedReader.Query query =
        new FeedReader.Query(
            filter.provider(), filter.symbol(spec), Optional.empty(), Optional.empty(), false, ALL);
    try (PostgresStore store = Access.store(spec)) {
      output.printer(spec, schema()).print(COLUMNS, store.feedReader().series(query));
      return ExitCodes.OK;
    }
  }
}
