/// Exact sums of decimals, and doubles as the decimals they mean.
@NullMarked
package dev.mdp.core.decimal;

import org.jspecify.annotations.NullMarked;
