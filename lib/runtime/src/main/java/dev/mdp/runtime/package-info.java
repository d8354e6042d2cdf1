/// The composition root: makes buses, stores, sources and workers from the configuration, and runs
/// them as jobs of one process.
@NullMarked
package dev.mdp.runtime;

import org.jspecify.annotations.NullMarked;
