package dev.mdp.providers.net;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.UnusableTrade;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A venue's protocol in words: each line of a frame is one thing that it says.
final class LineDialect implements VenueDialect {
  static final VenueLimits LIMITS =
      new VenueLimits(
          5,
          Duration.ofSeconds(1),
          300,
          Duration.ofMinutes(5),
          Duration.ofSeconds(25),
          Duration.ofSeconds(10),
          Optional.empty(),
          1_000);

  private final VenueLimits limits;
  private final int perMessage;
  private boolean closesSoon;

  /// @param perMessage how many symbols a message asks for; 0 when the address says it all
  LineDialect(VenueLimits limits, int perMessage) {
    this.limits = limits;
    this.perMessage = perMessage;
  }

  static VenueLimits limits(Optional<Duration> maxAge, int symbolsPerConnection) {
    return new VenueLimits(
        LIMITS.messages(),
        LIMITS.messageWindow(),
        LIMITS.connects(),
        LIMITS.connectWindow(),
        LIMITS.silence(),
        LIMITS.confirmWithin(),
        maxAge,
        symbolsPerConnection);
  }

  @Override
  public String provider() {
    return "lines";
  }

  @Override
  public TradeIds ids() {
    return TradeIds.CONTIGUOUS;
  }

  @Override
  public URI endpoint(List<Symbol> symbols) {
    String query = perMessage == 0 ? "?s=" + words(symbols, ",") : "";
    return URI.create("ws://venue.test/stream" + query);
  }

  @Override
  public List<String> subscribe(List<Symbol> symbols) {
    return messages("SUB ", symbols);
  }

  @Override
  public List<String> unsubscribe(List<Symbol> symbols) {
    return messages("END ", symbols);
  }

  private List<String> messages(String verb, List<Symbol> symbols) {
    List<String> messages = new ArrayList<>();
    for (int i = 0; perMessage > 0 && i < symbols.size(); i += perMessage) {
      List<Symbol> some = symbols.subList(i, Math.min(symbols.size(), i + perMessage));
      messages.add(verb + words(some, " "));
    }
    return messages;
  }

  private static String words(List<Symbol> symbols, String between) {
    return symbols.stream().map(Symbol::value).collect(Collectors.joining(between));
  }

  @Override
  public void read(Frame frame, FeedListener into) {
    closesSoon = false;
    frame.toString().lines().forEach(line -> say(line, frame, into));
  }

  private void say(String line, Frame frame, FeedListener into) {
    String[] words = line.split(" ", 3);
    long at = frame.receivedMicros();
    switch (words[0]) {
      case "T" -> into.trade(trade(new Symbol(words[1]), Long.parseLong(words[2]), at));
      case "BAD" ->
          into.unusable(
              new UnusableTrade(
                  words[1],
                  OptionalLong.of(Long.parseLong(words[2])),
                  line.getBytes(StandardCharsets.UTF_8),
                  "bad_price"));
      case "LIVE" -> into.notice(new FeedNotice.Live(new Symbol(words[1]), at));
      case "GONE" -> into.notice(new FeedNotice.NotLive(new Symbol(words[1]), at, words[2]));
      case "REFUSED" ->
          into.notice(new FeedNotice.Refused(Optional.of(new Symbol(words[1])), words[2]));
      case "REFUSED-ALL" -> into.notice(new FeedNotice.Refused(Optional.empty(), words[1]));
      case "HEAD" ->
          into.notice(new FeedNotice.Head(new Symbol(words[1]), Long.parseLong(words[2]), at));
      case "LIMIT" ->
          into.notice(new FeedNotice.RateLimited(Duration.ofSeconds(Long.parseLong(words[1]))));
      case "OFFSET" ->
          into.notice(new FeedNotice.ClockOffset(Duration.ofMillis(Long.parseLong(words[1]))));
      case "ENDING" -> closesSoon = true;
      default -> throw new IllegalArgumentException("not a word: " + words[0]);
    }
  }

  private Tick trade(Symbol symbol, long id, long at) {
    double price = 100 + id;
    return new Tick(
        provider(), MarketEvent.LIVE, symbol, at, id, price, 1, Tick.ABSENT, Tick.ABSENT, at);
  }

  @Override
  public boolean isEnding(Frame frame) {
    return closesSoon;
  }

  @Override
  public VenueLimits limits() {
    return limits;
  }
}
