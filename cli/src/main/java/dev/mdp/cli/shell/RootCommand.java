package dev.mdp.cli.shell;

import dev.mdp.cli.completion.KnownNames;
import dev.mdp.cli.log.LogFormat;
import dev.mdp.cli.log.Stderr;
import dev.mdp.config.TelemetryConfig.LogLevel;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "Exit codes: 0 done, 1 unexpected error, 2 bad command line, 3 done, with findings,",
      "  65 bad data, 69 bus or database unreachable, 75 busy, 78 bad configuration",
      "Where no server is named, that of an mdp up running in this folder (.mdp/env) is used.",
      "Each command has its own --help."
    })
public final class RootCommand implements Callable<Integer> {
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
          "Configuration file (default: $MDP_CONFIG, else the first of configs/streaming.yaml here,"
              + " mdp/streaming.yaml in ~/.config or /etc, configs/streaming.yaml beside the launcher).")
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
      description = "Time zone for tables, and for input times without an offset (default: UTC).")
  ZoneId zone;

  @Mixin LogOptions log = new LogOptions();

  @Spec CommandSpec spec;

  private final Host host;
  private final Stderr stderr;
  private final KnownNames names;
  private final Set<String> told = new HashSet<>();

  public RootCommand(Host host, Stderr stderr) {
    this.host = host;
    this.stderr = stderr;
    this.names = KnownNames.of(host.environment(), host.clock());
    this.zone = java.time.ZoneOffset.UTC;
  }

  /// The root of the command that runs.
  public static RootCommand of(CommandSpec spec) {
    return (RootCommand) spec.root().userObject();
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

  /// How much is logged, and how that looks.
  public LogOptions log() {
    return log;
  }

  /// Tells the operator once, on stderr, what is not obvious and decides what this command works
  /// on.
  void remark(String line) {
    if (!log.quiet()) {
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

  /// Starts the log of a command that runs workers.
  ///
  /// @param automatic what the form is when none was chosen
  public void startLog(LogLevel configured, LogFormat automatic) {
    log.start(host, stderr, configured, automatic);
  }

  /// How values are read, errors shown and help laid out, in every command.
  public static CommandLine configure(CommandLine line, Host host, ErrorPrinter errors) {
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
