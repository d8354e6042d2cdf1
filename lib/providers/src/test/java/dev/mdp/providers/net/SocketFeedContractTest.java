package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.testkit.feed.FeedBed;
import dev.mdp.testkit.feed.FeedContract;
import java.util.List;

class SocketFeedContractTest extends FeedContract {
  @Override
  protected FeedBed open() {
    FeedRig rig = new FeedRig();
    return new FeedBed() {
      @Override
      public LiveFeed feed() {
        return rig.feed;
      }

      @Override
      public List<Symbol> symbols() {
        return List.of(FeedRig.A, FeedRig.B, FeedRig.C);
      }

      @Override
      public void trade(Symbol symbol, long id) {
        rig.venue.trade(symbol, id);
      }

      @Override
      public void refuse(Symbol symbol) {
        rig.venue.refuse(symbol, "unknown symbol");
      }

      @Override
      public void cut() {
        rig.venue.cut();
      }

      @Override
      public void close() {
        rig.feed.close();
      }
    };
  }
}
