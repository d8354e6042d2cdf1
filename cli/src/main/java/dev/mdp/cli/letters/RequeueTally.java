package dev.mdp.cli.letters;

import dev.mdp.cli.output.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What is to be sent again out of pages of letters, each entry once, however many letters are
/// about it. One thread.
final class RequeueTally {
  private static final int TOLD = 20;
  private static final int MOST_REMEMBERED = 100_000;

  private final Requeue requeue;
  private final Letters.Met met = new Letters.Met();
  private final Set<Entry> entries = new LinkedHashSet<>();
  private final List<String> told = new ArrayList<>();
  private long letters;
  private long refused;
  private long sendable;

  private record Entry(String topic, int shard, dev.mdp.core.bus.Position position) {}

  RequeueTally(Requeue requeue) {
    this.requeue = requeue;
  }

  /// Counts a page; answers the payloads to send, by shard.
  Map<Integer, List<byte[]>> add(List<Letter> page) {
    Map<Integer, List<byte[]>> payloads = new TreeMap<>();
    for (Letter letter : page) {
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
  List<Letter> sendable(List<Letter> page) {
    return page.stream().filter(letter -> requeue.judge(letter) instanceof Requeue.Send).toList();
  }

  long letters() {
    return letters;
  }

  long refused() {
    return refused;
  }

  /// How many letters there are whose entries can be sent.
  long sendable() {
    return sendable;
  }

  void tellRefused(PrintWriter err) {
    told.forEach(line -> err.println(Printable.text(line)));
    if (refused > told.size()) {
      err.println("and " + (refused - told.size()) + " more are refused");
    }
    err.flush();
  }

  private void refused(Letter letter, Requeue.Refuse refuse) {
    refused++;
    if (told.size() < TOLD) {
      told.add("refused " + letter.name() + ": " + refuse.why());
    }
  }

  private boolean isNew(Letter letter) {
    boolean fresh =
        entries.add(
            new Entry(letter.dead().topic(), letter.dead().shard(), letter.dead().position()));
    if (entries.size() > MOST_REMEMBERED) {
      entries.remove(entries.iterator().next());
    }
    return fresh;
  }
}
