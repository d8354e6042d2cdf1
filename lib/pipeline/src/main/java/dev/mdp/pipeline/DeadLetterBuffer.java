package dev.mdp.pipeline;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.MarketEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Dead letters that wait to be published before a checkpoint passes them. What could be decoded
/// waits without its bytes: they are looked up on the bus, where the entry still is, so that the
/// events that go well need not keep theirs. One thread.
public final class DeadLetterBuffer implements AutoCloseable {
  private final BusInspector inspector;
  private final DeadLetterPublisher publisher;
  private final Function<MarketEvent, byte[]> encoder;
  private final List<Draft> waiting = new ArrayList<>();

  /// @param event what was decoded from the entry; null when the letter has its bytes already
  private record Draft(DeadLetter letter, @Nullable MarketEvent event) {}

  /// @param encoder an event as wire bytes, for an entry that the log no longer has
  public DeadLetterBuffer(EventBus bus, String topic, Function<MarketEvent, byte[]> encoder) {
    this.inspector = bus.inspector();
    this.publisher = bus.openDeadLetters(topic);
    this.encoder = encoder;
  }

  /// A letter with the bytes of its entry.
  public void add(DeadLetter letter) {
    waiting.add(new Draft(letter, null));
  }

  /// A letter without bytes: those of its entry are looked up.
  public void add(DeadLetter letter, MarketEvent event) {
    waiting.add(new Draft(letter, event));
  }

  /// Whether a letter waits to be published.
  public boolean holdsLetters() {
    return !waiting.isEmpty();
  }

  /// Returns when all letters are acknowledged; then none waits any more.
  public void publish() {
    publisher.removeExpired();
    if (waiting.isEmpty()) {
      return;
    }
    Map<Integer, Map<Position, byte[]>> payloads = payloads();
    List<DeadLetter> letters = new ArrayList<>(waiting.size());
    for (Draft draft : waiting) {
      letters.add(withData(draft, payloads));
    }
    publisher.publish(letters);
    waiting.clear();
  }

  /// Forgets what waits: the entries come again.
  public void discard() {
    waiting.clear();
  }

  @Override
  public void close() {
    publisher.close();
  }

  private DeadLetter withData(Draft draft, Map<Integer, Map<Position, byte[]>> payloads) {
    DeadLetter letter = draft.letter();
    if (draft.event() == null) {
      return letter;
    }
    byte[] raw = payloads.getOrDefault(letter.shard(), Map.of()).get(letter.position());
    return letter.withData(raw == null ? encoder.apply(draft.event()) : raw);
  }

  private Map<Integer, Map<Position, byte[]>> payloads() {
    Map<Integer, List<Position>> wanted = new TreeMap<>();
    for (Draft draft : waiting) {
      if (draft.event() != null) {
        wanted
            .computeIfAbsent(draft.letter().shard(), _ -> new ArrayList<>())
            .add(draft.letter().position());
      }
    }
    String topic = waiting.getFirst().letter().topic();
    Map<Integer, Map<Position, byte[]>> found = new HashMap<>();
    wanted.forEach(
        (shard, positions) -> found.put(shard, inspector.payloads(topic, shard, positions)));
    return found;
  }
}
