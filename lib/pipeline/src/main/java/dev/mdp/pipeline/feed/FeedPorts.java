package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.feed.AskedGaps;
import dev.mdp.core.feed.FeedStore;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.StoredIds;
import dev.mdp.core.metrics.FeedMetrics;
import dev.mdp.pipeline.worker.Pause;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/// What a feed's worker works with.
///
/// @param asked holes that operators want to have asked for again
/// @param history where holes are filled from; empty for a venue without one
/// @param requests runs the requests to the venue's history, apart from the feed
public record FeedPorts(
    EventBus bus,
    FeedStore store,
    AskedGaps asked,
    StoredIds stored,
    LiveFeed feed,
    Optional<HistoryFeed> history,
    Executor requests,
    FeedMetrics metrics,
    InstantSource clock,
    Pause pause) {}
