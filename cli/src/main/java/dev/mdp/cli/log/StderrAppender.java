package dev.mdp.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.Layout;
import java.util.function.Consumer;

/// Lays log events out and hands them over as whole lines. Logback calls it one thread at a time.
final class StderrAppender extends AppenderBase<ILoggingEvent> {
  private final Layout<ILoggingEvent> layout;
  private final Consumer<String> lines;

  StderrAppender(Layout<ILoggingEvent> layout, Consumer<String> lines) {
    this.layout = layout;
    this.lines = lines;
    setName("stderr");
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.accept(layout.doLayout(event));
  }
}
