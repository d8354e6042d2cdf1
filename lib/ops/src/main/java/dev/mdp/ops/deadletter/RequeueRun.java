package dev.mdp.ops.deadletter;

import dev.mdp.core.bus.RawPublisher;

/// Sends the entries of the chosen dead letters again and deletes the letters. One thread.
public final class RequeueRun {
  private final DeadLetters letters;
  private final DeadLetterChoice choice;
  private final Requeue requeue;

  public RequeueRun(DeadLetters letters, DeadLetterChoice choice, Requeue requeue) {
    this.letters = letters;
    this.choice = choice;
    this.requeue = requeue;
  }

  /// What would be sent, and what would be refused.
  public RequeueTally look() {
    RequeueTally found = new RequeueTally(requeue);
    choice.pages(found::add);
    return found;
  }

  /// Returns how many letters' entries were sent.
  ///
  /// Letters are deleted only after their entries are acknowledged: killed in between, the entry
  /// comes twice and the second is a duplicate.
  public long run() {
    RequeueTally sent = new RequeueTally(requeue);
    try (RawPublisher entries = letters.openEntries()) {
      choice.pages(page -> {
        sent.add(page).forEach(entries::publish);
        letters.delete(sent.sendable(page));
      });
    }
    return sent.sendable();
  }
}
