package dev.mdp.cli.feeds;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.Confirmation;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.feed.AskedGaps.Outcome;
import dev.mdp.core.feed.FeedReader.Gap;
import dev.mdp.core.feed.GapState;
import dev.mdp.ops.fill.FillPlan;
import dev.mdp.ops.fill.FillRequest;
import dev.mdp.store.PostgresStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp feeds fill`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp feeds fill --provider kraken --dry-run",
      "  mdp feeds fill --provider kraken --symbol BTC/USD --from 1d --confirm",
      "  mdp feeds fill 17 18 --again --wait 2m --confirm",
      "",
      "The process that publishes a hole's shard asks for it next; where there is none, this command",
      "does, under the same lease and within the venue's limits. What a venue does not show is void",
      "when it has not shown it twice, a minute apart.",
      "Exit codes: 0 all are closed, 2 bad range, symbol or number, or no terminal and no --confirm,",
      "  3 some are still open or refused, 69 bus or database unreachable, 78 bad configuration or",
      "  not migrated.",
      "The role mdp_writer is enough. Configuration used: bus, store and producers."
    })
final class FeedsFill implements Callable<Integer>, ResultCommand {
  @Mixin GapSelection selection;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "How long to wait until they are closed, e.g. 2m (default: 30s).")
  Duration wait = Duration.ofSeconds(30);

  @Mixin Confirmation confirmation;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.feeds.fill/v1";
  }

  @Override
  public Integer call() throws InterruptedException {
    LoadedConfig loaded = ConfigOptions.load(spec);
    try (PostgresStore store = Access.store(spec, loaded)) {
      FillRequest request =
          new FillRequest(
              store.askedGaps(), store.feedReader(), RootCommand.of(spec).host().clock());
      FillPlan plan = request.plan(selection.select(spec, request));
      if (!plan.past().isEmpty()) {
        say(
            "left out %d holes: their ids are of before the venue began to count again"
                .formatted(plan.past().size()));
      }
      List<Gap> gaps = plan.gaps();
      String what = "ask again for %d holes of %d ids".formatted(gaps.size(), plan.ids());
      if (gaps.isEmpty() || !confirmation.ask(spec, what)) {
        say(gaps.isEmpty() ? "nothing to ask for" : "would " + what);
        return print(request.outcomes(gaps), ExitCodes.OK);
      }
      OwnFill own = OwnFill.of(spec, loaded, plan);
      Instant until = RootCommand.of(spec).host().clock().instant().plus(wait);
      request.mark(gaps);
      own.run(wait);
      List<Outcome> outcomes = request.await(gaps, until);
      boolean done =
          outcomes.stream().allMatch(row -> row.isClosed() && row.of(GapState.REFUSED) == 0);
      say(FillColumns.sum(outcomes));
      return print(outcomes, done ? ExitCodes.OK : ExitCodes.FOUND);
    }
  }

  private int print(List<Outcome> outcomes, int code) {
    output.printer(spec, schema()).print(FillColumns.ALL, outcomes);
    return code;
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
