/// The table bars_ohlcv.
@NullMarked
package dev.mdp.store.bars;

import org.jspecify.annotations.NullMarked;
