/// Where events come from, each an [dev.mdp.core.source.EventSource]:
///
/// | package | what | its time | seq |
/// |---|---|---|---|
/// | `synthetic` | seeded random walks | paced by a clock, or as fast as asked | always 0: no two ticks share a microsecond |
/// | `dataset` | CSV and NDJSON files, plain or gzip | not paced; in order within the allowed lateness, or sorted | a column, else the ordinal within equal times |
/// | `history` | ranges of `tick_data` and `bars_ohlcv` | not paced; in the reader's order | as stored |
///
/// All give `(src_ts, seq)` order across symbols, the same identities whenever they are read, and
/// every number as it is in the source: nothing is rounded on the way. `dataset` and `history` are
/// [dev.mdp.core.source.FiniteSource]s and always have a lane; the end of the lane
/// ([dev.mdp.core.event.LaneEnd]) is for who sends them, after all else was acknowledged.
///
/// Settings are records that check themselves and throw a [dev.mdp.core.error.ConfigException] with
/// every problem by its key; what is wrong in a file is a [dev.mdp.core.error.DataException] that
/// begins `file:line:`.
///
/// A new provider is a package here and one `case` where sources are made.
@NullMarked
package dev.mdp.providers;

import org.jspecify.annotations.NullMarked;
