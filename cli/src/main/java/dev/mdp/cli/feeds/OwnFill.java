package dev.mdp.cli.feeds;

import dev.mdp.cli.run.WorkerContexts;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.ProducersConfig;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Symbol;
import dev.mdp.ops.fill.FillPlan;
import dev.mdp.runtime.FeedJobs;
import dev.mdp.runtime.Job;
import dev.mdp.runtime.JobRunner;
import dev.mdp.runtime.RunLimits;
import dev.mdp.runtime.WorkerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import picocli.CommandLine.Model.CommandSpec;

/// The part of a fill that no running process does: this one does it.
final class OwnFill {
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final CommandSpec spec;
  private final LoadedConfig loaded;
  private final Map<VenueConfig, SortedSet<Symbol>> venues;

  private OwnFill(
      CommandSpec spec, LoadedConfig loaded, Map<VenueConfig, SortedSet<Symbol>> venues) {
    this.spec = spec;
    this.loaded = loaded;
    this.venues = venues;
  }

  /// Throws [ConfigException] when the configuration does not know a provider whose holes no
  /// running process fills.
  static OwnFill of(CommandSpec spec, LoadedConfig loaded, FillPlan plan) {
    Map<VenueConfig, SortedSet<Symbol>> venues = new LinkedHashMap<>();
    plan.free().forEach((provider, symbols) -> venues.put(venue(loaded, provider), symbols));
    return new OwnFill(spec, loaded, venues);
  }

  private static VenueConfig venue(LoadedConfig loaded, String provider) {
    ProducersConfig producers = loaded.config().producers();
    if (producers.names().contains(provider)
        && producers.of(provider) instanceof VenueConfig venue) {
      return venue;
    }
    throw new ConfigException(
        "no process publishes %1$s, and %2$s does not say which venue that is: add producers.%1$s with its type, or start its producer"
            .formatted(provider, loaded.source()));
  }

  /// @param patience for how long it asks again for what a venue does not give at once
  void run(Duration patience) {
    if (venues.isEmpty()) {
      return;
    }
    try (WorkerContext context = WorkerContexts.openBeside(spec, loaded, "feeds-fill")) {
      List<Job> jobs = new ArrayList<>();
      venues.forEach((venue, symbols) ->
          jobs.add(FeedJobs.fill(context, venue, List.copyOf(symbols), patience).job()));
      new JobRunner(context, new RunLimits(Optional.empty(), DRAIN, Duration.ZERO), jobs, () -> {})
          .run();
    }
  }
}
