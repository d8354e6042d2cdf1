package dev.mdp.ops.deadletter;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Position;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The letters that are meant: those that are named, of those that fit a query, up to the newest
/// one when the choice was made. One thread.
public final class DeadLetterChoice {
  private static final int MOST_MET = 1_000;

  private final DeadLetters letters;
  private final DeadLetterQuery query;
  private final boolean all;
  private final Position last;
  private final Set<DeadLetter.Identity> named = new HashSet<>();
  private final Set<String> met = new TreeSet<>();

  /// Looks the named letters up. Throws `DataException` when one does not exist.
  ///
  /// @param names ids, or positions of the entries that the letters are about; empty for all
  public DeadLetterChoice(DeadLetters letters, List<String> names, DeadLetterQuery query) {
    this.letters = letters;
    this.query = query;
    this.all = names.isEmpty();
    this.last = letters.last();
    if (!all) {
      find(names);
    }
  }

  private void find(List<String> names) {
    Set<String> wanted = Set.copyOf(names);
    Set<String> missing = new LinkedHashSet<>(names);
    letters.pages(
        Position.START,
        last,
        page -> {
          for (DeadLetterView letter : page) {
            Set<String> own = letter.names();
            if (own.stream().anyMatch(wanted::contains)) {
              named.add(letter.dead().identity());
              missing.removeAll(own);
            }
          }
        });
    if (!missing.isEmpty()) {
      throw DeadLetterLookup.notFound(String.join(", ", missing));
    }
  }

  /// The chosen letters, a page at a time; copies included.
  public void pages(Consumer<List<DeadLetterView>> consumer) {
    letters.pages(
        query.first(),
        last,
        page -> {
          for (DeadLetterView letter : page) {
            if (met.size() < MOST_MET) {
              met.add(letter.symbol());
            }
          }
          consumer.accept(
              page.stream()
                  .filter(letter -> all || named.contains(letter.dead().identity()))
                  .filter(query::matches)
                  .toList());
        });
  }

  /// Symbols of the letters that were looked at, a thousand at most.
  public Set<String> met() {
    return met;
  }
}
