/// The one root of errors and the collector of problems.
@NullMarked
package dev.mdp.core.error;

import org.jspecify.annotations.NullMarked;
