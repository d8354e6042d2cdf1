package dev.mdp.providers.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Closes every one, whatever happens; the first failure is thrown with the others attached.
final class CloseAll {
  private CloseAll() {}

  static void of(List<? extends EventStream> streams) {
    RuntimeException first = null;
    for (EventStream stream : streams) {
      first = close(stream, first);
    }
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable RuntimeException close(
      EventStream stream, @Nullable RuntimeException before) {
    try {
      stream.close();
      return before;
    } catch (RuntimeException e) {
      if (before == null) {
        return e;
      }
      before.addSuppressed(e);
      return before;
    }
  }
}
