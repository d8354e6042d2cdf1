package dev.mdp.bus.redis;

/// How many entries to ask for, so that a reply has about 16 MiB at most. One thread.
final class ReplyBudget {
  private static final int BYTES = 16 * 1024 * 1024;

  /// What an entry takes at least, with its id.
  private static final int LEAST_BYTES = 64;

  private int bytesPerEntry;

  /// @param bytesPerEntry what an entry has before one was read
  ReplyBudget(int bytesPerEntry) {
    this.bytesPerEntry = bytesPerEntry;
  }

  /// As many of the wanted entries as fit, at least one.
  ///
  /// @param streams that are read at once, each with that many
  int entries(int wanted, int streams) {
    return Math.clamp(BYTES / bytesPerEntry / streams, 1, wanted);
  }

  /// The next reply's entries are taken to be as large as these were.
  void observe(EntryBatch batch) {
    if (batch.count() > 0) {
      bytesPerEntry = Math.max(LEAST_BYTES, batch.totalBytes() / batch.count());
    }
  }
}
