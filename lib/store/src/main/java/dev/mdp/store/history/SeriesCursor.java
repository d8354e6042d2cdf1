package dev.mdp.store.history;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of one series in time order, a page at a time. One thread.
///
/// @param <T> the row
final class SeriesCursor<T> {
  /// Fetches the rows after the last one, or the first ones; fewer than `limit` mean the end.
  @FunctionalInterface
  interface Pages<T> {
    List<T> after(@Nullable T last, int limit) throws SQLException;
  }

  private final Pages<T> pages;
  private final int pageSize;
  private List<T> page = List.of();
  private int next;
  private boolean last;

  SeriesCursor(Pages<T> pages, int pageSize) {
    this.pages = pages;
    this.pageSize = pageSize;
  }

  /// Whether there is a row; fetches a page when needed.
  boolean advance() throws SQLException {
    if (next < page.size() - 1) {
      next++;
      return true;
    }
    if (last) {
      page = List.of();
      return false;
    }
    page = pages.after(page.isEmpty() ? null : page.getLast(), pageSize);
    next = 0;
    last = page.size() < pageSize;
    return !page.isEmpty();
  }

  /// The row that [#advance()] found.
  T current() {
    return page.get(next);
  }
}
