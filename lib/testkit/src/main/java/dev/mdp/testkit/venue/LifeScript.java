package dev.mdp.testkit.venue;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How the venue begins, watches and ends connections. What is not said is as the venue's own
/// documentation has it. Immutable: each method returns a changed copy.
public final class LifeScript {
  static final LifeScript DOCUMENTED = new LifeScript();

  @Nullable Duration pingEvery;
  @Nullable Duration pongWithin;
  @Nullable Duration heartbeatEvery;
  @Nullable Duration subscribeWithin;
  @Nullable Duration maxAge;
  Duration shutdownLead = Duration.ofMinutes(10);
  boolean single;
  int policyCloses;
  int deafConnects;
  int refusal;
  Allowance messages = Allowance.UNLIMITED;
  Allowance connects = Allowance.UNLIMITED;

  private LifeScript() {}

  /// The server sends a ping this often; zero: never.
  public LifeScript pings(Duration every) {
    return copy(life -> life.pingEvery = every);
  }

  /// A connection is closed when a ping has not been answered with its own payload by then; zero:
  /// never.
  public LifeScript pongWithin(Duration limit) {
    return copy(life -> life.pongWithin = limit);
  }

  /// Heartbeats of venues that have them come this often; zero: never.
  public LifeScript heartbeats(Duration every) {
    return copy(life -> life.heartbeatEvery = every);
  }

  /// A connection without a subscription is cut after this; zero: never.
  public LifeScript subscribeWithin(Duration limit) {
    return copy(life -> life.subscribeWithin = limit);
  }

  /// A connection is closed when it is this old; zero: never.
  ///
  /// @param lead how long before the end it is announced, by venues that do
  public LifeScript maxAge(Duration age, Duration lead) {
    return copy(life -> {
      life.maxAge = age;
      life.shutdownLead = lead;
    });
  }

  /// While one connection lives, another one is closed at once with code 1008.
  public LifeScript singleConnection() {
    return copy(life -> life.single = true);
  }

  /// This many subscribe messages, of all connections, are answered by a close with code 1008; a
  /// connection that subscribes by its address is closed when it has opened.
  public LifeScript policyCloses(int times) {
    return copy(life -> life.policyCloses = times);
  }

  /// This many connections are accepted and never get an answer to their handshake.
  public LifeScript deafConnects(int times) {
    return copy(life -> life.deafConnects = times);
  }

  /// Every handshake is refused with this HTTP status, such as 401, 403 or 451.
  public LifeScript refuseConnects(int status) {
    return copy(life -> life.refusal = status);
  }

  /// A connection that sends more messages than this, pings and pongs included, is closed with code
  /// 1008.
  public LifeScript messageLimit(int most, Duration window) {
    return copy(life -> life.messages = new Allowance(most, window));
  }

  /// A handshake beyond this gets HTTP 429.
  public LifeScript connectLimit(int most, Duration window) {
    return copy(life -> life.connects = new Allowance(most, window));
  }

  /// What is not said here is as `documented` has it.
  LifeScript over(LifeScript documented) {
    return copy(life -> {
      life.pingEvery = or(pingEvery, documented.pingEvery);
      life.pongWithin = or(pongWithin, documented.pongWithin);
      life.heartbeatEvery = or(heartbeatEvery, documented.heartbeatEvery);
      life.subscribeWithin = or(subscribeWithin, documented.subscribeWithin);
      life.maxAge = or(maxAge, documented.maxAge);
    });
  }

  private static @Nullable Duration or(@Nullable Duration said, @Nullable Duration documented) {
    return said == null ? documented : said;
  }

  private LifeScript copy(Consumer<LifeScript> change) {
    LifeScript copy = new LifeScript();
    copy.pingEvery = pingEvery;
    copy.pongWithin = pongWithin;
    copy.heartbeatEvery = heartbeatEvery;
    copy.subscribeWithin = subscribeWithin;
    copy.maxAge = maxAge;
    copy.shutdownLead = shutdownLead;
    copy.single = single;
    copy.policyCloses = policyCloses;
    copy.deafConnects = deafConnects;
    copy.refusal = refusal;
    copy.messages = messages;
    copy.connects = connects;
    change.accept(copy);
    return copy;
  }
}
