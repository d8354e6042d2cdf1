package dev.mdp.core.error;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Collects problems so that an operator sees all of them in one run. Single-threaded.
public final class Problems {
  private final List<String> messages = new ArrayList<>();

  /// Adds one problem, e.g. `at("streaming.yaml:14:3", "unknown key 'alow_late_ms'")`.
  public void add(String place, String message) {
    messages.add(place.isEmpty() ? message : place + ": " + message);
  }

  public boolean isEmpty() {
    return messages.isEmpty();
  }

  public List<String> messages() {
    return List.copyOf(messages);
  }

  /// Throws one error that holds every problem, a line each; does nothing when there is none.
  public void throwIfAny(Function<String, ? extends MdpException> error) {
    if (!messages.isEmpty()) {
      throw error.apply(String.join("\n", messages));
    }
  }
}
