package dev.mdp.cli.deadletter;

import dev.mdp.cli.output.OutputFormat;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.Stdout;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.error.Printable;
import dev.mdp.core.event.Micros;
import dev.mdp.ops.deadletter.DeadLetterLookup;
import dev.mdp.ops.deadletter.DeadLetterView;
import dev.mdp.ops.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp stream dead-letters show`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream dead-letters show 1761314521234-0",
      "  mdp stream dead-letters show 1761314521234-0 --raw | xxd | head",
      "",
      "Exit codes: 0 done, 2 --raw on a terminal, 65 no such dead letter or more than one,",
      "  69 bus unreachable, 78 bad configuration.",
      "Configuration used: bus."
    })
final class DeadLettersShow implements Callable<Integer>, ResultCommand {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The dead letter's id, or the position of the entry it is about.")
  String name = "";

  @Option(names = "--raw", description = "Write the payload's bytes as they are, for a pipe.")
  boolean raw;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.dead_letters.show/v1";
  }

  @Override
  public Integer call() {
    if (raw && RootCommand.of(spec).host().stdoutTerminal()) {
      throw new ParameterException(
          spec.commandLine(),
          "--raw: the payload may contain terminal control codes; redirect it to a pipe or file");
    }
    try (DeadLetters letters = OpenDeadLetters.of(spec)) {
      DeadLetterView letter = DeadLetterLookup.find(letters, name);
      if (raw) {
        spec.commandLine().getOut().flush();
        Stdout bytes = Stdout.bytes();
        bytes.write(letter.dead().data(), 0, letter.dead().data().length);
        bytes.flush();
      } else {
        output.printer(spec, schema()).object(object(letter));
      }
      return ExitCodes.OK;
    }
  }

  /// JSON escapes by itself and has the bytes besides; people get them escaped.
  private Map<String, @Nullable Object> object(DeadLetterView letter) {
    DeadLetter dead = letter.dead();
    boolean json = output.format() == OutputFormat.JSON || output.format() == OutputFormat.JSONL;
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("id", letter.stored().id().toString());
    object.put("at", Micros.instant(dead.atMicros()));
    object.put("reason", Printable.text(dead.reason()));
    object.put("detail", Printable.text(dead.detail()));
    object.put("group", Printable.text(dead.group()));
    object.put("topic", Printable.text(dead.topic()));
    object.put("shard", dead.shard());
    object.put("position", dead.position().toString());
    object.put("provider", Printable.text(dead.provider()));
    object.put("symbol", letter.symbol());
    object.put("intervals", dead.intervals().stream().map(Printable::text).toList());
    object.put("late_ms", dead.lateMillis() == DeadLetter.NOT_LATE ? null : dead.lateMillis());
    object.put("bytes", dead.data().length);
    object.put(
        "data", json ? new String(dead.data(), StandardCharsets.UTF_8) : Payload.text(letter));
    if (json) {
      object.put("data_base64", Base64.getEncoder().encodeToString(dead.data()));
    }
    return object;
  }
}
