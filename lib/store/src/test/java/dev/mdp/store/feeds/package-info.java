/// Tests of the package.
@NullMarked
package dev.mdp.store.feeds;

import org.jspecify.annotations.NullMarked;
