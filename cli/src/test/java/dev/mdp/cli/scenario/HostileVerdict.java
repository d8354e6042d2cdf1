package dev.mdp.cli.scenario;

import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.IdSet;
import dev.mdp.testkit.venue.Aggregate;
import dev.mdp.testkit.venue.Trade;
import dev.mdp.testkit.venue.VenueKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is wrong with a series after a session: each id of the tape from the first published one on
/// is in the table once, as the venue has it, or a hole's word says rightly why it is not.
final class HostileVerdict {
  private static final int SHOWN = 8;

  private final HostilePlan plan;
  private final String symbol;
  private final List<String> problems = new ArrayList<>();

  /// A row of `tick_data`.
  record Stored(long id, long micros, double price) {}

  /// A row of `feed_gaps`.
  record Hole(IdRange ids, String state) {}

  private HostileVerdict(HostilePlan plan, String symbol) {
    this.plan = plan;
    this.symbol = symbol;
  }

  /// @param stored ascending by id
  /// @param anchor an id that was streamed when the feed was known to have begun
  /// @return in words; empty for a good end
  static List<String> problems(
      HostilePlan plan, String symbol, List<Stored> stored, List<Hole> holes, long anchor) {
    HostileVerdict verdict = new HostileVerdict(plan, symbol);
    if (stored.isEmpty()) {
      verdict.problem("nothing is stored", "");
    } else {
      verdict.judge(stored, holes, anchor);
    }
    return verdict.problems;
  }

  private void judge(List<Stored> stored, List<Hole> holes, long anchor) {
    IdSet published = new IdSet();
    stored.forEach(row -> {
      if (!published.add(row.id())) {
        problem("twice", row.id());
      }
    });
    long first = stored.getFirst().id();
    if (first > anchor) {
      problem("begins after " + anchor, first);
    }
    requireAsAtTheVenue(stored);
    Map<Long, String> words = words(holes, published);
    IdSet tape = plan.ids(symbol);
    long last = tape.ranges().getLast().last();
    for (long id = first; id <= last; id++) {
      judge(id, tape.contains(id), published.contains(id), words.get(id));
    }
  }

  /// The word of each id that a hole has for ever.
  private Map<Long, String> words(List<Hole> holes, IdSet published) {
    Map<Long, String> words = new HashMap<>();
    for (Hole hole : holes) {
      for (long id = hole.ids().first(); id <= hole.ids().last(); id++) {
        if (hole.state().equals("open")) {
          problem("open", id);
        } else if (!hole.state().equals("filled")) {
          words.put(id, hole.state());
        } else if (!published.contains(id)) {
          problem("filled and not stored", id);
        }
      }
    }
    return words;
  }

  private void judge(long id, boolean exists, boolean isStored, @Nullable String word) {
    if (isStored && !exists) {
      problem("invented", id);
    } else if (isStored && word != null) {
      problem("stored, and " + word, id);
    } else if (!isStored && word == null) {
      problem(exists ? "missing without a word" : "void without a word", id);
    } else if (!isStored && !mayBe(id, exists, word)) {
      problem("wrongly " + word, id);
    }
  }

  private boolean mayBe(long id, boolean exists, @Nullable String word) {
    HostilePlan.Truth truth = plan.truth();
    return switch (String.valueOf(word)) {
      case "void" -> !exists;
      case "gone" -> id < truth.keptFrom().getOrDefault(symbol, 1L);
      case "dead-lettered" -> truth.unpriced().getOrDefault(symbol, Set.of()).contains(id);
      case "refused" -> truth.forbids();
      default -> false;
    };
  }

  private void requireAsAtTheVenue(List<Stored> stored) {
    Map<Long, Stored> venue = new HashMap<>();
    if (plan.kind() == VenueKind.BINANCE_AGG) {
      for (Aggregate each : plan.tape().aggregates(symbol)) {
        venue.put(each.id(), new Stored(each.id(), each.micros(), each.price() / 1e8));
      }
    } else {
      for (Trade each : plan.tape().trades(symbol)) {
        venue.put(each.id(), new Stored(each.id(), each.micros(), each.priceValue()));
      }
    }
    boolean timesDiffer = plan.kind() == VenueKind.KRAKEN; // over REST they are floats
    Set<Long> repriced = plan.truth().repriced().getOrDefault(symbol, Set.of());
    for (Stored row : stored) {
      Stored same = venue.getOrDefault(row.id(), row);
      if (row.price() != same.price() && !repriced.contains(row.id())) {
        problem("another price", row.id());
      }
      if (Math.abs(row.micros() - same.micros()) > (timesDiffer ? 1 : 0)) {
        problem("another time", row.id());
      }
    }
  }

  private void problem(String what, Object id) {
    if (problems.size() < SHOWN) {
      problems.add(
          "seed " + plan.seed() + " " + plan.kind() + " " + symbol + ": " + what + " " + id);
    } else if (problems.size() == SHOWN) {
      problems.add("…");
    }
  }
}
