package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.testkit.feed.FeedBed;
import dev.mdp.testkit.feed.FeedContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The contract over real sockets.
class SocketFeedContractIT extends FeedContract {
  @Override
  protected FeedBed open() {
    try {
      return new Bed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Bed implements FeedBed {
    private final Map<RawVenue.Peer, Set<Symbol>> peers = new ConcurrentHashMap<>();
    private final Set<Symbol> refused = ConcurrentHashMap.newKeySet();
    private final RawVenue venue = new RawVenue(this::serve);
    private final SocketFeed feed;

    private Bed() throws IOException {
      URI uri = venue.uri();
      HttpClients direct =
          new HttpClients(new ProxyChoice(Map.of(), null), Resolver.system(), null);
      JdkConnector connector = new JdkConnector(direct, Duration.ofSeconds(5), Clock.systemUTC());
      FeedTime time = FeedTime.of(Clock.systemUTC());
      feed =
          new SocketFeed(
              new LineDialect(LineDialect.LIMITS, 10),
              (_, listener) -> connector.connect(uri, listener),
              new LocalBudget(20, Duration.ofSeconds(10), time),
              time,
              7);
    }

    private void serve(RawVenue.Peer peer) throws Exception {
      peer.accept();
      peers.put(peer, ConcurrentHashMap.newKeySet());
      try {
        while (true) {
          RawVenue.Received message = peer.read();
          if (message.opcode() == RawVenue.TEXT) {
            take(peer, message.text().split(" "));
          }
        }
      } finally {
        peers.remove(peer);
      }
    }

    private void take(RawVenue.Peer peer, String[] words) throws IOException {
      for (int i = 1; i < words.length; i++) {
        Symbol symbol = new Symbol(words[i]);
        if (words[0].equals("END")) {
          peers.get(peer).remove(symbol);
        } else if (refused.contains(symbol)) {
          peer.text("REFUSED " + symbol + " unknown symbol");
        } else {
          peers.get(peer).add(symbol);
          peer.text("LIVE " + symbol);
        }
      }
    }

    @Override
    public LiveFeed feed() {
      return feed;
    }

    @Override
    public List<Symbol> symbols() {
      return List.of(FeedRig.A, FeedRig.B, FeedRig.C);
    }

    @Override
    public void trade(Symbol symbol, long id) {
      peers.forEach((peer, subscribed) -> {
        if (subscribed.contains(symbol)) {
          try {
            peer.text("T " + symbol + " " + id);
          } catch (IOException _) {
            // that connection has ended
          }
        }
      });
    }

    @Override
    public void refuse(Symbol symbol) {
      refused.add(symbol);
    }

    @Override
    public void cut() {
      peers
          .keySet()
          .forEach(peer -> {
            try {
              peer.reset();
            } catch (IOException _) {
              // it had ended
            }
          });
    }

    @Override
    public void close() {
      try {
        venue.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
