/// The durable log on Redis Streams (6.2 and newer), through Lettuce.
@NullMarked
package dev.mdp.bus.redis;

import org.jspecify.annotations.NullMarked;
