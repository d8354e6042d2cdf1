package dev.mdp.cli.feeds;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.feed.FeedStatus;
import dev.mdp.ops.feed.FeedRow;
import dev.mdp.store.PostgresStore;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mdp feeds status`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp feeds status",
      "  mdp feeds status --provider kraken -o json | jq '.data[] | select(.state != \"live\")'",
      "",
      "state: live, down (not connected, or no process publishes it), halted, refused, unsubscribed.",
      "history: whether the venue may be asked for past trades; closed until the time that it named.",
      "Exit codes: 0 done, 2 not a symbol, 69 database unreachable,",
      "  78 bad configuration or not migrated. Configuration used: producers, store."
    })
final class FeedsStatus implements Callable<Integer>, ResultCommand {
  @Mixin FeedFilter filter;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.feeds.status/v1";
  }

  @Override
  public Integer call() {
    Optional<String> symbol = filter.symbol(spec);
    LoadedConfig loaded = ConfigOptions.load(spec);
    try (PostgresStore store = Access.store(spec, loaded)) {
      FeedStatus.Now now = store.feedStatus().now(filter.provider(), symbol);
      List<FeedRow> rows = FeedRow.of(now, symbol.isEmpty());
      ClosedHistory history = new ClosedHistory(loaded.config().producers(), now.closed());
      List<Column<FeedRow>> columns =
          output.isTable() ? StatusColumns.forPeople(history) : StatusColumns.forPrograms(history);
      output.printer(spec, schema()).print(columns, rows);
      say(rows, now.closed());
      return ExitCodes.OK;
    }
  }

  private void say(List<FeedRow> rows, List<FeedStatus.Closed> closed) {
    PrintWriter err = spec.commandLine().getErr();
    if (rows.isEmpty()) {
      err.println(
          "no feed has noted anything here: mdp stream produce --provider coinbase --symbols BTC-USD starts one");
    }
    for (FeedStatus.Closed each : closed) {
      err.println(
          "%s is not to be asked before %s by those that it sees as %s"
              .formatted(each.host(), each.until(), each.egress()));
    }
    err.flush();
  }
}
