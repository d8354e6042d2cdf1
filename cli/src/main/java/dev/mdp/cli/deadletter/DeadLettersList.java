package dev.mdp.cli.deadletter;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.error.Printable;
import dev.mdp.core.event.Micros;
import dev.mdp.ops.deadletter.DeadLetterChoice;
import dev.mdp.ops.deadletter.DeadLetterView;
import dev.mdp.ops.deadletter.DeadLetters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp stream dead-letters list`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream dead-letters list --reason sealed --symbol SPY",
      "  mdp stream dead-letters list --since 1h --output json | jq .data[].detail",
      "",
      "A dead letter is named by its id. Oldest first, at most --limit of the newest.",
      "Exit codes: 0 done, 2 unknown symbol, 69 bus unreachable, 78 bad configuration.",
      "Configuration used: bus."
    })
final class DeadLettersList implements Callable<Integer>, ResultCommand {
  private static final List<Column<DeadLetterView>> TABLE =
      List.of(
          Column.text("id", letter -> letter.stored().id().toString()),
          Column.text("at", letter -> Micros.instant(letter.dead().atMicros())),
          text("reason", letter -> letter.dead().reason()),
          text("group", letter -> letter.dead().group()),
          Column.number("shard", letter -> letter.dead().shard()),
          Column.text("position", letter -> letter.dead().position().toString()),
          text("provider", letter -> letter.dead().provider()),
          text("symbol", DeadLetterView::symbol),
          Column.text("intervals", DeadLettersList::intervals),
          Column.number(
              "late_ms",
              letter ->
                  letter.dead().lateMillis() == DeadLetter.NOT_LATE
                      ? null
                      : letter.dead().lateMillis()),
          text("preview", Payload::preview));

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most N of the newest dead letters (default: 50).")
  int limit = 50;

  @Mixin DeadLetterFilter filter;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.dead_letters.list/v1";
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit: must be at least 1, was " + limit);
    }
    try (DeadLetters letters = OpenDeadLetters.of(spec)) {
      ArrayDeque<DeadLetterView> newest = new ArrayDeque<>();
      DeadLetters.Met met = new DeadLetters.Met();
      boolean[] older = new boolean[1];
      DeadLetterChoice fitting = new DeadLetterChoice(letters, List.of(), filter.query(spec));
      fitting.pages(page -> {
        for (DeadLetterView letter : page) {
          if (met.add(letter.dead().identity())) {
            newest.add(letter);
          }
          if (newest.size() > limit) {
            newest.remove();
            older[0] = true;
          }
        }
      });
      if (newest.isEmpty()) {
        filter.requireSymbol(spec, fitting.met());
      }
      output.printer(spec, schema()).print(columns(), newest);
      tell(letters.topic(), newest.isEmpty(), older[0]);
      return ExitCodes.OK;
    }
  }

  private List<Column<DeadLetterView>> columns() {
    List<Column<DeadLetterView>> columns = new ArrayList<>(TABLE);
    if (!output.isTable()) {
      columns.add(text("detail", letter -> letter.dead().detail()));
    }
    return columns;
  }

  private void tell(String topic, boolean none, boolean older) {
    if (none) {
      String filtered = filter.isEmpty() ? "" : " matching the filter";
      spec.commandLine()
          .getErr()
          .println("no dead letter" + filtered + " on topic '" + topic + "'");
    } else if (older) {
      spec.commandLine().getErr().println("there are older ones; --limit shows more");
    }
    spec.commandLine().getErr().flush();
  }

  /// Anyone may have written these words: none may reach a terminal as they are, in any format.
  private static Column<DeadLetterView> text(String name, Function<DeadLetterView, String> value) {
    return Column.text(name, letter -> Printable.text(value.apply(letter)));
  }

  private static List<String> intervals(DeadLetterView letter) {
    return letter.dead().intervals().stream().map(Printable::text).toList();
  }
}
