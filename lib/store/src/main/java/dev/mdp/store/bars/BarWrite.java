package dev.mdp.store.bars;

import dev.mdp.core.event.Bar;
import dev.mdp.core.store.WriteResult;
import dev.mdp.store.rows.RowTable;
import java.util.List;

/// What became of a batch.
///
/// @param conflicting at most [#MAX_CONFLICTING] of the replayed bars that met another lane's
/// @param method `COPY` or `UPSERT`
public record BarWrite(WriteResult result, List<Bar> conflicting, String method) {
  static final int MAX_CONFLICTING = 1_000;
  public static final BarWrite NONE = new BarWrite(WriteResult.NONE, List.of(), "UPSERT");

  /// How N new bars are written.
  public static String method(int bars) {
    return RowTable.copies(bars) ? "COPY" : "UPSERT";
  }

  public BarWrite {
    conflicting =
        List.copyOf(conflicting.subList(0, Math.min(MAX_CONFLICTING, conflicting.size())));
  }
}
