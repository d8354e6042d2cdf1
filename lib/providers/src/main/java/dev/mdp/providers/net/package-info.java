/// What feeds share: sockets, requests, limits, and the life of a connection.
@NullMarked
package dev.mdp.providers.net;

import org.jspecify.annotations.NullMarked;
