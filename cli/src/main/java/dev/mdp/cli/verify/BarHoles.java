package dev.mdp.cli.verify;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.GapState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The holes of live feeds under bars: ids whose trades a bar lacks, or lacked when it was written.
/// One thread.
final class BarHoles {
  private static final int UNDER_ONE_BAR = 10;
  private static final int LOOKED_AT = 10_000;
  private static final int NAMED = 20;

  private final FeedReader feeds;
  private final AuditScope scope;

  /// Whether a series has any hole.
  private final Map<Series, Boolean> known = new HashMap<>();

  private record Series(String provider, String symbol) {}

  BarHoles(FeedReader feeds, AuditScope scope) {
    this.feeds = feeds;
    this.scope = scope;
  }

  /// Those that touch the bar's window, but for those that the venue itself does not have.
  List<FeedReader.Gap> under(Bar bar) {
    Series series = new Series(bar.provider(), bar.symbol().value());
    if (!known.computeIfAbsent(series, this::hasAny)) {
      return List.of();
    }
    return feeds.gaps(query(series, bar.startMicros(), bar.endMicros(), UNDER_ONE_BAR)).stream()
        .filter(each -> each.gap().state() != GapState.VOID)
        .toList();
  }

  private boolean hasAny(Series series) {
    return !feeds.gaps(query(series, Micros.MIN, Micros.MAX, 1)).isEmpty();
  }

  private static FeedReader.Query query(Series series, long from, long to, int limit) {
    return new FeedReader.Query(
        Optional.of(series.provider()),
        Optional.of(series.symbol()),
        Optional.of(Micros.instant(from)),
        Optional.of(Micros.instant(to)),
        false,
        limit);
  }

  /// Those in the range of the scope whose trades no bar has.
  List<FeedReader.Gap> inScope() {
    List<Optional<String>> symbols = new ArrayList<>();
    scope.symbols().stream().map(Symbol::value).map(Optional::of).forEach(symbols::add);
    List<FeedReader.Gap> all = new ArrayList<>();
    for (Optional<String> symbol :
        symbols.isEmpty() ? List.of(Optional.<String>empty()) : symbols) {
      FeedReader.Query query =
          new FeedReader.Query(
              scope.provider(),
              symbol,
              Optional.of(Micros.instant(scope.fromMicros())),
              Optional.of(Micros.instant(scope.toMicros())),
              false,
              LOOKED_AT);
      feeds.gaps(query).stream().filter(each -> lacks(each.gap().state())).forEach(all::add);
    }
    return all;
  }

  private static boolean lacks(GapState state) {
    return state != GapState.VOID && state != GapState.FILLED;
  }

  /// A line for each of the first of them.
  static List<String> lines(List<FeedReader.Gap> holes) {
    List<String> lines = new ArrayList<>();
    holes.stream()
        .limit(NAMED)
        .forEach(each ->
            lines.add(
                "hole %s: no bar of %s %s has its trades, between %s and %s"
                    .formatted(
                        text(each),
                        each.provider(),
                        each.gap().symbol(),
                        Micros.instant(each.gap().below().micros()),
                        Micros.instant(each.gap().above().micros()))));
    if (holes.size() > NAMED) {
      lines.add("… and %d holes more; mdp feeds gaps lists them".formatted(holes.size() - NAMED));
    }
    return lines;
  }

  /// `17 open, ids 10–12`
  static String text(FeedReader.Gap hole) {
    return "%d %s, ids %s".formatted(hole.id(), hole.gap().state().word(), hole.gap().ids());
  }

  static List<Map<String, @Nullable Object>> objects(List<FeedReader.Gap> holes) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (FeedReader.Gap each : holes) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      object.put("id", each.id());
      object.put("provider", each.provider());
      object.put("symbol", each.gap().symbol().value());
      object.put("epoch", each.gap().epoch());
      object.put("id_from", each.gap().ids().first());
      object.put("id_to", each.gap().ids().last());
      object.put("state", each.gap().state().word());
      object.put("reason", each.gap().reason());
      objects.add(object);
    }
    return objects;
  }
}
