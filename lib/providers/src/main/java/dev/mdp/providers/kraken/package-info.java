/// The exchange Kraken: the `trade` channel of its second WebSocket interface, its past trades, its
/// pairs. Trade ids are contiguous per pair.
///
/// A trade has its time on the socket as text with up to nanoseconds, over REST as a JSON number of
/// seconds that was a double on its way: both are read as the decimals they are and truncated to
/// microseconds, and still a trade may have another time over REST than it had on the socket,
/// mostly by one microsecond. Nothing here can know better; the time of a trade is that of its
/// first publication, and ids alone decide what is asked for and what was shown.
@NullMarked
package dev.mdp.providers.kraken;

import org.jspecify.annotations.NullMarked;
