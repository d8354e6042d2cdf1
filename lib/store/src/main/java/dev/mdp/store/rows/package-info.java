/// Rows on PostgreSQL's binary wire: COPY and arrays from one description of the columns.
@NullMarked
package dev.mdp.store.rows;

import org.jspecify.annotations.NullMarked;
