/// What live feeds note: who publishes a shard, how far each series is, what is missing, and how
/// much a venue may still be asked.
@NullMarked
package dev.mdp.store.feeds;

import org.jspecify.annotations.NullMarked;
