package dev.mdp.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import dev.mdp.config.TelemetryConfig.LogLevel;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// Sets logging up for a worker. A file named by `-Dlogback.configurationFile` wins over all this.
public final class Logging {
  private static final List<String> CHATTY =
      List.of("io.lettuce", "io.netty", "reactor", "org.flywaydb", "org.postgresql");

  private Logging() {}

  /// Called by commands that run workers, before they open anything; others never load logback
  /// unless a library logs.
  ///
  /// @param colors whether text may have colours
  public static void start(Stderr stderr, LogLevel level, LogFormat format, boolean colors) {
    stderr.startLog(format);
    start(new LogSettings(format, Level.toLevel(level.name()), colors), stderr::log);
  }

  private static void start(LogSettings settings, Consumer<String> lines) {
    if (System.getProperty("logback.configurationFile") == null
        && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      configure(context, settings, lines);
    }
  }

  /// Replaces whatever the context had.
  ///
  /// @param lines gets whole lines
  static void configure(LoggerContext context, LogSettings settings, Consumer<String> lines) {
    context.reset();
    Layout<ILoggingEvent> layout = layout(settings);
    layout.setContext(context);
    layout.start();
    StderrAppender console = new StderrAppender(layout, lines);
    console.setContext(context);
    console.start();
    RepeatFilter repeats = new RepeatFilter(InstantSource.system(), console);
    repeats.setContext(context);
    repeats.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(settings.level());
    root.addAppender(repeats);
    CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    // Its clients warn several times a second while a broker is away, and print stacks for what
    // they throw besides: the bus says it once.
    // What the pool warns of, the store says as its own error.
    context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
    boolean usual = settings.level().isGreaterOrEqual(Level.INFO);
    context.getLogger("org.apache.kafka").setLevel(usual ? Level.OFF : Level.WARN);
  }

  private static Layout<ILoggingEvent> layout(LogSettings settings) {
    return switch (settings.format()) {
      case TEXT, AUTO -> new TextLayout(settings.colors());
      case JSON -> new JsonLayout();
      case JOURNAL -> new JournalLayout();
    };
  }
}
