/// Workers between the bus and the store: they know ports, never a client library.
@NullMarked
package dev.mdp.pipeline;

import org.jspecify.annotations.NullMarked;
