package dev.mdp.ops.deadletter;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds one dead letter by its name. One use, one thread.
public final class DeadLetterLookup {
  private static final int MOST = 10;

  private final String name;
  private final Map<DeadLetter.Identity, DeadLetterView> byPosition = new LinkedHashMap<>();
  private @Nullable DeadLetterView byId;

  private DeadLetterLookup(String name) {
    this.name = name;
  }

  /// The letter with this id; else the only one about the entry at this position. Throws
  /// `DataException` when there is none, or more than one.
  public static DeadLetterView find(DeadLetters letters, String name) {
    DeadLetterLookup lookup = new DeadLetterLookup(name);
    letters.pages(Position.START, letters.last(), page -> page.forEach(lookup::look));
    return lookup.found();
  }

  static DataException notFound(String names) {
    return new DataException(
        "no dead letter has the id or position "
            + Printable.text(names)
            + "; mdp stream dead-letters list shows them");
  }

  private void look(DeadLetterView letter) {
    if (letter.stored().id().toString().equals(name)) {
      byId = letter;
    } else if (letter.names().contains(name) && byPosition.size() < MOST) {
      byPosition.putIfAbsent(letter.dead().identity(), letter);
    }
  }

  private DeadLetterView found() {
    if (byId != null) {
      return byId;
    }
    if (byPosition.size() > 1) {
      throw new DataException(
          "several dead letters are about an entry %s: %s; name one by its id"
              .formatted(
                  name,
                  byPosition.values().stream()
                      .map(DeadLetterView::name)
                      .collect(Collectors.joining(", "))));
    }
    return byPosition.values().stream().findFirst().orElseThrow(() -> notFound(name));
  }
}
