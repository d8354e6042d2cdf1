/// End-to-end benchmarks on real servers: `java -jar lib/bench/target/bench.jar`.
@NullMarked
package dev.mdp.bench;

import org.jspecify.annotations.NullMarked;
