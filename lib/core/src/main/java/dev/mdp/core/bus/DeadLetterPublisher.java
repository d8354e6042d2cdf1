package dev.mdp.core.bus;

import java.util.List;

/// Appends dead letters to `<topic>.dlq`; returns when all are acknowledged. One thread at a time.
public interface DeadLetterPublisher extends AutoCloseable {
  void publish(List<DeadLetter> letters);

  @Override
  void close();
}
