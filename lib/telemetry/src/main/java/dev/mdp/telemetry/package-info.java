@NullMarked
package dev.mdp.telemetry;

import org.jspecify.annotations.NullMarked;
