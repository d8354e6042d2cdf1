/// Connections that misbehave on purpose, and a client that owes nothing to the product's own.
@NullMarked
package dev.mdp.testkit.net;

import org.jspecify.annotations.NullMarked;
