package dev.mdp.cli.verify;

import dev.mdp.cli.output.Column;
import dev.mdp.core.feed.IdRange;
import dev.mdp.ops.feed.IdWord;
import dev.mdp.ops.feed.SeriesProof;
import dev.mdp.ops.feed.TimeWord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the ledgers of a series are printed: for people the words that occur, for programs all.
final class ProofColumns {
  private static final Column<SeriesProof> PROVIDER =
      Column.text("provider", proof -> proof.series().provider());
  private static final Column<SeriesProof> SYMBOL =
      Column.text("symbol", proof -> proof.series().symbol().value());
  private static final Column<SeriesProof> EPOCH =
      Column.number("epoch", proof -> proof.series().epoch());
  private static final Column<SeriesProof> IDS =
      Column.text("ids", proof -> proof.series().ids().word());
  private static final Column<SeriesProof> ID_FROM = Column.number("id_from", id(IdRange::first));
  private static final Column<SeriesProof> ID_TO = Column.number("id_to", id(IdRange::last));
  private static final Column<SeriesProof> EXPECTED =
      Column.number("expected", ifProvable(proof -> proof.ids().expected()));
  private static final Column<SeriesProof> STORED =
      Column.number("stored", proof -> proof.ids().stored());
  private static final Column<SeriesProof> SECONDS =
      Column.number("seconds", proof -> proof.time().length());

  private ProofColumns() {}

  static List<Column<SeriesProof>> forPeople() {
    return List.of(
        PROVIDER,
        SYMBOL,
        EPOCH,
        IDS,
        ID_FROM,
        ID_TO,
        EXPECTED,
        STORED,
        Column.text("missing", ifProvable(proof -> text(missing(proof)))),
        SECONDS,
        Column.text("time", proof -> text(time(proof))));
  }

  static List<Column<SeriesProof>> forPrograms() {
    return List.of(
        PROVIDER,
        SYMBOL,
        EPOCH,
        IDS,
        ID_FROM,
        ID_TO,
        EXPECTED,
        STORED,
        Column.number("twice", ifProvable(proof -> proof.ids().twice())),
        Column.text("missing", ifProvable(ProofColumns::missing)),
        Column.text("from", proof -> Instant.ofEpochSecond(proof.time().from())),
        Column.text("to", proof -> Instant.ofEpochSecond(proof.time().to())),
        SECONDS,
        Column.text("time", ProofColumns::time));
  }

  private static Map<String, Long> missing(SeriesProof proof) {
    Map<String, Long> words = new LinkedHashMap<>();
    for (IdWord word : IdWord.values()) {
      words.put(word.word(), proof.ids().of(word));
    }
    return words;
  }

  private static Map<String, Long> time(SeriesProof proof) {
    Map<String, Long> words = new LinkedHashMap<>();
    for (TimeWord word : TimeWord.values()) {
      words.put(word.word(), proof.time().of(word));
    }
    return words;
  }

  /// `12 open + 3 void`; empty when there is nothing.
  static String text(Map<String, Long> words) {
    StringJoiner parts = new StringJoiner(" + ");
    words.forEach((word, count) -> {
      if (count > 0) {
        parts.add(String.format(Locale.ROOT, "%,d %s", count, word));
      }
    });
    return parts.toString();
  }

  private static Function<SeriesProof, @Nullable Object> id(Function<IdRange, Object> of) {
    return proof -> proof.ids().ids().map(of).orElse(null);
  }

  private static Function<SeriesProof, @Nullable Object> ifProvable(
      Function<SeriesProof, Object> of) {
    return proof -> proof.series().isProvable() ? of.apply(proof) : null;
  }
}
