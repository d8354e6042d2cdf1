package dev.mdp.cli.stream;

import dev.mdp.cli.deadletter.DeadLetterCommands;
import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp stream`.
public final class StreamCommands {
  private StreamCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command("produce", "Send live events from a provider", StreamProduce::new),
      CommandEntry.command("micro-batch", "Turn events into bars", StreamMicroBatch::new),
      CommandEntry.command("ticks", "Store every tick", StreamTicks::new),
      CommandEntry.command("infer", "Turn events into features and signals", StreamInfer::new),
      CommandEntry.command(
          "replay", "Send recorded events again, in a separate lane", StreamReplay::new),
      CommandEntry.command("tail", "Show what is on a topic", StreamTail::new),
      CommandEntry.group(
          "dead-letters",
          "List, re-send and delete entries that could not be used",
          DeadLetterCommands.entries()),
      CommandEntry.group(
          "checkpoints",
          "Look at and administer consumer groups' progress",
          CommandEntry.command("list", "List checkpoints", CheckpointsList::new),
          CommandEntry.command(
              "reset", "Restart a group at the log's first entry", CheckpointsChange::reset),
          CommandEntry.command(
              "drop",
              "Delete a group's checkpoints, so that it no longer holds back trimming",
              CheckpointsChange::drop)),
      CommandEntry.group(
          "topics",
          "Create the topics where the bus does not do it by itself",
          CommandEntry.command("create", "Create missing topics", TopicsCreate::new)),
      CommandEntry.command("shards", "Show who owns which shard", StreamShards::new),
      CommandEntry.command("shard-of", "Show the shard of a symbol", StreamShardOf::new)
    };
  }
}
