package dev.mdp.cli.stream;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.runtime.Wiring;
import dev.mdp.store.PostgresStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp stream shards`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream shards",
      "  mdp stream shards --group inference",
      "  mdp stream shards --output json | jq -e '.data | all(.owner != null)'",
      "",
      "lag: entries of the shard that the group has not committed; on Redis counted up to 100,000,",
      "estimated beyond.",
      "Exit codes: 0 done, 69 bus or database unreachable, 78 bad configuration or not migrated.",
      "Configuration used: bus and store."
    })
final class StreamShards implements Callable<Integer>, ResultCommand {
  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.number("shard", Row::shard),
          Column.text("owner", row -> row.held().map(CheckpointStatus::owner).orElse(null)),
          Column.text(
              "lease_until", row -> row.held().map(CheckpointStatus::leaseUntil).orElse(null)),
          Column.number("epoch", row -> row.known().map(CheckpointStatus::epoch).orElse(0L)),
          Column.text("position", Row::position),
          Column.text("resume_position", Row::resumePosition),
          Column.number("lag", Row::lag),
          Column.text(
              "updated_at", row -> row.known().map(CheckpointStatus::updatedAt).orElse(null)));

  /// @param status null before the shard was ever claimed
  private record Row(int shard, @Nullable CheckpointStatus status, long lag) {
    Optional<CheckpointStatus> known() {
      return Optional.ofNullable(status);
    }

    Optional<CheckpointStatus> held() {
      return known().filter(CheckpointStatus::leased);
    }

    Position position() {
      return known().map(row -> row.checkpoint().position()).orElse(Position.START);
    }

    Position resumePosition() {
      return known().map(row -> row.checkpoint().resumePosition()).orElse(Position.START);
    }
  }

  @Option(
      names = "--group",
      paramLabel = "ROLE",
      defaultValue = CheckpointKey.MICRO_BATCHER,
      description =
          "Role, not the full group name: micro-batcher or inference (default: micro-batcher).")
  String role = CheckpointKey.MICRO_BATCHER;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.stream.shards/v1";
  }

  private String requireRole() {
    if (!role.equals(CheckpointKey.MICRO_BATCHER) && !role.equals(CheckpointKey.INFERENCE)) {
      throw new ParameterException(
          spec.commandLine(),
          "--group: must be micro-batcher or inference, was '" + role + "'; ticks own no shards");
    }
    return role;
  }

  @Override
  public Integer call() {
    LoadedConfig loaded = ConfigOptions.load(spec);
    var names = loaded.config().bus();
    String group = Wiring.group(names, requireRole());
    try (PostgresStore store = Access.store(spec, loaded);
        EventBus bus = Wiring.bus(loaded.config(), BusMetrics.NONE)) {
      Map<Integer, CheckpointStatus> known = new TreeMap<>();
      store.checkpoints().admin().list(names.topic()).stream()
          .filter(row -> row.key().group().equals(group))
          .forEach(row -> known.put(row.key().shard(), row));
      BusInspector inspector = bus.inspector();
      List<Row> rows = new ArrayList<>();
      for (int shard = 0; shard < names.shards(); shard++) {
        CheckpointStatus status = known.get(shard);
        Position committed = status == null ? Position.START : status.checkpoint().position();
        rows.add(new Row(shard, status, inspector.entriesAfter(names.topic(), shard, committed)));
      }
      output.printer(spec, schema()).print(COLUMNS, rows);
      return ExitCodes.OK;
    }
  }
}
