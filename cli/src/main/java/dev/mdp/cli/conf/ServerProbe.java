package dev.mdp.cli.conf;

import dev.mdp.config.MdpConfig;

/// Tries the servers that a configuration names.
@FunctionalInterface
public interface ServerProbe {
  /// Throws [dev.mdp.core.error.UnavailableException] naming every server that does not answer, or
  /// [dev.mdp.core.error.ConfigException] when one answers that something is wrong.
  void check(MdpConfig config);
}
