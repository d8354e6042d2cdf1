package dev.mdp.testkit.venue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A venue on a free loopback port, for this process and for others: WebSocket and REST on the same
/// one. It has the trades of a [Tape], shows those that were released, and misbehaves as its
/// [VenueScript] says. What clients did is in its [log][#log]. Thread-safe.
public final class FakeVenue implements AutoCloseable {
  private final VenueKind kind;
  private final VenueScript script;
  private final VenueClock clock;
  private final VenueLog log = new VenueLog();
  private final RestServer rest;
  private final Player player = new Player(() -> this.stage.market());
  private volatile Stage stage;
  private volatile String host = "";
  private volatile @Nullable VenueServer server;

  /// Throws [IllegalArgumentException] for a script that asks for what the venue or the tape does
  /// not have.
  public FakeVenue(VenueKind kind, Tape tape, VenueScript script) {
    ScriptCheck.check(kind, script, tape);
    this.kind = kind;
    this.script = script.life(life -> life.over(kind.dialect().documented()));
    this.clock = new VenueClock(script.clockAhead());
    this.rest = new RestServer(script.rest());
    this.stage = stage(tape);
  }

  /// Opens the port.
  public FakeVenue start() {
    return startAt("127.0.0.1");
  }

  /// Opens the port on this address of loopback: venues of different addresses are different hosts
  /// to the one who counts what a host was asked.
  public FakeVenue startAt(String address) {
    if (server != null) {
      throw new IllegalStateException("the venue has been started already");
    }
    try {
      server =
          new VenueServer(
              InetAddress.getByName(address), () -> stage, rest, new Doorman(script.life()));
      host = address;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + address, e);
    }
    return this;
  }

  public int port() {
    return running().port();
  }

  /// What a client of the real venue has instead of `wss://HOST`, with the path where it is fixed.
  public URI wsUri() {
    return URI.create("ws://" + host + ":" + port() + kind.dialect().socketPath());
  }

  /// What a client of the real venue has instead of `https://HOST`.
  public URI restUri() {
    return URI.create("http://" + host + ":" + port());
  }

  /// Releases a symbol's trades up to and including this id.
  public void release(String symbol, long uptoId) {
    stage.market().release(symbol, uptoId);
  }

  /// Releases the next trades of all symbols, by time; returns how many there were.
  public int release(int trades) {
    return stage.market().releaseNext(trades);
  }

  public void releaseAll() {
    stage.market().releaseAll();
  }

  /// From now on releases this many trades a second, by time, until told otherwise; 0: none.
  public void play(double tradesPerSecond) {
    player.play(tradesPerSecond);
  }

  /// The id of the newest trade of the symbol that was released; 0 when there is none.
  public long head(String symbol) {
    return stage.market().head(symbol);
  }

  /// No trade of the symbol is released until [#resume], and the venue says so.
  public void halt(String symbol) {
    stage.market().becomes(symbol, Listing.Status.HALTED);
  }

  /// The symbol trades, also one that had vanished: a symbol that is renamed vanishes while another
  /// one comes.
  public void resume(String symbol) {
    stage.market().becomes(symbol, Listing.Status.ONLINE);
  }

  /// The venue does not know the symbol any more.
  public void vanish(String symbol) {
    stage.market().becomes(symbol, Listing.Status.GONE);
  }

  /// All WebSockets that are open suffer this.
  public void inject(Fault fault) {
    running().suffer(fault);
  }

  /// Every REST request suffers this from now on.
  public void failRest(RestFault fault) {
    rest.suffer(fault);
  }

  public void healRest() {
    rest.suffer(null);
  }

  /// Resets every connection.
  public void dropConnections() {
    running().drop();
  }

  /// While it lasts, no connection comes about: each is reset at once.
  public void outage(boolean lasts) {
    running().outage(lasts);
  }

  /// The venue begins again with another tape, nothing of which is released: a reset of its ids.
  public void reset(Tape tape) {
    ScriptCheck.check(kind, script, tape);
    stage = stage(tape);
    dropConnections();
  }

  /// How many WebSockets are open.
  public int connections() {
    return running().connections();
  }

  public VenueLog log() {
    return log;
  }

  @Override
  public void close() {
    player.play(0);
    VenueServer open = server;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the port did not close", e);
      }
    }
  }

  private Stage stage(Tape tape) {
    return Stage.of(kind.dialect(), tape, script, clock, log, this::wake);
  }

  private void wake() {
    VenueServer open = server;
    if (open != null) {
      open.wake();
    }
  }

  private VenueServer running() {
    VenueServer open = server;
    if (open == null) {
      throw new IllegalStateException("the venue has not been started");
    }
    return open;
  }
}
