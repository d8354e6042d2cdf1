package dev.mdp.config;

import dev.mdp.config.read.Setting;
import dev.mdp.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What identifies an effective configuration: the first 16 hex digits of the SHA-256 of its
/// canonical JSON, secrets masked.
public final class Fingerprint {
  /// Settings that are younger than stored fingerprints, and their defaults: a configuration
  /// without them keeps the fingerprint it had.
  private static final Map<String, Object> YOUNGER =
      Map.of("store.pooler", "session", "store.direct_url", "");

  private Fingerprint() {}

  public static String of(List<Setting> settings) {
    SortedMap<String, Object> values = new TreeMap<>();
    for (Setting setting : settings) {
      if (!setting.value().equals(YOUNGER.get(setting.path()))) {
        values.put(setting.path(), setting.value());
      }
    }
    byte[] text = Json.canonical(values).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
