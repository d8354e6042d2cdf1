/// The table stream_checkpoints: leases, fencing, commits.
@NullMarked
package dev.mdp.store.checkpoints;

import org.jspecify.annotations.NullMarked;
