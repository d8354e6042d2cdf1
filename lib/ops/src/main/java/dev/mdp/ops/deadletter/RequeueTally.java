package dev.mdp.ops.deadletter;

import dev.mdp.core.bus.Position;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What is to be sent again out of pages of letters, each entry once, however many letters are
/// about it. One thread.
public final class RequeueTally {
  private static final int MOST_REFUSALS = 10_000;
  private static final int MOST_REMEMBERED = 100_000;

  private final Requeue requeue;
  private final DeadLetters.Met met = new DeadLetters.Met();
  private final Set<Entry> entries = new LinkedHashSet<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private long letters;
  private long refused;
  private long sendable;

  /// A letter whose entry is not sent again.
  public record Refusal(DeadLetterView letter, String why) {}

  private record Entry(String topic, int shard, Position position) {}

  RequeueTally(Requeue requeue) {
    this.requeue = requeue;
  }

  /// Counts a page; returns the payloads to send, by shard.
  Map<Integer, List<byte[]>> add(List<DeadLetterView> page) {
    Map<Integer, List<byte[]>> payloads = new TreeMap<>();
    for (DeadLetterView letter : page) {
      boolean first = met.add(letter.dead().identity());
      letters += first ? 1 : 0;
      switch (requeue.judge(letter)) {
        case Requeue.Refuse refuse -> {
          if (first) {
            refused(letter, refuse);
          }
        }
        case Requeue.Send send -> {
          sendable += first ? 1 : 0;
          if (isNew(letter)) {
            payloads
                .computeIfAbsent(send.shard(), _ -> new ArrayList<>())
                .add(letter.dead().data());
          }
        }
      }
    }
    return payloads;
  }

  /// The letters of the page whose entries are sent, copies included.
  List<DeadLetterView> sendable(List<DeadLetterView> page) {
    return page.stream().filter(letter -> requeue.judge(letter) instanceof Requeue.Send).toList();
  }

  public long letters() {
    return letters;
  }

  public long refused() {
    return refused;
  }

  /// How many letters there are whose entries can be sent.
  public long sendable() {
    return sendable;
  }

  /// The first ten thousand.
  public List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  private void refused(DeadLetterView letter, Requeue.Refuse refuse) {
    refused++;
    if (refusals.size() < MOST_REFUSALS) {
      refusals.add(new Refusal(letter, refuse.why()));
    }
  }

  private boolean isNew(DeadLetterView letter) {
    boolean fresh =
        entries.add(
            new Entry(letter.dead().topic(), letter.dead().shard(), letter.dead().position()));
    if (entries.size() > MOST_REMEMBERED) {
      entries.remove(entries.iterator().next());
    }
    return fresh;
  }
}
