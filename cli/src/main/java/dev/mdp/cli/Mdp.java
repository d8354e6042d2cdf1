package dev.mdp.cli;

import dev.mdp.cli.completion.KnownNames;
import dev.mdp.cli.log.Stderr;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `mdp`: the root of all commands, and the options that each of them understands.
@Command(
    name = "mdp",
    versionProvider = Version.class,
    description = "Market data: a durable stream in, provably exact bars out.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Examples:",
      "  mdp config check --no-connect",
      "  mdp config show --origin",
      "",
      "Exit codes: 0 done, 1 unexpected error, 2 bad command line, 3 the check found something,",
      "  65 bad data, 69 bus or database unreachable, 75 busy, 78 configuration wrong",
      "The servers of an mdp up that runs in this folder (.mdp/env) are used where none are named.",
      "Each command has its own --help."
    })
public final class Mdp implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  boolean version;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "The configuration (default: MDP_CONFIG, configs/streaming.yaml here, mdp/streaming.yaml in"
              + " ~/.config or /etc, configs/streaming.yaml beside the launcher).")
  @Nullable String config;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      scope = ScopeType.INHERIT,
      description = "Override one key, e.g. micro_batch.window_ms=1000. Repeatable.")
  List<String> sets = new ArrayList<>();

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      scope = ScopeType.INHERIT,
      description = "Time zone of tables and of times without one (default: UTC).")
  ZoneId zone;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log more; print the stack of an error.")
  boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Log only warnings and errors.")
  boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      scope = ScopeType.INHERIT,
      description = "auto, always or never (default: auto).")
  ColorMode color;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      scope = ScopeType.INHERIT,
      description = "auto, text, json or journal (default: auto).")
  dev.mdp.cli.log.LogFormat logFormat;

  @Spec CommandSpec spec;

  private final Host host;
  private final Stderr stderr;
  private final KnownNames names;
  private final Set<String> told = new HashSet<>();

  Mdp(Host host, Stderr stderr) {
    this.host = host;
    this.stderr = stderr;
    this.names = KnownNames.of(host.environment(), host.clock());
    this.zone = java.time.ZoneOffset.UTC;
    this.color = ColorMode.AUTO;
    this.logFormat = dev.mdp.cli.log.LogFormat.AUTO;
  }

  public static void main(String[] args) {
    // numbers look the same everywhere, whatever the operator's locale, and so do the messages of
    // the database's driver, by which refusals are told from outages
    Locale.setDefault(Locale.ROOT);
    Host host = Host.current();
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    ErrorPrinter errors =
        new ErrorPrinter(host, args, Stdout.open(), new Stderr(err, err, host.clock()));
    Thread.setDefaultUncaughtExceptionHandler(errors::uncaught);
    System.exit(run(host, args, errors));
  }

  /// Runs one command line in this process and returns its exit code.
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    return run(Host.current(), args, out, err);
  }

  public static int run(Host host, String[] args, PrintWriter out, PrintWriter err) {
    PrintWriter log = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return run(host, args, new ErrorPrinter(host, args, out, new Stderr(err, log, host.clock())));
  }

  private static int run(Host host, String[] args, ErrorPrinter errors) {
    try {
      Mdp root = new Mdp(host, errors.stderr());
      errors.stderr().follow(root::logFormat, root::quiet);
      CommandLine line = CommandTree.build(root, Set.copyOf(Arrays.asList(args))::contains);
      int code =
          configure(line, host, errors)
              .setOut(errors.out())
              .setErr(errors.stderr().notices())
              .execute(args);
      errors.out().flush();
      return code;
    } catch (Stdout.StdoutError e) {
      return errors.stdoutFailed(e);
    } catch (Error e) {
      errors.uncaught(Thread.currentThread(), e);
      return ExitCodes.FAILURE;
    }
  }

  /// The root of the command that runs.
  public static Mdp of(CommandSpec spec) {
    return (Mdp) spec.root().userObject();
  }

  public Host host() {
    return host;
  }

  /// Where lines to people, logs and errors go.
  public Stderr stderr() {
    return stderr;
  }

  /// What shells offer at TAB.
  public KnownNames names() {
    return names;
  }

  /// The zone in which people read times.
  public ZoneId zone() {
    return zone;
  }

  public boolean verbose() {
    return verbose;
  }

  public boolean quiet() {
    return quiet;
  }

  public dev.mdp.cli.log.LogFormat logFormat() {
    return logFormat;
  }

  /// Whether stdout gets colours.
  public boolean colorsOut() {
    return color.on(host, host.stdoutTerminal());
  }

  /// Whether stderr gets colours.
  public boolean colorsErr() {
    return color.on(host, host.stderrTerminal());
  }

  /// Tells the operator once, on stderr, what is not obvious and decides what this command works
  /// on.
  void remark(String line) {
    if (!quiet) {
      warn(line);
    }
  }

  /// The same, also with `--quiet`.
  void warn(String line) {
    if (told.add(line)) {
      stderr.warnings().println("note: " + line);
    }
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCodes.OK;
  }

  static CommandLine configure(CommandLine line, Host host, ErrorPrinter errors) {
    CommandLine.Help.Ansi ansi =
        ColorMode.AUTO.on(host, host.stdoutTerminal())
            ? CommandLine.Help.Ansi.ON
            : CommandLine.Help.Ansi.OFF;
    return line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .registerConverter(java.time.Duration.class, Durations::parse)
        .registerConverter(int.class, Numbers::parseInt)
        .registerConverter(Integer.class, Numbers::parseInt)
        .registerConverter(long.class, Numbers::parseLong)
        .registerConverter(Long.class, Numbers::parseLong)
        .registerConverter(double.class, Numbers::parseDouble)
        .registerConverter(Double.class, Numbers::parseDouble)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }
}
