package dev.mdp.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.mdp.cli.Mdp;
import dev.mdp.config.TelemetryConfig.LogLevel;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.LoggerFactory;

/// Sets logging up for a worker. A file named by `-Dlogback.configurationFile` wins over all this.
public final class Logging {
  private static final List<String> CHATTY =
      List.of(
          "io.lettuce",
          "io.netty",
          "reactor",
          "com.zaxxer.hikari",
          "org.flywaydb",
          "org.postgresql");

  private Logging() {}

  /// Called by commands that run workers, before they open anything; others never load logback
  /// unless a library logs.
  public static void start(Mdp mdp, LogLevel configured) {
    Level level =
        mdp.verbose() ? Level.DEBUG : mdp.quiet() ? Level.WARN : Level.toLevel(configured.name());
    LogFormat format =
        mdp.logFormat().resolve(mdp.host().environment(), mdp.host().stderrTerminal());
    start(new LogSettings(format, level, mdp.colorsErr()));
  }

  static void start(LogSettings settings) {
    if (System.getProperty("logback.configurationFile") == null
        && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      configure(context, settings);
    }
  }

  /// Replaces whatever the context had.
  static void configure(LoggerContext context, LogSettings settings) {
    context.reset();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("stderr");
    console.setTarget(ConsoleTarget.SystemErr.getName());
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    Layout<ILoggingEvent> layout = layout(settings);
    layout.setContext(context);
    layout.start();
    encoder.setLayout(layout);
    encoder.start();
    console.setEncoder(encoder);
    console.start();
    RepeatFilter repeats = new RepeatFilter(InstantSource.system(), console);
    repeats.setContext(context);
    repeats.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(settings.level());
    root.addAppender(repeats);
    CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    // Its clients warn several times a second while a broker is away, and print stacks for what
    // they
    // throw besides: the bus says it once.
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
