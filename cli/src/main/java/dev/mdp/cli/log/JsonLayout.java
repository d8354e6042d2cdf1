package dev.mdp.cli.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import dev.mdp.config.read.Redaction;
import dev.mdp.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// One JSON object a line, for machines.
final class JsonLayout extends LayoutBase<ILoggingEvent> {
  private final ThrowableProxyConverter stacks = new ThrowableProxyConverter();

  @Override
  public void start() {
    stacks.start();
    super.start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", event.getInstant());
    line.put("level", event.getLevel().toString());
    line.put("logger", Fields.shortName(event.getLoggerName()));
    line.put("message", Redaction.text(event.getFormattedMessage()));
    Fields.of(event).forEach(line::putIfAbsent);
    if (event.getThrowableProxy() != null) {
      line.put("stack", Redaction.text(stacks.convert(event)));
    }
    return Json.write(line) + "\n";
  }
}
