package dev.mdp.core.error;

import org.jspecify.annotations.Nullable;

/// The configuration, the schema or the deployment is wrong: exit 78. Retrying cannot help.
public sealed class ConfigException extends MdpException permits AccessException {
  public ConfigException(String message) {
    this(message, null);
  }

  public ConfigException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
