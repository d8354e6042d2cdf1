package dev.mdp.cli.feeds;

import dev.mdp.cli.output.Column;
import dev.mdp.core.feed.AskedGaps.Outcome;
import dev.mdp.core.feed.GapState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// How the outcome of a fill is printed: of each hole, how many ids are in which state.
final class FillColumns {
  private static final List<GapState> STATES =
      List.of(
          GapState.FILLED,
          GapState.VOID,
          GapState.GONE,
          GapState.DEAD_LETTERED,
          GapState.REFUSED,
          GapState.OPEN);

  static final List<Column<Outcome>> ALL = all();

  private FillColumns() {}

  private static List<Column<Outcome>> all() {
    List<Column<Outcome>> columns =
        new ArrayList<>(
            List.of(
                Column.number("id", row -> row.asked().id()),
                Column.text("provider", row -> row.asked().provider()),
                Column.text("symbol", row -> row.asked().gap().symbol().value()),
                Column.number("id_from", row -> row.asked().gap().ids().first()),
                Column.number("id_to", row -> row.asked().gap().ids().last()),
                Column.number("ids", row -> row.asked().gap().ids().size())));
    for (GapState state : STATES) {
      columns.add(Column.number(state.word().replace('-', '_'), row -> row.of(state)));
    }
    columns.add(Column.text("waits", Outcome::waits));
    return List.copyOf(columns);
  }

  /// `10 ids = 8 filled + 2 open`.
  static String sum(List<Outcome> outcomes) {
    StringJoiner parts = new StringJoiner(" + ");
    long all = 0;
    for (GapState state : STATES) {
      long ids = outcomes.stream().mapToLong(row -> row.of(state)).sum();
      all += ids;
      if (ids > 0) {
        parts.add(String.format(Locale.ROOT, "%,d %s", ids, state.word()));
      }
    }
    long waiting = outcomes.stream().filter(Outcome::waits).count();
    return String.format(Locale.ROOT, "%,d ids = %s", all, parts)
        + (waiting == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; %,d holes are marked, and the process that publishes their shards has not taken"
                    + " them up yet",
                waiting));
  }
}
