package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Shares the symbols out among as many connections as they need. The feed's thread.
final class Slots {
  private final FeedRuntime runtime;
  private final SplittableRandom random;
  private final List<Slot> slots = new ArrayList<>();

  Slots(FeedRuntime runtime, SplittableRandom random) {
    this.runtime = runtime;
    this.random = random;
  }

  /// These are wanted from now on; what they change is asked for, the rest is left alone.
  void want(Set<Symbol> symbols) {
    Announcements said = runtime.said();
    said.keepRefusals(symbols);
    Set<Symbol> wanted = Set.copyOf(symbols);
    Set<Symbol> added = new TreeSet<>(wanted);
    added.removeIf(said::isRefused);
    for (Slot slot : slots) {
      added.removeAll(slot.symbols());
      List<Symbol> removed = new ArrayList<>(slot.symbols());
      removed.removeIf(wanted::contains);
      if (!removed.isEmpty()) {
        slot.remove(removed);
        removed.forEach(symbol -> said.unwant(symbol, runtime.time().micros()));
      }
    }
    said.want(added);
    place(new ArrayList<>(added));
  }

  private void place(List<Symbol> added) {
    int placed = 0;
    for (int i = 0; placed < added.size(); i++) {
      if (i == slots.size()) {
        slots.add(new Slot(runtime, new ReconnectBackoff(random.split())));
      }
      int more = Math.min(added.size() - placed, slots.get(i).room());
      if (more > 0) {
        slots.get(i).add(List.copyOf(added.subList(placed, placed + more)));
        placed += more;
      }
    }
  }

  /// Another connection is to take the place of the one that has this symbol.
  void renew(Symbol symbol, long now) {
    slots.stream().filter(slot -> slot.symbols().contains(symbol)).forEach(slot -> slot.renew(now));
  }

  /// Does what is due; returns when something is again.
  long turn(long now) {
    long next = Session.NEVER;
    for (Slot slot : slots) {
      next = Math.min(next, slot.turn(now));
    }
    slots.removeIf(Slot::isGone);
    return next;
  }

  void end(String detail) {
    slots.forEach(slot -> slot.end(detail));
  }
}
