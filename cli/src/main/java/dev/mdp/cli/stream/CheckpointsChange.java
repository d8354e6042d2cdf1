package dev.mdp.cli.stream;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.Confirmation;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.core.checkpoint.CheckpointAdmin;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.error.DataException;
import dev.mdp.store.PostgresStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp stream checkpoints reset` and `drop`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream checkpoints drop --group mdp-consumers-micro-batcher --dry-run",
      "  mdp stream checkpoints reset --group mdp-consumers-micro-batcher --shard 0 --confirm",
      "",
      "Exit codes: 0 done, 2 no terminal and no --confirm, 65 no such checkpoint,",
      "  69 database unreachable, 75 a worker owns it, 78 bad configuration.",
      "Configuration used: store."
    })
final class CheckpointsChange implements Callable<Integer>, ResultCommand {
  @Option(
      names = "--group",
      paramLabel = "GROUP",
      required = true,
      description = "The consumer group's full name, e.g. mdp-consumers-micro-batcher.")
  String group = "";

  @Option(names = "--shard", paramLabel = "N", description = "Only this shard (default: all).")
  @Nullable Integer shard;

  @Mixin Confirmation confirmation;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  private final String verb;
  private final BiPredicate<CheckpointAdmin, CheckpointKey> change;

  private CheckpointsChange(String verb, BiPredicate<CheckpointAdmin, CheckpointKey> change) {
    this.verb = verb;
    this.change = change;
  }

  static CheckpointsChange reset() {
    return new CheckpointsChange("reset", CheckpointAdmin::reset);
  }

  static CheckpointsChange drop() {
    return new CheckpointsChange("drop", CheckpointAdmin::drop);
  }

  @Override
  public String schema() {
    return "mdp.stream.checkpoints." + verb + "/v1";
  }

  @Override
  public Integer call() {
    try (PostgresStore store = Access.store(spec)) {
      List<CheckpointKey> keys =
          store.checkpoints().admin().list("").stream()
              .map(CheckpointStatus::key)
              .filter(key -> key.group().equals(group))
              .filter(key -> shard == null || key.shard() == shard)
              .toList();
      if (keys.isEmpty()) {
        throw new DataException(
            "no checkpoint of group '"
                + group
                + "'"
                + (shard == null ? "" : " in shard " + shard)
                + "; mdp stream checkpoints list shows them");
      }
      boolean go = confirmation.ask(spec, verb + " " + keys.size() + " checkpoints of " + group);
      long changed = 0;
      if (go) {
        for (CheckpointKey key : keys) {
          changed += change.test(store.checkpoints().admin(), key) ? 1 : 0;
        }
      }
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("found", keys.size());
      result.put("changed", changed);
      output.printer(spec, schema()).object(result);
      return ExitCodes.OK;
    }
  }
}
