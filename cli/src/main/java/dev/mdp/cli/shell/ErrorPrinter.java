package dev.mdp.cli.shell;

import dev.mdp.cli.log.LogFormat;
import dev.mdp.cli.log.Stderr;
import dev.mdp.cli.output.OutputFormat;
import dev.mdp.config.read.Redaction;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.Printable;
import dev.mdp.core.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The one place that tells a failure: a line on stderr, the exit code of its category, and under
/// `--output json` the failure envelope on stdout.
public final class ErrorPrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final String UNKNOWN_SCHEMA = "mdp.error/v1";

  private final Host host;
  private final List<String> args;
  private final PrintWriter out;
  private final Stderr stderr;

  public ErrorPrinter(Host host, String[] args, PrintWriter out, Stderr stderr) {
    this.host = host;
    this.args = Arrays.asList(args);
    this.out = out;
    this.stderr = stderr;
  }

  public PrintWriter out() {
    return out;
  }

  public Stderr stderr() {
    return stderr;
  }

  /// What no handler has caught: a bug, or a machine that has no more memory.
  public void uncaught(Thread thread, Throwable error) {
    String message =
        "internal error: uncaught in thread "
            + thread.getName()
            + ": "
            + Printable.text(Redaction.text("" + error));
    stderr.error(
        message + "\n" + stack(error),
        message,
        fields("internal", ExitCodes.FAILURE, stack(error)));
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine line, ParseResult result) {
    boolean stack = args.contains("--verbose") || args.contains("-v");
    return switch (error) {
      case MdpException e -> {
        int code = ExitCodes.of(e);
        tell(ExitCodes.category(e), code, e, stack);
        yield failed(line, ExitCodes.category(e), code, e);
      }
      default -> {
        tell("internal", ExitCodes.FAILURE, error, true);
        yield failed(line, "internal", ExitCodes.FAILURE, error);
      }
    };
  }

  @Override
  public int handleParseException(ParameterException error, String[] commandLine) {
    CommandLine line = error.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    String near =
        error instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions().stream()
                .findFirst()
                .map(each -> " — did you mean '" + each + "'?")
                .orElse("")
            : "";
    String message = Printable.text(message(error)) + near;
    followLogFormat();
    stderr.error(
        red("usage error: ") + message + "\ntry '" + command + " --help'\n",
        "usage error: " + message,
        fields("usage", ExitCodes.USAGE, ""));
    return failed(line, "usage", ExitCodes.USAGE, error);
  }

  /// The reader went away (silent, as every filter), or the results could not be written.
  public int stdoutFailed(Stdout.StdoutError error) {
    if (error.closedPipe()) {
      return ExitCodes.CLOSED_PIPE;
    }
    String message = "output error: " + error.getMessage();
    stderr.error(
        red("output error: ") + error.getMessage() + "\n",
        message,
        fields("output", ExitCodes.FAILURE, ""));
    return ExitCodes.FAILURE;
  }

  private void tell(String category, int code, Exception error, boolean withStack) {
    String message = message(error);
    String[] lines = message.lines().map(Printable::text).toArray(String[]::new);
    StringBuilder text = new StringBuilder(red(category + " error: "));
    if (lines.length <= 1) {
      text.append(lines.length == 0 ? "" : lines[0]).append('\n');
    } else {
      text.append("the following must be put right\n");
      Arrays.stream(lines).forEach(line -> text.append(line).append('\n'));
      text.append("Nothing was started.\n");
    }
    String stack = withStack ? stack(error) : "";
    stderr.error(text + stack, category + " error: " + message, fields(category, code, stack));
  }

  private static Map<String, Object> fields(String category, int code, String stack) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("category", category);
    fields.put("exit_code", code);
    if (!stack.isEmpty()) {
      fields.put("stack", stack);
    }
    return fields;
  }

  private static String stack(Throwable error) {
    StringWriter stack = new StringWriter();
    error.printStackTrace(new PrintWriter(stack));
    return Redaction.text(stack.toString());
  }

  /// The words decide while the command line is not understood.
  private void followLogFormat() {
    for (LogFormat format : LogFormat.values()) {
      if (format.name().equalsIgnoreCase(word("--log-format"))) {
        stderr.follow(() -> format, () -> false);
      }
    }
  }

  private int failed(CommandLine line, String category, int code, Exception error) {
    String schema = schema(line);
    Object data =
        line.getCommandSpec().userObject() instanceof ResultCommand command
            ? command.dataOf(error)
            : null;
    if (wantsJson()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("category", category);
      told.put("exit_code", code);
      told.put("message", message(error));
      out.println(envelope(schema, data, told));
    }
    return code;
  }

  private static String envelope(String schema, @Nullable Object data, Map<String, Object> error) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("schema", schema);
    envelope.put("ok", false);
    envelope.put("data", data);
    envelope.put("error", error);
    return Json.write(envelope);
  }

  private boolean wantsJson() {
    return OutputFormat.JSON.matches(word("--output")) || OutputFormat.JSON.matches(word("-o"));
  }

  /// An option's value among the raw words, because the command line may not have been parsed.
  private String word(String option) {
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals(option) && i + 1 < args.size()) {
        return args.get(i + 1);
      }
      boolean attached = arg.startsWith(option) && !option.startsWith("--");
      if (arg.startsWith(option + "=") || (attached && arg.length() > option.length())) {
        return arg.substring(option.length()).replaceFirst("^=", "");
      }
    }
    return "";
  }

  /// Nothing with a secret should come here; what looks like one is hidden anyway.
  private static String message(Exception error) {
    return Redaction.text(rawMessage(error));
  }

  private static String rawMessage(Exception error) {
    String message = error.getMessage();
    boolean expected = error instanceof MdpException || error instanceof ParameterException;
    if (expected && message != null) {
      return message;
    }
    return error.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static String schema(CommandLine line) {
    return line.getCommandSpec().userObject() instanceof ResultCommand command
        ? command.schema()
        : UNKNOWN_SCHEMA;
  }

  private String red(String text) {
    String when = word("--color");
    ColorMode mode =
        when.equalsIgnoreCase("always")
            ? ColorMode.ALWAYS
            : when.equalsIgnoreCase("never") ? ColorMode.NEVER : ColorMode.AUTO;
    return mode.on(host, host.stderrTerminal()) ? "\u001b[31m" + text + "\u001b[0m" : text;
  }
}
