package dev.mdp.providers.net;

import dev.mdp.core.error.Printable;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.UnusableTrade;
import java.util.ArrayList;
import java.util.List;

/// Has a dialect read frames. What it makes of one is kept until it is done, so that an exception
/// of the dialect is told from one of anything else, and becomes a notice. The feed's thread.
final class FrameReader implements FeedListener {
  private static final int SHOWN = 160;

  private final FeedRuntime runtime;
  private final List<Object> read = new ArrayList<>();

  FrameReader(FeedRuntime runtime) {
    this.runtime = runtime;
  }

  void read(Session session, Frame frame, long nowNanos) {
    session.data().add(frame.receivedMicros());
    VenueDialect dialect = runtime.dialect();
    try {
      dialect.read(frame, this);
      if (dialect.isEnding(frame)) {
        session.replaceSoon(nowNanos);
      }
    } catch (RuntimeException e) {
      read.add(new FeedNotice.Unreadable(detail(frame, e)));
    }
    for (Object each : read) {
      switch (each) {
        case Tick trade -> session.slot().trade(session, trade, nowNanos);
        case UnusableTrade trade -> runtime.said().unusable(trade);
        case FeedNotice notice -> session.slot().notices().take(session, notice, nowNanos);
        default -> throw new IllegalStateException("not of a frame: " + each);
      }
    }
    read.clear();
  }

  private static String detail(Frame frame, RuntimeException error) {
    int length = Math.min(frame.length(), 4 * SHOWN);
    String text = Printable.text(new String(frame.chars(), 0, length));
    String size = "a message of " + frame.length() + " characters";
    return "cannot read " + size + " (" + error + "): " + Printable.cut(text, SHOWN);
  }

  @Override
  public void trade(Tick trade) {
    read.add(trade);
  }

  @Override
  public void unusable(UnusableTrade trade) {
    read.add(trade);
  }

  @Override
  public void notice(FeedNotice notice) {
    read.add(notice);
  }
}
