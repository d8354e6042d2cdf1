package dev.mdp.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import dev.mdp.config.read.Redaction;

/// Lines for journald: the priority as `<N>` before each line, no time, which the journal adds.
final class JournalLayout extends LayoutBase<ILoggingEvent> {
  private final ThrowableProxyConverter stacks = new ThrowableProxyConverter();

  @Override
  public void start() {
    stacks.start();
    super.start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    String priority = "<" + priority(event.getLevel()) + ">";
    StringBuilder lines = new StringBuilder(160).append(priority);
    TextLayout.appendMessage(lines, event);
    lines.append('\n');
    Redaction.text(stacks.convert(event))
        .lines()
        .forEach(line -> lines.append(priority).append(line).append('\n'));
    return lines.toString();
  }

  private static int priority(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> 3;
      case Level.WARN_INT -> 4;
      case Level.INFO_INT -> 6;
      default -> 7;
    };
  }
}
