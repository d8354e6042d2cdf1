package dev.mdp.cli.deadletter;

import dev.mdp.core.error.Printable;
import dev.mdp.ops.deadletter.DeadLetterView;
import java.nio.charset.StandardCharsets;

/// The payload of a dead letter as a terminal may get it.
final class Payload {
  private static final int PREVIEW = 60;

  private Payload() {}

  static String text(DeadLetterView letter) {
    return Printable.text(new String(letter.dead().data(), StandardCharsets.UTF_8));
  }

  /// Its beginning.
  static String preview(DeadLetterView letter) {
    return Printable.cut(text(letter), PREVIEW);
  }
}
