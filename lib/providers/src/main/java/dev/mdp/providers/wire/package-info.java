/// What venues send, read without building a tree: JSON over characters, decimals, times, known
/// symbols, and the trades and pages made of them.
@NullMarked
package dev.mdp.providers.wire;

import org.jspecify.annotations.NullMarked;
