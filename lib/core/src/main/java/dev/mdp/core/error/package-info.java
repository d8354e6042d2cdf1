/// The one root of errors, the collector of problems, and how messages are worded: what an operator
/// may have meant, commands to copy, text that is harmless for a terminal.
@NullMarked
package dev.mdp.core.error;

import org.jspecify.annotations.NullMarked;
