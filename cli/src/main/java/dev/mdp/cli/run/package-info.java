/// What every worker command understands, and how its terminal is handed to the runtime.
@NullMarked
package dev.mdp.cli.run;

import org.jspecify.annotations.NullMarked;
