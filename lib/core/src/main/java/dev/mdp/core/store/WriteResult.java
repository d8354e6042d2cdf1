package dev.mdp.core.store;

/// What a write did to the rows it was given.
///
/// @param refused rows left alone because they would have lowered a bar's trade count, or another
///   lane's different bar is there
public record WriteResult(long inserted, long updated, long unchanged, long refused) {
  public static final WriteResult NONE = new WriteResult(0, 0, 0, 0);

  public WriteResult plus(WriteResult other) {
    return new WriteResult(
        inserted + other.inserted,
        updated + other.updated,
        unchanged + other.unchanged,
        refused + other.refused);
  }

  public long total() {
    return inserted + updated + unchanged + refused;
  }
}
