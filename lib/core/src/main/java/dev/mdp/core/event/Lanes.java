package dev.mdp.core.event;

/// The names of lanes that mean something.
public final class Lanes {
  /// Lanes with this beginning fill holes of the live lane: they have no windows themselves.
  public static final String FILL_PREFIX = "fill-";

  /// Why no one else may use such a name, for messages.
  public static final String RESERVED =
      "names that begin with '"
          + FILL_PREFIX
          + "' are those of lanes that fill the holes of live feeds";

  private Lanes() {}

  /// The name of a lane that is no fill lane. Throws [IllegalArgumentException] for another one.
  public static String requireForeign(String lane) {
    Names.require("lane", lane);
    if (isFill(lane)) {
      throw new IllegalArgumentException("want another name than '" + lane + "': " + RESERVED);
    }
    return lane;
  }

  /// Whether what is in it belongs to the live lane's windows.
  public static boolean isFill(String lane) {
    return lane.startsWith(FILL_PREFIX);
  }
}
