/// Runs of jobs, as `job_runs` keeps them.
@NullMarked
package dev.mdp.core.run;

import org.jspecify.annotations.NullMarked;
