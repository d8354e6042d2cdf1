package dev.mdp.providers.wire;

import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.UnusableTrade;
import dev.mdp.providers.net.Frame;
import dev.mdp.providers.net.VenueDialect;
import java.util.ArrayList;
import java.util.List;

/// Everything that a feed handed on, for tests.
public final class Recorded implements FeedListener {
  /// When every frame of a test comes, unless it says otherwise.
  public static final long RECEIVED = 1_700_000_000_000_000L;

  public final List<Tick> trades = new ArrayList<>();
  public final List<UnusableTrade> unusable = new ArrayList<>();
  public final List<FeedNotice> notices = new ArrayList<>();

  @Override
  public void trade(Tick trade) {
    trades.add(trade);
  }

  @Override
  public void unusable(UnusableTrade trade) {
    unusable.add(trade);
  }

  @Override
  public void notice(FeedNotice notice) {
    notices.add(notice);
  }

  public boolean isEmpty() {
    return trades.isEmpty() && unusable.isEmpty() && notices.isEmpty();
  }

  /// The notices of one kind.
  public <T extends FeedNotice> List<T> notices(Class<T> kind) {
    return notices.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// Reads the frames one after another.
  public static Recorded reading(VenueDialect dialect, String... frames) {
    Recorded recorded = new Recorded();
    for (String frame : frames) {
      dialect.read(frame(frame), recorded);
    }
    return recorded;
  }

  /// A frame in a buffer that is larger than it, as those of sockets are.
  public static Frame frame(String text) {
    return frame(text, RECEIVED);
  }

  public static Frame frame(String text, long receivedMicros) {
    char[] chars = (text + "}]\"garbage").toCharArray();
    return new Frame(chars, text.length(), receivedMicros);
  }
}
