/// The bus on Kafka: a shard is a partition, an entry is a record whose value is the event.
@NullMarked
package dev.mdp.bus.kafka;

import org.jspecify.annotations.NullMarked;
