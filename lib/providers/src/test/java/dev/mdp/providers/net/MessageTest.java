package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.property.Property;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
  private final List<String> heard = new ArrayList<>();
  private final Message message = new Message(100_000);

  @Test
  void isWholeHoweverItComes() {
    Property.check(
        300,
        choices -> {
          heard.clear();
          List<String> sent = new ArrayList<>();
          for (int i = choices.nextInt(8); i > 0; i--) {
            String text = "é€x".repeat(choices.nextInt(choices.onceIn(5) ? 30_000 : 50));
            sent.add(text);
            int from = 0;
            while (from < text.length() && choices.nextInt(4) > 0) {
              int to = from + choices.nextInt(text.length() - from + 1);
              boolean array = choices.nextBoolean();
              add(text.substring(from, to), array, false);
              from = to;
            }
            add(text.substring(from), choices.nextBoolean(), true);
          }
          assertThat(heard).isEqualTo(sent);
        });
  }

  @Test
  void isNotTakenWhenItIsTooLong() {
    assertThat(message.add(CharBuffer.wrap("x".repeat(60_000)), false, new Heard(heard))).isTrue();
    assertThat(message.add(CharBuffer.wrap("x".repeat(40_000)), false, new Heard(heard))).isTrue();
    assertThat(message.add(CharBuffer.wrap("x"), true, new Heard(heard))).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void isNotTakenWhenItsOnlyPartIsTooLong() {
    assertThat(message.add(CharBuffer.wrap("x".repeat(100_001)), true, new Heard(heard))).isFalse();
    assertThat(heard).isEmpty();
  }

  private void add(String part, boolean array, boolean last) {
    CharBuffer chars = CharBuffer.wrap(array ? ("##" + part).toCharArray() : new char[0]);
    chars = array ? chars.position(2).slice() : CharBuffer.wrap((CharSequence) part);
    assertThat(message.add(chars, last, new Heard(heard))).isTrue();
  }

  private record Heard(List<String> into) implements WireSocket.Listener {
    @Override
    public void text(char[] chars, int offset, int length) {
      into.add(new String(chars, offset, length));
    }

    @Override
    public void unreadable(String detail) {
      throw new AssertionError(detail);
    }

    @Override
    public void pinged() {
      throw new AssertionError("a ping");
    }

    @Override
    public void ponged() {
      throw new AssertionError("a pong");
    }

    @Override
    public void closed(int code, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void failed(String detail) {
      throw new AssertionError(detail);
    }
  }
}
