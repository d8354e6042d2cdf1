package dev.mdp.ops.feed;

import dev.mdp.core.feed.TradePause;

/// Finds the word of each second without a trade: a closed or halted market has none, then the ids
/// decide, and where they say nothing what the feed was. One thread.
///
/// @param now the second of the database's clock: what comes after it is pending
record PauseWords(
    PaintedTime<Boolean> closed,
    PaintedTime<TimeWord> ids,
    PaintedTime<TimeWord> states,
    long now) {

  void count(TradePause pause, TimeLedger ledger) {
    long at = pause.from();
    while (at < pause.to()) {
      long end = Math.min(Math.min(closed.until(at), ids.until(at)), states.until(at));
      end = Math.min(at < now ? Math.min(end, now) : end, pause.to());
      ledger.add(word(at), end - at);
      at = end;
    }
  }

  private TimeWord word(long second) {
    if (closed.at(second)) {
      return TimeWord.CLOSED;
    }
    TimeWord state = states.at(second);
    TimeWord byIds = ids.at(second);
    if (state == TimeWord.HALTED || byIds == TimeWord.UNPROVED && second < now) {
      return state;
    }
    return byIds == TimeWord.UNPROVED ? TimeWord.PENDING : byIds;
  }
}
