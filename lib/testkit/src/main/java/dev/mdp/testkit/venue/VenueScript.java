package dev.mdp.testkit.venue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Everything that a venue does wrong, and when. Immutable: each method returns a changed copy.
///
/// @param seed of the choices that are left to chance
/// @param clockAhead how far the venue's clock is ahead of ours; negative: behind
/// @param faults what happens once a trade has been streamed
public record VenueScript(
    long seed,
    Duration clockAhead,
    LifeScript life,
    StreamScript stream,
    WireScript wire,
    RestScript rest,
    List<Planned> faults) {
  public VenueScript {
    faults = List.copyOf(faults);
  }

  /// A fault that comes when this trade, or the first one after it, has gone by on a connection. It
  /// comes once, to the connection that is first.
  public record Planned(String symbol, long id, Fault fault) {}

  /// A venue that does as its documentation says.
  public static VenueScript calm() {
    return new VenueScript(
        1,
        Duration.ZERO,
        LifeScript.DOCUMENTED,
        StreamScript.CALM,
        WireScript.PLAIN,
        RestScript.CALM,
        List.of());
  }

  public VenueScript seeded(long other) {
    return new VenueScript(other, clockAhead, life, stream, wire, rest, faults);
  }

  public VenueScript clock(Duration ahead) {
    return new VenueScript(seed, ahead, life, stream, wire, rest, faults);
  }

  public VenueScript life(UnaryOperator<LifeScript> change) {
    return new VenueScript(seed, clockAhead, change.apply(life), stream, wire, rest, faults);
  }

  public VenueScript stream(UnaryOperator<StreamScript> change) {
    return new VenueScript(seed, clockAhead, life, change.apply(stream), wire, rest, faults);
  }

  public VenueScript wire(UnaryOperator<WireScript> change) {
    return new VenueScript(seed, clockAhead, life, stream, change.apply(wire), rest, faults);
  }

  public VenueScript rest(UnaryOperator<RestScript> change) {
    return new VenueScript(seed, clockAhead, life, stream, wire, change.apply(rest), faults);
  }

  /// Plans a fault for when this trade has gone by.
  public VenueScript at(String symbol, long id, Fault fault) {
    List<Planned> more = new ArrayList<>(faults);
    more.add(new Planned(symbol, id, fault));
    return new VenueScript(seed, clockAhead, life, stream, wire, rest, more);
  }
}
