/// The port of providers: where events come from.
@NullMarked
package dev.mdp.core.source;

import org.jspecify.annotations.NullMarked;
