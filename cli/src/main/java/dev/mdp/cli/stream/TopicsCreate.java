package dev.mdp.cli.stream;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.config.BusConfig;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Topics;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.runtime.Wiring;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp stream topics create`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream topics create --dry-run",
      "  mdp stream topics create --replication 3",
      "",
      "An existing topic is checked and left as it is. On Redis there is nothing to create.",
      "Exit codes: 0 all topics exist, 69 bus unreachable,",
      "  78 a topic exists with settings that do not fit.",
      "Configuration used: bus."
    })
final class TopicsCreate implements Callable<Integer>, ResultCommand {
  private static final List<Column<Topics.Plan>> COLUMNS =
      List.of(
          Column.text("topic", Topics.Plan::topic),
          Column.number("partitions", Topics.Plan::shards),
          Column.number("replication", plan -> plan.replication() == 0 ? null : plan.replication()),
          Column.text("settings", Topics.Plan::settings),
          Column.text("state", plan -> plan.state().name().toLowerCase(Locale.ROOT)));

  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "0",
      description = "Replicas of each partition (default: the cluster's default).")
  int replication;

  @Option(names = "--dry-run", description = "Only show what is missing.")
  boolean dryRun;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.stream.topics/v1";
  }

  @Override
  public Integer call() {
    if (replication < 0 || replication > Short.MAX_VALUE) {
      throw new ParameterException(
          spec.commandLine(), "--replication: must be positive, was " + replication);
    }
    var config = ConfigOptions.load(spec).config();
    BusConfig names = config.bus();
    try (EventBus bus = Wiring.bus(config, BusMetrics.NONE)) {
      bus.ping();
      List<String> topics = names.topics();
      List<Topics.Plan> plan =
          dryRun
              ? bus.topics().plan(topics, replication)
              : bus.topics().create(topics, replication);
      if (plan.isEmpty()) {
        spec.commandLine()
            .getErr()
            .println("nothing to create: Redis creates streams on first use");
        spec.commandLine().getErr().flush();
      }
      output.printer(spec, schema()).print(COLUMNS, plan);
      return ExitCodes.OK;
    }
  }
}
