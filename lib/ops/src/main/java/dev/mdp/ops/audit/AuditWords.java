package dev.mdp.ops.audit;

import dev.mdp.core.audit.AuditCounts;
import dev.mdp.core.audit.BarAudit.Repaired;
import dev.mdp.core.audit.BarVerdict;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an audit found and did, under the names that its output and its job run use.
public final class AuditWords {
  private AuditWords() {}

  public static Map<String, Object> counts(AuditCounts counts) {
    Map<String, Object> words = new LinkedHashMap<>();
    for (BarVerdict verdict : BarVerdict.values()) {
      words.put(verdict.word(), counts.of(verdict));
    }
    return words;
  }

  public static Map<String, Object> words(Repaired repaired) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("written", repaired.written());
    words.put("removed", repaired.removed());
    words.put("shrinking", repaired.shrinking());
    words.put("moved", repaired.moved());
    return words;
  }

  public static Map<String, Object> words(TwiceResult twice) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("found", twice.found());
    words.put("moved", twice.moved().trades());
    words.put("bars", twice.moved().bars());
    words.put("waiting", twice.moved().waiting());
    words.put("left", twice.left());
    return words;
  }
}
