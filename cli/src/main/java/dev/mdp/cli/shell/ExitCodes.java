package dev.mdp.cli.shell;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;

/// What a process's exit code means.
public final class ExitCodes {
  /// Done; also after a drained SIGTERM or SIGINT.
  public static final int OK = 0;

  /// A bug, or results that could not be written.
  public static final int FAILURE = 1;

  public static final int USAGE = 2;

  /// The check found something.
  public static final int FOUND = 3;

  public static final int DATA = 65;
  public static final int UNAVAILABLE = 69;
  public static final int BUSY = 75;
  public static final int CONFIG = 78;

  /// The reader of stdout went away, as a process that SIGPIPE ended.
  public static final int CLOSED_PIPE = 141;

  private ExitCodes() {}

  static int of(MdpException error) {
    return switch (error) {
      case ConfigException _ -> CONFIG;
      case DataException _ -> DATA;
      case UnavailableException _ -> UNAVAILABLE;
      case ConflictException _ -> BUSY;
    };
  }

  static String category(MdpException error) {
    return switch (error) {
      case ConfigException _ -> "configuration";
      case DataException _ -> "data";
      case UnavailableException _ -> "unavailable";
      case ConflictException _ -> "busy";
    };
  }
}
