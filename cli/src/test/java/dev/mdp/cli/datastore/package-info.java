@NullMarked
package dev.mdp.cli.datastore;

import org.jspecify.annotations.NullMarked;
