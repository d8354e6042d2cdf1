/// Connections, transactions and the translation of the server's errors.
@NullMarked
package dev.mdp.store.database;

import org.jspecify.annotations.NullMarked;
