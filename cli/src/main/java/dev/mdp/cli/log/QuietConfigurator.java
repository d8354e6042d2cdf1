package dev.mdp.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;

/// What logging is before a command sets it up: warnings, on stderr. Without it logback would print
/// every debug line of every library to stdout.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class QuietConfigurator extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Logging.configure(
        context,
        new LogSettings(LogFormat.TEXT, Level.WARN, false),
        lines -> {
          System.err.print(lines);
          System.err.flush();
        });
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
