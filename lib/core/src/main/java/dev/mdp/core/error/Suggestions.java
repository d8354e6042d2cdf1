package dev.mdp.core.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// "Did you mean": the nearest of the known words by edits.
public final class Suggestions {
  /// From this many letters on the beginning of a name is taken for the name.
  private static final int BEGINNING = 3;

  private Suggestions() {}

  public static Optional<String> nearest(String word, Collection<String> known) {
    int limit = Math.max(1, Math.min(3, word.length() / 3));
    return known.stream()
        .filter(candidate -> isNear(word, candidate, limit))
        .min(Comparator.comparingInt((String c) -> distance(word, c)).thenComparing(c -> c));
  }

  /// Within this many edits, but not with every letter another; or, of a short name, its beginning.
  private static boolean isNear(String word, String candidate, int limit) {
    int distance = distance(word, candidate);
    boolean begins =
        word.length() >= BEGINNING
            && candidate.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT));
    return (distance <= limit && distance < Math.max(word.length(), candidate.length())) || begins;
  }

  /// ` — did you mean 'x'?`, or nothing when no word is near.
  public static String phrase(String word, Collection<String> known) {
    return nearest(word, known).map(near -> " — did you mean '" + near + "'?").orElse("");
  }

  /// Levenshtein's distance, case ignored, two letters in the wrong order counting one.
  static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    int[] former = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] formerRow = row.clone();
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], former[j - 2] + 1);
        }
      }
      former = formerRow;
    }
    return row[b.length()];
  }
}
