/// Logging of workers, to stderr. Configured in code, and only when something logs.
@NullMarked
package dev.mdp.cli.log;

import org.jspecify.annotations.NullMarked;
