package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The ticks of one transaction, each identity once: of two payloads the smaller one is kept, as
/// everywhere. One thread.
final class TickBatch {
  private final Map<Identity, Delivery.Decoded> distinct = new LinkedHashMap<>();
  private final Map<String, Long> duplicates = new TreeMap<>();
  private final Map<String, Long> conflicts = new TreeMap<>();

  private record Identity(String provider, Symbol symbol, long srcMicros, long seq) {}

  void add(Delivery.Decoded delivery, Tick tick) {
    Identity identity = new Identity(tick.provider(), tick.symbol(), tick.srcMicros(), tick.seq());
    Delivery.Decoded before = distinct.putIfAbsent(identity, delivery);
    if (before != null && before.event() instanceof Tick kept) {
      int order = Tick.comparePayload(kept, tick);
      (order == 0 ? duplicates : conflicts).merge(tick.provider(), 1L, Long::sum);
      if (order > 0) {
        distinct.put(identity, delivery);
      }
    }
  }

  List<Delivery.Decoded> distinct() {
    return new ArrayList<>(distinct.values());
  }

  /// Providers that sent one identity with two payloads.
  Set<String> conflicts() {
    return conflicts.keySet();
  }

  /// What was decided within the batch already, as outcomes per provider.
  Map<Outcome, Map<String, Long>> decided() {
    return Map.of(Outcome.DUPLICATE, duplicates, Outcome.CONFLICT, conflicts);
  }
}
