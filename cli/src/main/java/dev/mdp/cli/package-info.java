/// The command line: options, exit codes, errors. The only place that knows picocli.
@NullMarked
package dev.mdp.cli;

import org.jspecify.annotations.NullMarked;
