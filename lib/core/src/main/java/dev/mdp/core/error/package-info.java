/// The one root of errors, the collector of problems, and what an operator may have meant.
@NullMarked
package dev.mdp.core.error;

import org.jspecify.annotations.NullMarked;
