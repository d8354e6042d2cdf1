package dev.mdp.cli.verify;

import dev.mdp.ops.feed.IdWord;
import dev.mdp.ops.feed.SeriesProof;
import dev.mdp.ops.feed.TimeWord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The ledgers of all series together. One thread.
final class ProofSums {
  private static final int SERIES_NAMED = 10;

  private final Map<String, Long> ids = new LinkedHashMap<>();
  private final Map<String, Long> seconds = new LinkedHashMap<>();
  private final List<String> withoutProof = new ArrayList<>();
  private long series;
  private long expected;
  private long length;
  private long twice;
  private long findings;
  private long named;

  ProofSums() {
    ids.put("stored", 0L);
  }

  void add(SeriesProof proof) {
    series++;
    length += proof.time().length();
    for (TimeWord word : TimeWord.values()) {
      seconds.merge(word.word(), proof.time().of(word), Long::sum);
    }
    if (!proof.series().isProvable()) {
      withoutProof.add("%s (ids: %s)".formatted(proof.series(), proof.series().ids().word()));
      return;
    }
    expected += proof.ids().expected();
    twice += proof.ids().twice();
    findings += proof.ids().findings();
    ids.merge("stored", proof.ids().stored(), Long::sum);
    for (IdWord word : IdWord.values()) {
      ids.merge(word.word(), proof.ids().of(word), Long::sum);
    }
  }

  /// Counts a missing range; returns whether it is still to be named.
  boolean name(long limit) {
    return named++ < limit;
  }

  long named() {
    return named;
  }

  long series() {
    return series;
  }

  long twice() {
    return twice;
  }

  long findings() {
    return findings;
  }

  long of(IdWord word) {
    return ids.getOrDefault(word.word(), 0L);
  }

  long of(TimeWord word) {
    return seconds.getOrDefault(word.word(), 0L);
  }

  /// The first of those whose ids prove nothing.
  List<String> withoutProof() {
    return withoutProof.stream().limit(SERIES_NAMED).toList();
  }

  /// `checked 2 series: 3,000 ids = 2,979 stored + 21 open`, and the seconds.
  List<String> lines() {
    String line =
        String.format(
            Locale.ROOT, "checked %,d series: %,d ids = %s", series, expected, orNone(ids));
    if (twice > 0) {
      line += String.format(Locale.ROOT, ", %,d twice", twice);
    }
    return series == 0
        ? List.of()
        : List.of(line, String.format(Locale.ROOT, "%,d seconds = %s", length, orNone(seconds)));
  }

  private static String orNone(Map<String, Long> words) {
    String text = ProofColumns.text(words);
    return text.isEmpty() ? "0" : text;
  }
}
