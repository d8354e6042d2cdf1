/// Events from a source to the bus, live or at a chosen speed.
@NullMarked
package dev.mdp.pipeline.produce;

import org.jspecify.annotations.NullMarked;
