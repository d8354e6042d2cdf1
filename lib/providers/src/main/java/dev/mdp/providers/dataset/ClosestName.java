package dev.mdp.providers.dataset;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// "Did you mean": the known name that is nearest to what was written.
final class ClosestName {
  private ClosestName() {}

  /// The nearest name by edits, case aside; empty when none is within a third of the word's length
  /// (at least 2).
  static Optional<String> of(String wanted, Collection<String> known) {
    int limit = Math.max(2, wanted.length() / 3);
    String best = null;
    for (String name : known) {
      int edits = edits(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (edits <= limit && edits < name.length()) {
        best = name;
        limit = edits - 1;
      }
    }
    return Optional.ofNullable(best);
  }

  /// Levenshtein distance.
  private static int edits(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
