package dev.mdp.cli;

import dev.mdp.cli.log.Stderr;
import dev.mdp.cli.shell.ErrorPrinter;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.Host;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.Stdout;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;

/// The program: runs one command line.
public final class Mdp {
  private Mdp() {}

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
      RootCommand root = new RootCommand(host, errors.stderr());
      errors.stderr().follow(root.log()::format, root.log()::quiet);
      CommandLine line = CommandTree.build(root, Set.copyOf(Arrays.asList(args))::contains);
      int code =
          RootCommand.configure(line, host, errors)
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
}
