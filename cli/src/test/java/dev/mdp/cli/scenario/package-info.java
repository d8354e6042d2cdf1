/// Whole commands on real servers, as an operator uses them.
@NullMarked
package dev.mdp.cli.scenario;

import org.jspecify.annotations.NullMarked;
