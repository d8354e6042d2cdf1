package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Notes what a socket's listener hears, to be waited for. Thread-safe.
final class Heard implements WireSocket.Listener {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @Override
  public void text(char[] chars, int offset, int length) {
    heard.add("text " + new String(chars, offset, length));
  }

  @Override
  public void unreadable(String detail) {
    heard.add("unreadable " + detail);
  }

  @Override
  public void pinged() {
    heard.add("ping");
  }

  @Override
  public void ponged() {
    heard.add("pong");
  }

  @Override
  public void closed(int code, String reason) {
    heard.add("closed " + code + " " + reason);
  }

  @Override
  public void failed(String detail) {
    heard.add("failed " + detail);
  }

  /// The next that it hears, within 15 s.
  String next() throws InterruptedException {
    String next = heard.poll(15, TimeUnit.SECONDS);
    assertThat(next).as("heard within 15 s").isNotNull();
    return String.valueOf(next);
  }

  /// What it has heard already, if anything.
  @Nullable String now() {
    return heard.poll();
  }
}
