package dev.mdp.runtime;

import dev.mdp.core.error.MdpException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the database that the runs are alive, and asks both servers whether they answer. On a
/// thread apart: a server that is frozen must not keep the run from ending when its time is over.
final class Heartbeat {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final WorkerContext context;
  private final List<Job> jobs;
  private final AtomicBoolean underWay = new AtomicBoolean();

  Heartbeat(WorkerContext context, List<Job> jobs) {
    this.context = context;
    this.jobs = jobs;
  }

  /// Begins one and returns; does nothing while the last one still waits for an answer.
  void beat() {
    if (underWay.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("heartbeat")
          .start(() -> {
            try {
              askServers();
            } finally {
              underWay.set(false);
            }
          });
    }
  }

  private void askServers() {
    try {
      for (Job job : jobs) {
        context.store().jobRuns().heartbeat(job.run());
      }
      context.health().ready("database", true, "");
      context.bus().ping();
      context.health().ready("bus", true, "");
      context.health().ready("server", true, "");
    } catch (MdpException e) {
      context.health().ready("server", false, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.debug("no heartbeat; the run may be over", e);
    }
  }
}
