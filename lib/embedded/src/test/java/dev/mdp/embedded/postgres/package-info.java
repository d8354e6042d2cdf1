/// Tests of the embedded PostgreSQL.
@NullMarked
package dev.mdp.embedded.postgres;

import org.jspecify.annotations.NullMarked;
