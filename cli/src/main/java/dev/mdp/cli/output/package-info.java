/// Results on stdout: table, JSON, JSON lines, CSV.
@NullMarked
package dev.mdp.cli.output;

import org.jspecify.annotations.NullMarked;
