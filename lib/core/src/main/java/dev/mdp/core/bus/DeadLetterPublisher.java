package dev.mdp.core.bus;

import java.util.List;

/// Appends dead letters to `<topic>.dlq`; returns when all are acknowledged. One thread at a time.
public interface DeadLetterPublisher extends AutoCloseable {
  void publish(List<DeadLetter> letters);

  /// Removes the letters that are older than the bus keeps them, where the bus does not do it by
  /// itself. May be called often: it looks at most once a minute. That old letters stay is no
  /// reason to fail.
  default void removeExpired() {}

  @Override
  void close();
}
