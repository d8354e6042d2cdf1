/// A real PostgreSQL server as a child process, for `mdp up` and for tests.
@NullMarked
package dev.mdp.embedded.postgres;

import org.jspecify.annotations.NullMarked;
