/// JSON out, for results, status pages and fingerprints: no library, so that small commands start
/// fast.
@NullMarked
package dev.mdp.core.json;

import org.jspecify.annotations.NullMarked;
