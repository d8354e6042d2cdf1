/// Bars recomputed from ticks in SQL: compared, repaired, built.
@NullMarked
package dev.mdp.store.verify;

import org.jspecify.annotations.NullMarked;
