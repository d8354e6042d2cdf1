package dev.mdp.providers.dataset;

/// What became of a reading's lines and rows besides those that were sent as they stand.
///
/// @param otherLines lines that are not a trade ([OtherLines#SKIP]), or hold none
/// @param badLines lines, or elements of one, that could not be used ([BadLines#SKIP])
/// @param firstBadLine where the first of them is and what is wrong with it; empty without one
/// @param outsideRange rows before `from` or from `to` on; what follows those is not read
/// @param paddingBytes zeros after gzip data
/// @param alreadyStored rows that were taken for equal ticks that are stored at their time
/// @param numberedOn rows numbered after what is stored at their time
public record ReadingCounts(
    long otherLines,
    long badLines,
    String firstBadLine,
    long outsideRange,
    long paddingBytes,
    long alreadyStored,
    long numberedOn) {
  public static final ReadingCounts NONE = new ReadingCounts(0, 0, "", 0, 0, 0, 0);

  /// The same with what was compared with the store.
  public ReadingCounts withOrdinals(long stored, long continued) {
    return new ReadingCounts(
        otherLines, badLines, firstBadLine, outsideRange, paddingBytes, stored, continued);
  }
}
