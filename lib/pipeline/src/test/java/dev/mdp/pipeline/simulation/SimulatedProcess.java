package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.metrics.PipelineMetrics;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.microbatch.MicroBatchPorts;
import dev.mdp.pipeline.microbatch.MicroBatchSettings;
import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import dev.mdp.pipeline.shards.LeaseAssignment;
import dev.mdp.pipeline.ticks.TickPorts;
import dev.mdp.pipeline.ticks.TickSettings;
import dev.mdp.pipeline.ticks.TickWorker;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.pipeline.worker.Worker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One start of one process: a micro-batch worker for every shard, and mostly a tick worker; none
/// once it has stopped.
///
/// @param index its place among the processes; what is started after it has the same
record SimulatedProcess(int index, List<Worker> workers) {
  static final Duration FLUSH_TIMEOUT = Duration.ofMillis(300);

  /// @param run the first of as many runs as it has workers
  /// @param sameName whether its tick consumer has the name of the one before
  static SimulatedProcess start(
      int index,
      World world,
      World.Ports ports,
      WindowSettings windows,
      long run,
      boolean sameName) {
    List<Worker> workers = new ArrayList<>();
    Plan plan = world.plan;
    String owner = "owner-" + run;
    ShardAssignment assignment =
        switch (plan.sharing()) {
          case FREE -> ShardAssignment.everything();
          case LEASES ->
              new LeaseAssignment(
                  ports.members(),
                  World.GROUP,
                  World.TOPIC,
                  owner,
                  plan.shards(),
                  Plan.LEASE,
                  world.clock);
          case GROUP -> world.group.join(index);
        };
    for (int shard = 0; shard < plan.shards(); shard++) {
      workers.add(microBatch(shard, owner, assignment, world, ports, windows, run + shard));
    }
    if (plan.ticks()) {
      String consumer = sameName ? "consumer-" + index : "consumer-" + index + "-" + run;
      workers.add(ticks(world, ports, consumer, windows, run + plan.shards()));
    }
    return new SimulatedProcess(index, workers);
  }

  /// A process that is not there.
  static SimulatedProcess stopped(int index) {
    return new SimulatedProcess(index, List.of());
  }

  /// Tells its workers to stop. What one holds that does not get so far is free when its lease has
  /// run out.
  void drain() {
    for (Worker worker : workers) {
      try {
        worker.drain();
      } catch (UnavailableException | Crash e) {
        // it is over anyway
      }
    }
  }

  private static Worker microBatch(
      int shard,
      String owner,
      ShardAssignment assignment,
      World world,
      World.Ports ports,
      WindowSettings windows,
      long run) {
    return new MicroBatchWorker(
        new MicroBatchSettings(
            World.key(shard),
            World.TICKS_GROUP,
            owner,
            world.plan.shards(),
            windows,
            (int) (1 + run * 7 % 19),
            world.plan.fixedTerms() ? FLUSH_TIMEOUT : Duration.ofMillis(100 + run * 37 % 1_200),
            Plan.LEASE,
            world.plan.trims() ? Duration.ofSeconds(1) : Duration.ofHours(24),
            false,
            run,
            !world.plan.fixedTerms()),
        new MicroBatchPorts(
            ports.bus(),
            ports.checkpoints(),
            world.repairs(),
            event -> event.toString().getBytes(StandardCharsets.UTF_8),
            PipelineMetrics.NONE,
            world.clock,
            _ -> {},
            new ConflictNotices(),
            assignment));
  }

  private static Worker ticks(
      World world, World.Ports ports, String consumer, WindowSettings windows, long run) {
    return new TickWorker(
        new TickSettings(
            World.TOPIC,
            World.TICKS_GROUP,
            consumer,
            world.plan.shards(),
            (int) (1 + run * 5 % 13),
            15,
            FLUSH_TIMEOUT,
            World.CLAIM_IDLE,
            world.plan.windows().maxFutureMicros(),
            false,
            run),
        new TickPorts(
            ports.bus(),
            ports.ticks(),
            ports.checkpoints(),
            event -> event.toString().getBytes(StandardCharsets.UTF_8),
            PipelineMetrics.NONE,
            world.clock,
            _ -> {}));
  }
}
