package dev.mdp.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mdp.config.read.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.event.KeyValuePair;

/// What a log line carries besides its message: run and worker (the MDC), then the event's own
/// key-values.
final class Fields {
  private Fields() {}

  static Map<String, Object> of(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>(new TreeMap<>(event.getMDCPropertyMap()));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        fields.put(pair.key, Redaction.text(String.valueOf(pair.value)));
      }
    }
    return fields;
  }

  /// `key=value`, quoted when it holds a blank.
  static void append(StringBuilder line, Map<String, Object> fields) {
    fields.forEach((key, value) -> {
      String text = value.toString().replace("\n", "\\n");
      boolean quote = text.isEmpty() || text.indexOf(' ') >= 0 || text.indexOf('"') >= 0;
      line.append(' ').append(key).append('=');
      line.append(quote ? '"' + text.replace("\"", "\\\"") + '"' : text);
    });
  }

  static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }
}
