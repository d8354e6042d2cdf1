package dev.mdp.config.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The parameters of a database's URL for people: of those that are known to hold no secret the
/// values may be seen.
final class ShownParameters {
  private static final Pattern NAMES = Pattern.compile("[\\w./:-]*");
  private static final Pattern CHOICES =
      Pattern.compile(
          "true|false|disable|allow|prefer|require|verify-ca|verify-full|direct|postgres|any|primary|secondary"
              + "|read-only|read-write|prefer-standby|preferSecondary|standby|master");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  /// What the value of a parameter that may be seen looks like.
  private static final Map<String, Pattern> SHOWN =
      Map.ofEntries(
          Map.entry("user", NAMES),
          Map.entry("host", NAMES),
          Map.entry("port", DIGITS),
          Map.entry("dbname", NAMES),
          Map.entry("ssl", CHOICES),
          Map.entry("sslmode", CHOICES),
          Map.entry("sslrootcert", NAMES),
          Map.entry("sslcert", NAMES),
          Map.entry("sslkey", NAMES),
          Map.entry("sslnegotiation", CHOICES),
          Map.entry("application_name", NAMES),
          Map.entry("applicationname", NAMES),
          Map.entry("connect_timeout", DIGITS),
          Map.entry("connecttimeout", DIGITS),
          Map.entry("logintimeout", DIGITS),
          Map.entry("sockettimeout", DIGITS),
          Map.entry("tcpkeepalive", CHOICES),
          Map.entry("currentschema", NAMES),
          Map.entry("channel_binding", CHOICES),
          Map.entry("channelbinding", CHOICES),
          Map.entry("gssencmode", CHOICES),
          Map.entry("target_session_attrs", CHOICES),
          Map.entry("targetservertype", CHOICES),
          Map.entry("loadbalancehosts", CHOICES),
          Map.entry("preparethreshold", DIGITS));

  private ShownParameters() {}

  /// @param query what is behind the URL's `?`
  static String of(String query) {
    List<String> shown = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals);
      String value = pair.substring(equals + 1);
      Pattern harmless = SHOWN.get(name.toLowerCase(Locale.ROOT));
      if (harmless != null && harmless.matcher(value).matches()) {
        shown.add(pair);
      } else {
        boolean named = harmless != null || name.equals("password") || name.equals("sslpassword");
        shown.add(named ? name + "=" + Redaction.MASK : Redaction.MASK);
      }
    }
    return String.join("&", shown);
  }
}
