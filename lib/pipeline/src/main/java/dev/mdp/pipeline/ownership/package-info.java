/// Owning a shard: claiming it, standing by for it, losing it, and beginning again after every
/// error.
@NullMarked
package dev.mdp.pipeline.ownership;

import org.jspecify.annotations.NullMarked;
