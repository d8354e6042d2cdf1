/// The spot exchange Binance, as two providers: `binance` of its trades, and `binance_agg` of its
/// aggregate trades, which merge what one taker traded at one price. Ids are contiguous per symbol
/// in each.
///
/// Times are microseconds everywhere, which has to be asked for: with `timeUnit` in the socket's
/// address and with [the header][dev.mdp.providers.binance.Binance#REST_HEADERS] of requests. A
/// time in another unit is refused and never guessed, as it would give a trade a second identity.
@NullMarked
package dev.mdp.providers.binance;

import org.jspecify.annotations.NullMarked;
