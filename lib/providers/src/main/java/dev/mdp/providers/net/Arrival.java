package dev.mdp.providers.net;

import dev.mdp.core.feed.FeedNotice.Cause;

/// What came over a connection, or happened to it.
///
/// @param <S> what stands for the connection
sealed interface Arrival<S> {
  S from();

  record Opened<S>(S from) implements Arrival<S> {}

  /// It could not be opened.
  record Failed<S>(S from, RuntimeException error) implements Arrival<S> {}

  record Text<S>(S from, Frame frame) implements Arrival<S> {}

  record Garbled<S>(S from, String detail) implements Arrival<S> {}

  /// The last of its connection.
  record Ended<S>(S from, Cause cause, String detail) implements Arrival<S> {}
}
