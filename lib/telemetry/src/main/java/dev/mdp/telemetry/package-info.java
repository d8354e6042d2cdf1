/// What a running worker shows: metrics in the Prometheus format, health, status.
@NullMarked
package dev.mdp.telemetry;

import org.jspecify.annotations.NullMarked;
