/// A venue on loopback, WebSocket and REST on one port, that behaves as badly as the real ones:
/// scripted, seeded, and with a tape that knows which trades there were.
@NullMarked
package dev.mdp.testkit.venue;

import org.jspecify.annotations.NullMarked;
