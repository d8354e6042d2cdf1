package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.JudgedBy.Reach;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.checkpoint.SymbolState;
import dev.mdp.core.event.Symbol;
import dev.mdp.pipeline.window.LaneKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All lanes of one evaluated shard. One thread.
final class Lanes {
  private final Inference inference;
  private final Reach reach;
  private final Map<LaneKey, EvaluatedLane> lanes = new TreeMap<>();
  private final List<Evaluated.Lane> ended = new ArrayList<>();
  private final List<Evaluated.Lane> forgotten = new ArrayList<>();
  private @Nullable EvaluatedLane last;
  private long symbols;

  private final long storedSilenceMicros;
  private long coveredMicros;

  /// @param covered what the resume position is enough for; empty where that is not known
  Lanes(Inference inference, Reach reach, Optional<Reach> covered) {
    this.inference = inference;
    this.reach = reach;
    this.storedSilenceMicros = covered.orElse(reach).silenceMicros();
    this.coveredMicros = Math.min(covered.map(Reach::micros).orElse(0L), reach.micros());
  }

  /// The resume position is enough for the features from now on; returns whether that is news.
  boolean covered() {
    if (coveredMicros == reach.micros()) {
      return false;
    }
    coveredMicros = reach.micros();
    lanes.values().forEach(lane -> lane.slices().covered(coveredMicros));
    return true;
  }

  void restore(List<SymbolState> states) {
    for (SymbolState state : states) {
      of(state.provider(), state.lane()).symbols().restore(state);
      symbols++;
    }
  }

  EvaluatedLane of(String provider, String lane) {
    EvaluatedLane found = last;
    if (found == null || !found.key().is(provider, lane)) {
      found = lanes.computeIfAbsent(new LaneKey(provider, lane), this::begin);
      last = found;
    }
    return found;
  }

  private EvaluatedLane begin(LaneKey key) {
    return new EvaluatedLane(key, inference, reach, storedSilenceMicros, coveredMicros);
  }

  Optional<EvaluatedLane> find(String provider, String lane) {
    EvaluatedLane found = last;
    return found != null && found.key().is(provider, lane)
        ? Optional.of(found)
        : Optional.ofNullable(lanes.get(new LaneKey(provider, lane)));
  }

  /// Empty when the symbol is new and there is no room for another.
  Optional<SymbolEvaluation> symbol(EvaluatedLane lane, Symbol name) {
    Optional<SymbolEvaluation> known = lane.symbols().find(name);
    if (known.isEmpty() && symbols < InferSettings.MAX_SYMBOLS) {
      symbols++;
      return Optional.of(lane.symbols().add(name));
    }
    return known;
  }

  /// The lane is over: when its last windows are evaluated, nothing of it is kept.
  void ended(String provider, String lane) {
    ended.add(new Evaluated.Lane(provider, lane));
  }

  /// Takes up how far the lanes had come when the checkpoint was made; returns them as the windows
  /// must know them when reading begins there: a lane that is read again is classified again as it
  /// was, so nothing is known of it but what was lost. Read from further back than its last
  /// silences, it shows them again, or they are none for the present features.
  List<LaneProgress> restore(Reading reading, List<LaneProgress> progress) {
    // Who is in no checkpoint any more was silent for so long that it was forgotten.
    lanes.values().forEach(lane -> lane.restoreWhole(0));
    List<LaneProgress> known = new ArrayList<>();
    for (LaneProgress lane : progress) {
      EvaluatedLane restored = of(lane.provider(), lane.lane());
      boolean whole = reading.from().isAfter(lane.lastPosition()) || reading.restarts(lane);
      if (whole) {
        restored.restoreWhole(lane.lastAppendMicros());
      } else {
        long read = Math.max(reach.micros(), reading.covered().map(Reach::micros).orElse(0L));
        restored.restoreRead(lane.watermarkMicros() - read);
      }
      LaneProgress fresh = lane.asNew();
      boolean quietAgain = reading.further() && !reading.logHeadTrimmed();
      known.add(whole ? lane : quietAgain ? fresh.withoutQuiet() : fresh);
    }
    return known;
  }

  /// Forgets the lanes that are over; returns which, since the last time.
  ///
  /// @param known they were over before the last restart, and what came after is in the store
  List<Evaluated.Lane> forgetEnded(boolean known) {
    for (Evaluated.Lane lane : ended) {
      if (known) {
        lanes.computeIfPresent(
            new LaneKey(lane.provider(), lane.lane()),
            (key, former) -> {
              EvaluatedLane again = begin(key);
              again.restoreAs(former);
              return again;
            });
        continue;
      }
      EvaluatedLane gone = lanes.remove(new LaneKey(lane.provider(), lane.lane()));
      symbols -= gone == null ? 0 : gone.symbols().all().size();
    }
    last = null;
    List<Evaluated.Lane> all = known ? List.of() : List.copyOf(ended);
    ended.clear();
    forgotten.addAll(all);
    return all;
  }

  /// The lanes of which the next commit keeps nothing.
  List<Evaluated.Lane> forgotten() {
    return forgotten;
  }

  void committed() {
    forgotten.clear();
  }

  /// Whether this is the present state of the symbol, and not one that came before it.
  boolean holds(SymbolEvaluation symbol) {
    return find(symbol.provider(), symbol.lane())
        .flatMap(lane -> lane.symbols().find(symbol.symbol()))
        .filter(present -> present == symbol)
        .isPresent();
  }

  boolean hasEnded() {
    return !ended.isEmpty();
  }

  Collection<EvaluatedLane> all() {
    return lanes.values();
  }

  /// Whether the last lane's resume marks end with this entry, so that it may be the first one
  /// needed some time.
  boolean marked(Position entry) {
    return last != null && last.slices().marked(entry);
  }

  /// The first entry that some lane needs again. Who is silent needs none: the next tick begins its
  /// horizons again, wherever reading began.
  ///
  /// @param newestAppendMicros the log's clock
  Optional<Position> firstNeeded(long newestAppendMicros) {
    Position first = null;
    for (EvaluatedLane lane : lanes.values()) {
      Position needed = lane.firstNeeded(newestAppendMicros).orElse(null);
      if (needed != null && (first == null || first.isAfter(needed))) {
        first = needed;
      }
    }
    return Optional.ofNullable(first);
  }
}
