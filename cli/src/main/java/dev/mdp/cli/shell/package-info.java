/// What every command uses: the options they inherit, the configuration, output, errors and exit
/// codes.
@NullMarked
package dev.mdp.cli.shell;

import org.jspecify.annotations.NullMarked;
