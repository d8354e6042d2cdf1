package dev.mdp.core.checkpoint;

import dev.mdp.core.event.Bar;
import java.util.List;

/// What the owner of a shard commits with its checkpoint.
public sealed interface FencedWrite permits FencedWrite.Bars, Evaluated {
  Bars NOTHING = new Bars(List.of());

  /// Windows that are ready to be written, any order.
  ///
  /// @param repairs what changes of the windows that are to be computed again
  record Bars(List<Bar> bars, Repairs repairs) implements FencedWrite {
    public Bars {
      bars = List.copyOf(bars);
    }

    public Bars(List<Bar> bars) {
      this(bars, Repairs.NONE);
    }
  }
}
