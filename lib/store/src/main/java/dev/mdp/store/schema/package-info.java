/// Migrations and what the schema's state is.
@NullMarked
package dev.mdp.store.schema;

import org.jspecify.annotations.NullMarked;
