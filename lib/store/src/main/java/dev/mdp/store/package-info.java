/// The only place with SQL: the ports of core.store on PostgreSQL.
@NullMarked
package dev.mdp.store;

import org.jspecify.annotations.NullMarked;
