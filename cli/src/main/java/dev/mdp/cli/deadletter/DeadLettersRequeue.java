package dev.mdp.cli.deadletter;

import dev.mdp.cli.output.Printable;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.Confirmation;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.event.Micros;
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
      "  65 no such letter, 69 bus unreachable, 78 configuration wrong.",
      "Reads bus and micro_batch.max_future_ms."
    })
final class DeadLettersRequeue implements Callable<Integer>, ResultCommand {
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
    try (DeadLetterReader letters = DeadLetterReader.open(spec)) {
      Position last = letters.last();
      choice.resolve(spec, letters, last);
      Requeue requeue =
          new Requeue(
              letters.shards(),
              Micros.of(ConfigOptions.load(spec).config().microBatch().maxFuture()),
              Micros.of(RootCommand.of(spec).host().clock().instant()));
      RequeueTally found = new RequeueTally(requeue);
      choice.pages(spec, letters, last, page -> found.add(page));
      if (found.letters() == 0) {
        choice.filter.requireSymbol(spec);
      }
      found.tellRefused(RootCommand.of(spec).stderr().warnings());
      long sent = 0;
      if (found.sendable() > 0
          && confirmation.ask(spec, "send " + found.sendable() + " entries again")) {
        sent = send(letters, last, requeue);
      }
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

  /// Dead letters go only after their entries are acknowledged: killed in between, the entry comes
  /// twice and the second is a duplicate.
  private long send(DeadLetterReader letters, Position last, Requeue requeue) {
    RequeueTally sent = new RequeueTally(requeue);
    try (RawPublisher entries = letters.openEntries()) {
      choice.pages(
          spec,
          letters,
          last,
          page -> {
            sent.add(page).forEach(entries::publish);
            letters.delete(sent.sendable(page));
          });
    }
    return sent.sendable();
  }
}
