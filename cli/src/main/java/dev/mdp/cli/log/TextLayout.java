package dev.mdp.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import dev.mdp.config.read.Redaction;
import dev.mdp.core.error.Printable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A line for people: `2025-10-24T14:02:01.234Z INFO MicroBatchWorker claimed shard=0 run=7`.
final class TextLayout extends LayoutBase<ILoggingEvent> {
  private final boolean colors;
  private final ThrowableProxyConverter stacks = new ThrowableProxyConverter();

  TextLayout(boolean colors) {
    this.colors = colors;
  }

  @Override
  public void start() {
    stacks.start();
    super.start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    line.append(time(event.getInstant())).append(' ');
    line.append(colored(event.getLevel())).append(' ');
    appendMessage(line, event);
    return line.append('\n').append(Redaction.text(stacks.convert(event))).toString();
  }

  static String time(Instant instant) {
    String text = instant.truncatedTo(ChronoUnit.MILLIS).toString();
    return text.length() == 20 ? text.substring(0, 19) + ".000Z" : text;
  }

  static void appendMessage(StringBuilder line, ILoggingEvent event) {
    line.append(Fields.shortName(event.getLoggerName())).append(' ');
    line.append(Printable.text(Redaction.text(event.getFormattedMessage()).replace("\n", "\\n")));
    StringBuilder fields = new StringBuilder();
    Fields.append(fields, Fields.of(event));
    line.append(Printable.text(fields.toString()));
  }

  private String colored(Level level) {
    String word = "%-5s".formatted(level);
    if (!colors) {
      return word;
    }
    int code =
        switch (level.toInt()) {
          case Level.ERROR_INT -> 31;
          case Level.WARN_INT -> 33;
          case Level.INFO_INT -> 32;
          default -> 36;
        };
    return "\u001b[" + code + "m" + word + "\u001b[0m";
  }
}
