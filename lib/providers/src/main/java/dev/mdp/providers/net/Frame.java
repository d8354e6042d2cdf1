package dev.mdp.providers.net;

/// A whole text message of a socket. Its characters are good until the next one is taken.
///
/// @param chars holds the text from 0 to `length`
/// @param receivedMicros when its end came, microseconds since the epoch by our clock
public record Frame(char[] chars, int length, long receivedMicros) {
  @Override
  public String toString() {
    return new String(chars, 0, length);
  }
}
