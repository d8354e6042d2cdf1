/// Wire version 1: market events as JSON, written and read. Layers of the reader: a streaming
/// reference, and a prediction of the last layout that is only ever faster, never different.
@NullMarked
package dev.mdp.bus.codec;

import org.jspecify.annotations.NullMarked;
