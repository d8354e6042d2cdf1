/// A real Kafka broker as a child process.
@NullMarked
package dev.mdp.embedded.kafka;

import org.jspecify.annotations.NullMarked;
