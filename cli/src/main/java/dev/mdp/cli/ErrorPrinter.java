package dev.mdp.cli;

import dev.mdp.cli.output.OutputFormat;
import dev.mdp.cli.output.Printable;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.json.Json;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The one place that tells a failure: a line on stderr, the exit code of its category, and under
/// `--output json` the failure envelope on stdout.
final class ErrorPrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final String UNKNOWN_SCHEMA = "mdp.error/v1";

  private final Host host;
  private final List<String> args;
  private final PrintWriter out;
  private final PrintWriter err;

  ErrorPrinter(Host host, String[] args, PrintWriter out, PrintWriter err) {
    this.host = host;
    this.args = Arrays.asList(args);
    this.out = out;
    this.err = err;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine line, ParseResult result) {
    String schema = schema(line);
    boolean stack = args.contains("--verbose") || args.contains("-v");
    return switch (error) {
      case MdpException e -> {
        int code = ExitCodes.of(e);
        tell(ExitCodes.category(e), e, stack);
        yield failed(schema, ExitCodes.category(e), code, e);
      }
      default -> {
        tell("internal", error, true);
        yield failed(schema, "internal", ExitCodes.FAILURE, error);
      }
    };
  }

  @Override
  public int handleParseException(ParameterException error, String[] commandLine) {
    CommandLine line = error.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    err.println(red("usage error: ") + Printable.text(String.valueOf(error.getMessage())));
    if (error instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .findFirst()
          .ifPresent(near -> err.println("did you mean '" + near + "'?"));
    }
    err.print("usage: " + line.getHelp().synopsis(0).strip().replaceAll("\\s*\\R\\s*", " ") + "\n");
    err.println("try '" + command + " --help'");
    err.flush();
    return failed(schema(line), "usage", ExitCodes.USAGE, error);
  }

  /// The reader went away (silent, as every filter), or the results could not be written.
  int stdoutFailed(Stdout.StdoutError error) {
    if (error.closedPipe()) {
      return ExitCodes.CLOSED_PIPE;
    }
    err.println(red("output error: ") + error.getMessage());
    err.flush();
    return ExitCodes.FAILURE;
  }

  private void tell(String category, Exception error, boolean stack) {
    String message = message(error);
    String[] lines = message.lines().map(Printable::text).toArray(String[]::new);
    if (lines.length <= 1) {
      err.println(red(category + " error: ") + (lines.length == 0 ? "" : lines[0]));
    } else {
      err.println(red(category + " error: ") + "the following must be put right");
      Arrays.stream(lines).forEach(err::println);
      err.println("Nothing was started.");
    }
    if (stack) {
      error.printStackTrace(err);
    }
    err.flush();
  }

  private int failed(String schema, String category, int code, Exception error) {
    if (wantsJson()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("category", category);
      told.put("exit_code", code);
      told.put("message", message(error));
      out.println(envelope(schema, told));
    }
    return code;
  }

  private static String envelope(String schema, Map<String, Object> error) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("schema", schema);
    envelope.put("ok", false);
    envelope.put("data", null);
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

  private static String message(Exception error) {
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
