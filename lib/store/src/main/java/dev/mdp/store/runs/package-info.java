/// The table job_runs.
@NullMarked
package dev.mdp.store.runs;

import org.jspecify.annotations.NullMarked;
