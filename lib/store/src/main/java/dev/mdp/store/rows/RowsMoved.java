package dev.mdp.store.rows;

/// Another writer changed the rows between the look at them and the write: roll back and begin
/// again. Never leaves this module.
public final class RowsMoved extends RuntimeException {
  /// How often a write begins again before it gives up.
  public static final int ATTEMPTS = 10;

  private static final long serialVersionUID = 1L;

  public RowsMoved(Throwable cause) {
    super("another writer was faster", cause, false, false);
  }

  public RowsMoved() {
    super("another writer was faster", null, false, false);
  }
}
