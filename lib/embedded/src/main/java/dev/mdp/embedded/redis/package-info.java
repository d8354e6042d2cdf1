/// A real Redis server as a child process.
@NullMarked
package dev.mdp.embedded.redis;

import org.jspecify.annotations.NullMarked;
