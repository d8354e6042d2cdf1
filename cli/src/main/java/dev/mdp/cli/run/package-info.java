/// How a worker command lives: servers, job run, signals, summary.
@NullMarked
package dev.mdp.cli.run;

import org.jspecify.annotations.NullMarked;
