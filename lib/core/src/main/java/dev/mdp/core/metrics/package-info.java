/// The port through which every part counts.
@NullMarked
package dev.mdp.core.metrics;

import org.jspecify.annotations.NullMarked;
