/// The loop that every long-running command runs in: poll, back off, stop.
@NullMarked
package dev.mdp.pipeline.worker;

import org.jspecify.annotations.NullMarked;
