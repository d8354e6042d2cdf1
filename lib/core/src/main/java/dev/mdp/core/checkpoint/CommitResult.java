package dev.mdp.core.checkpoint;

import dev.mdp.core.event.Bar;
import dev.mdp.core.store.WriteResult;
import java.util.List;

/// @param lease the lease after the commit: extended, with the next commit number
/// @param bars what became of the bars
/// @param conflicting the bars of replay lanes that met a fuller or different bar of another lane;
///   at most 1,000
public record CommitResult(Lease lease, WriteResult bars, List<Bar> conflicting) {
  public CommitResult {
    conflicting = List.copyOf(conflicting);
  }
}
