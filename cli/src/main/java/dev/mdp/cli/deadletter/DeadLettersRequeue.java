package dev.mdp.cli.deadletter;

import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.Confirmation;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.core.error.Printable;
import dev.mdp.core.event.Micros;
import dev.mdp.ops.deadletter.DeadLetterChoice;
import dev.mdp.ops.deadletter.DeadLetters;
import dev.mdp.ops.deadletter.Requeue;
import dev.mdp.ops.deadletter.RequeueRun;
import dev.mdp.ops.deadletter.RequeueTally;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mdp stream dead-letters requeue`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream dead-letters requeue --reason wrong_shard --dry-run",
      "  mdp stream dead-letters requeue 1761314521234-0 --confirm",
      "",
      "Each entry goes to the shard of its provider and symbol with its identity unchanged, so",
      "that sending it twice changes nothing; its dead letter is deleted after that.",
      "Exit codes: 0 done, 2 no choice, or no terminal and no --confirm, 3 some were refused,",
      "  65 no such dead letter, 69 bus unreachable, 78 bad configuration.",
      "Configuration used: bus and micro_batch.max_future_ms."
    })
final class DeadLettersRequeue implements Callable<Integer>, ResultCommand {
  private static final int MOST_SHOWN = 20;

  @Mixin DeadLetterSelection choice;
  @Mixin Confirmation confirmation;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.dead_letters.requeue/v1";
  }

  @Override
  public Integer call() {
    try (DeadLetters letters = OpenDeadLetters.of(spec)) {
      DeadLetterChoice chosen = choice.choose(spec, letters);
      Requeue requeue =
          new Requeue(
              letters.shards(),
              Micros.of(ConfigOptions.load(spec).config().microBatch().maxFuture()),
              Micros.of(RootCommand.of(spec).host().clock().instant()));
      RequeueRun run = new RequeueRun(letters, chosen, requeue);
      RequeueTally found = run.look();
      if (found.letters() == 0) {
        choice.filter.requireSymbol(spec, chosen.met());
      }
      printRefused(found);
      boolean go =
          found.sendable() > 0
              && confirmation.ask(spec, "send " + found.sendable() + " entries again");
      long sent = go ? run.run() : 0;
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("found", found.letters());
      result.put("refused", found.refused());
      result.put("requeued", sent);
      if (!output.isTable()) {
        result.put("refusals", found.refusals().stream().map(DeadLettersRequeue::refusal).toList());
      }
      output.printer(spec, schema()).object(result);
      return found.refused() > 0 ? ExitCodes.FOUND : ExitCodes.OK;
    }
  }

  private static Map<String, Object> refusal(RequeueTally.Refusal refusal) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", refusal.letter().stored().id().toString());
    object.put("shard", refusal.letter().dead().shard());
    object.put("position", refusal.letter().dead().position().toString());
    object.put("reason", Printable.text(refusal.letter().dead().reason()));
    object.put("why", Printable.text(refusal.why()));
    return object;
  }

  private void printRefused(RequeueTally found) {
    PrintWriter err = RootCommand.of(spec).stderr().warnings();
    found.refusals().stream()
        .limit(MOST_SHOWN)
        .forEach(each ->
            err.println(Printable.text("refused " + each.letter().name() + ": " + each.why())));
    if (found.refused() > MOST_SHOWN) {
      err.println("and " + (found.refused() - MOST_SHOWN) + " more are refused");
    }
    err.flush();
  }
}
