/// Ticks to bars: one owner of a shard, its windows, its ledger, its commits.
@NullMarked
package dev.mdp.pipeline.microbatch;

import org.jspecify.annotations.NullMarked;
