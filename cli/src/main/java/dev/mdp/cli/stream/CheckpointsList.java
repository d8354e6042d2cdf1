package dev.mdp.cli.stream;

import dev.mdp.cli.completion.KnownKind;
import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.Micros;
import dev.mdp.store.PostgresStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp stream checkpoints list`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream checkpoints list",
      "  mdp stream checkpoints list --group mdp-consumers-micro-batcher --output json",
      "",
      "Exit codes: 0 done, 69 database unreachable, 78 bad configuration or not migrated.",
      "Configuration used: store."
    })
final class CheckpointsList implements Callable<Integer>, ResultCommand {
  private static final List<Column<CheckpointStatus>> TABLE =
      List.of(
          Column.text("group", row -> row.key().group()),
          Column.text("topic", row -> row.key().topic()),
          Column.number("shard", row -> row.key().shard()),
          Column.number("shards", CheckpointStatus::shards),
          Column.number("epoch", CheckpointStatus::epoch),
          Column.text("owner", row -> row.leased() ? row.owner() : null),
          Column.text("lease_until", row -> row.leased() ? row.leaseUntil() : null),
          Column.text("position", row -> row.checkpoint().position()),
          Column.text("resume_position", row -> row.checkpoint().resumePosition()),
          Column.number("lanes", row -> row.checkpoint().lanes().size()),
          Column.text("updated_at", CheckpointStatus::updatedAt));

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "Only this group; full name, e.g. mdp-consumers-micro-batcher.")
  @Nullable String group;

  @Option(names = "--shard", paramLabel = "N", description = "Only this shard.")
  @Nullable Integer shard;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.stream.checkpoints/v1";
  }

  @Override
  public Integer call() {
    try (PostgresStore store = Access.store(spec)) {
      List<CheckpointStatus> rows =
          store.checkpoints().admin().list("").stream()
              .filter(row -> group == null || row.key().group().equals(group))
              .filter(row -> shard == null || row.key().shard() == shard)
              .toList();
      RootCommand.of(spec)
          .names()
          .remember(KnownKind.GROUP, rows.stream().map(row -> row.key().group()).toList());
      List<Column<CheckpointStatus>> columns = new java.util.ArrayList<>(TABLE);
      if (!output.isTable()) {
        columns.set(9, Column.text("lanes", CheckpointsList::lanes));
      }
      output.printer(spec, schema()).print(columns, rows);
      return ExitCodes.OK;
    }
  }

  private static List<Map<String, @Nullable Object>> lanes(CheckpointStatus row) {
    return row.checkpoint().lanes().stream().map(CheckpointsList::lane).toList();
  }

  private static Map<String, @Nullable Object> lane(LaneProgress lane) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("provider", lane.provider());
    object.put("lane", lane.lane());
    object.put("watermark", time(lane.watermarkMicros()));
    object.put("last_append", time(lane.lastAppendMicros()));
    Map<String, @Nullable Object> sealed = new LinkedHashMap<>();
    lane.sealedThrough()
        .forEach((interval, micros) -> sealed.put(interval.toString(), time(micros)));
    object.put("sealed_through", sealed);
    object.put("ended", lane.ended());
    object.put("conflicting", lane.conflicting());
    return object;
  }

  /// Null before the first.
  private static @Nullable Instant time(long micros) {
    return Micros.inRange(micros) ? Micros.instant(micros) : null;
  }
}
