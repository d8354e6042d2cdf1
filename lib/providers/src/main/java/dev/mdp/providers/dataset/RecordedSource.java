package dev.mdp.providers.dataset;

import dev.mdp.core.source.FiniteSource;

/// A reading of recorded files, of which it is known what was passed over.
public interface RecordedSource extends FiniteSource {
  /// So far.
  ReadingCounts counts();
}
