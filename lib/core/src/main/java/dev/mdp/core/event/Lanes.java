package dev.mdp.core.event;

/// The names of lanes that mean something.
public final class Lanes {
  /// Lanes with this beginning fill holes of the live lane: they have no windows themselves.
  public static final String FILL_PREFIX = "fill-";

  private Lanes() {}

  /// Whether what is in it belongs to the live lane's windows.
  public static boolean isFill(String lane) {
    return lane.startsWith(FILL_PREFIX);
  }
}
