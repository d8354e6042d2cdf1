package dev.mdp.testkit.venue;

import java.util.function.Consumer;

/// How the server's messages lie in frames and packets. Without it each message is one frame and
/// one write. Immutable: each method returns a changed copy.
public final class WireScript {
  static final WireScript PLAIN = new WireScript();

  int fragmentBytes;
  boolean singleBytes;
  int gatherBytes;
  int bigEvery;
  int bigBytes;

  private WireScript() {}

  /// Messages come as fragments of at most this many bytes, cut inside of characters too, with
  /// pings between them.
  public WireScript fragments(int mostBytes) {
    return copy(wire -> wire.fragmentBytes = mostBytes);
  }

  /// Whether messages come as fragments.
  public boolean isFragmenting() {
    return fragmentBytes > 0;
  }

  /// Each byte is a write.
  public WireScript singleBytes() {
    return copy(wire -> wire.singleBytes = true);
  }

  /// Frames are gathered up to this many bytes for one write, while there are more to send.
  public WireScript gathered(int bytes) {
    return copy(wire -> wire.gatherBytes = bytes);
  }

  /// Each so-manieth message is made this long with white space.
  public WireScript big(int everyMessages, int bytes) {
    return copy(wire -> {
      wire.bigEvery = everyMessages;
      wire.bigBytes = bytes;
    });
  }

  private WireScript copy(Consumer<WireScript> change) {
    WireScript copy = new WireScript();
    copy.fragmentBytes = fragmentBytes;
    copy.singleBytes = singleBytes;
    copy.gatherBytes = gatherBytes;
    copy.bigEvery = bigEvery;
    copy.bigBytes = bigBytes;
    change.accept(copy);
    return copy;
  }
}
