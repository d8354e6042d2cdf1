package dev.mdp.runtime;

import dev.mdp.pipeline.worker.Worker;
import java.util.List;

/// How a service is, in one line for people.
final class ServiceStatus {
  private ServiceStatus() {}

  /// @param notReady what does not answer
  /// @param rates what is done now
  static String line(List<String> notReady, List<Job> jobs, String rates) {
    String line =
        notReady.isEmpty() ? work(jobs) + "; " + rates : "waiting: " + String.join("; ", notReady);
    // The protocol takes a line's end for the end of the value.
    return line.replaceAll("\\p{Cntrl}+", " ");
  }

  /// Whether the workers work or stand by for another process.
  static String work(List<Job> jobs) {
    List<Worker> workers = jobs.stream().flatMap(job -> job.workers().stream()).toList();
    List<String> waiting = workers.stream().filter(Worker::isStandingBy).map(Worker::name).toList();
    if (waiting.isEmpty()) {
      return "at work";
    }
    String others = "another process owns the shard of " + String.join(", ", waiting);
    return waiting.size() == workers.size()
        ? "standing by: " + others
        : "at work, standing by in part: " + others;
  }
}
