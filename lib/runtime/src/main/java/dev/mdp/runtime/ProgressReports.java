package dev.mdp.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is reported of jobs while they run: every few seconds to the database and to systemd, once
/// a minute to the log. One thread.
final class ProgressReports {
  private static final Logger LOG = LoggerFactory.getLogger("dev.mdp.worker");
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration RATES = Duration.ofMinutes(1);

  private final WorkerContext context;
  private final List<Job> jobs;
  private final WorkerHealth health;
  private final Systemd systemd;
  private final Heartbeat heartbeat;
  private final Rates perMinute;
  private final Rates perHeartbeat;
  private Instant nextHeartbeat;
  private Instant nextRates;

  ProgressReports(WorkerContext context, List<Job> jobs, WorkerHealth health, Systemd systemd) {
    this.context = context;
    this.jobs = jobs;
    this.health = health;
    this.systemd = systemd;
    this.heartbeat = new Heartbeat(context, jobs);
    Instant now = context.clock().instant();
    this.perMinute = new Rates(context.meters(), now);
    this.perHeartbeat = new Rates(context.meters(), now);
    this.nextHeartbeat = now.plus(HEARTBEAT);
    this.nextRates = now.plus(RATES);
  }

  /// Reports what is due by now.
  void report(Instant now) {
    if (!now.isBefore(nextHeartbeat)) {
      nextHeartbeat = now.plus(HEARTBEAT);
      beat(now);
    }
    if (!now.isBefore(nextRates)) {
      nextRates = now.plus(RATES);
      logRates(now);
    }
  }

  private void beat(Instant now) {
    if (health.movedSince(now.minus(HEARTBEAT))) {
      String rates = perHeartbeat.look(now).words();
      String status = ServiceStatus.line(context.health().notReady(), jobs, rates);
      systemd.tell("WATCHDOG=1\nSTATUS=" + status);
    }
    heartbeat.beat();
  }

  /// One line, for those who have only the log.
  private void logRates(Instant now) {
    context.rememberMet();
    Rates.Now rates = perMinute.look(now);
    LOG.atInfo()
        .addKeyValue("events_per_s", rounded(rates.events()))
        .addKeyValue("rows_per_s", rounded(rates.rows()))
        .addKeyValue("lag_ms", rates.lagMillis() < 0 ? "unknown" : rates.lagMillis())
        .log("{}", ServiceStatus.work(jobs));
  }

  private static String rounded(double rate) {
    return String.format(Locale.ROOT, "%.1f", rate);
  }
}
