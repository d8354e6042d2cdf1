package dev.mdp.inference.onnx;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A circuit breaker: open after some failures in a row; after a pause it lets one probe through
/// and closes when that succeeds. Not thread-safe.
final class Breaker {
  private final int threshold;
  private final Duration pause;
  private final InstantSource clock;
  private State state = new State.Closed(0);

  Breaker(int threshold, Duration pause, InstantSource clock) {
    this.threshold = threshold;
    this.pause = pause;
    this.clock = clock;
  }

  private sealed interface State {
    record Closed(int failures) implements State {}

    record Open(Instant probeAt) implements State {}

    record Probing() implements State {}
  }

  /// Whether the next attempt may be made; an attempt must be followed by its outcome.
  boolean permits() {
    return switch (state) {
      case State.Closed _, State.Probing _ -> true;
      case State.Open open -> {
        boolean due = !clock.instant().isBefore(open.probeAt);
        if (due) {
          state = new State.Probing();
        }
        yield due;
      }
    };
  }

  void succeeded() {
    state = new State.Closed(0);
  }

  void failed() {
    state =
        switch (state) {
          case State.Closed closed when closed.failures + 1 < threshold ->
              new State.Closed(closed.failures + 1);
          case State.Closed _, State.Probing _, State.Open _ ->
              new State.Open(clock.instant().plus(pause));
        };
  }

  boolean isOpen() {
    return !(state instanceof State.Closed);
  }
}
