package dev.mdp.bench.nemesis;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the oracle found.
///
/// @param caughtUp whether all consumers reached the log's end after everything was healed
/// @param feeds where live feeds are the source
/// @param surprises processes that ended as no one wanted
/// @param poisonLost markers of poison that no one told of
record NemesisVerdict(
    boolean caughtUp,
    SentEventsAudit events,
    BarCheck bars,
    Ledgers ledgers,
    Versions versions,
    Takeovers takeovers,
    Optional<FeedAudit> feeds,
    int poisonSent,
    List<String> poisonLost,
    List<String> surprises) {

  boolean good() {
    return caughtUp
        && events.good()
        && events.found() > 0
        && bars.wrong() == 0
        && bars.checked() > 0
        && ledgers.good()
        && feeds.map(FeedAudit::good).orElse(true)
        && versions.wentBack().isEmpty()
        && poisonLost.isEmpty()
        && surprises.isEmpty();
  }

  void print(PrintStream out, Map<String, Long> letters, Map<String, Integer> ends) {
    out.printf(
        "events       sent %,d, found %,d; dead letters of wrong clocks %,d; destroyed with the log %,d; lost in Redis's last seconds %,d; lost otherwise %,d; never sent but stored %,d%n",
        events.acknowledged(),
        events.found(),
        events.future(),
        events.destroyed(),
        events.inWindow(),
        events.lost(),
        events.unknown());
    out.printf(
        "bars         checked %,d, wrong %,d; equal but for sealed dead letters %,d, but for Redis's last seconds or entries destroyed unread %,d; given up by the checkpoint after a loss %,d%n",
        bars.checked(), bars.wrong(), bars.late(), bars.cut(), bars.givenUp());
    feeds.ifPresent(each -> each.print(out));
    out.printf("poison       sent %,d, without a dead letter %,d%n", poisonSent, poisonLost.size());
    out.printf(
        "ledgers      checked %,d, that do not add up %,d; entries counted over all micro-batch workers %,d%s%n",
        ledgers.checked(),
        ledgers.unbalanced(),
        ledgers.counted(),
        ledgers.entries().isPresent()
            ? String.format(Locale.ROOT, " of %,d", ledgers.entries().getAsLong())
            : "");
    out.printf(
        "checkpoints  versions %,d, that went back %,d%n",
        versions.count(), versions.wentBack().size());
    out.printf(
        "takeover     %,d, p50 %s, p95 %s, largest %s (lease %.1f s)%n",
        takeovers.millis().size(),
        takeovers.percentile(50),
        takeovers.percentile(95),
        takeovers.percentile(100),
        TestBed.LEASE_MILLIS / 1_000.0);
    out.println("dead letters " + letters);
    out.println("ends         " + ends + ", unexpected " + surprises.size());
    if (!caughtUp) {
      out.println("FOUND: the consumers did not reach the log's end after everything was healed");
    }
    findings().forEach(finding -> out.println("FOUND: " + finding));
    out.println("verdict      " + (good() ? "good" : "BAD"));
    out.flush();
  }

  private List<String> findings() {
    List<String> all = new ArrayList<>(events.samples());
    all.addAll(bars.samples());
    feeds.ifPresent(each -> all.addAll(each.findings()));
    all.addAll(versions.wentBack().subList(0, Math.min(10, versions.wentBack().size())));
    poisonLost.forEach(marker -> all.add("no dead letter of poison " + marker));
    all.addAll(surprises);
    return all;
  }
}
