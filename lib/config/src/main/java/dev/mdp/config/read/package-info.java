/// The reader under the records: a tree with places, expansion, overrides, origins.
@NullMarked
package dev.mdp.config.read;

import org.jspecify.annotations.NullMarked;
