package dev.mdp.runtime;

import dev.mdp.config.ProviderConfig;
import dev.mdp.config.SyntheticConfig;
import dev.mdp.config.VenueConfig;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A provider of live events that is ready to run.
///
/// @param sent live events so far
/// @param words what is told of it at the end
/// @param passedOver what was not sent, in words; empty when there is nothing to tell
public record Producer(
    String name, Job job, LongSupplier sent, Supplier<String> words, Supplier<String> passedOver) {

  /// Begins its job run. Throws [dev.mdp.core.error.ConfigException] when it cannot work as it is
  /// configured.
  ///
  /// @param overrides what the command line says
  public static Producer start(
      WorkerContext context, ProviderConfig config, LiveSource.Overrides overrides) {
    return switch (config) {
      case SyntheticConfig synthetic -> {
        LiveSource source = SourceFactory.synthetic(synthetic, overrides, context.clock());
        ProduceJobs.Live live = ProduceJobs.live(context, source);
        yield new Producer(
            config.name(),
            live.job(),
            live.worker()::total,
            () -> "sent %d   %s".formatted(live.worker().total(), source.skippedWords().get()),
            () -> "");
      }
      case VenueConfig venue -> {
        FeedJobs.Live live =
            FeedJobs.live(
                context, venue, overrides.symbols(), overrides.limit().orElse(Long.MAX_VALUE));
        yield new Producer(
            config.name(), live.job(), live.worker().tally()::published, live::words, live::words);
      }
    };
  }
}
