package dev.mdp.store;

import dev.mdp.core.metrics.StoreMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what the store counted, in words.
public final class RecordingMetrics implements StoreMetrics {
  private final List<String> counted = new CopyOnWriteArrayList<>();

  public List<String> counted() {
    return List.copyOf(counted);
  }

  @Override
  public void storeWrite(String table, Duration took, long inserted, long updated, long unchanged) {
    counted.add(table + " " + inserted + " " + updated + " " + unchanged);
  }

  @Override
  public void barsWritten(String method, String status, long bars, Duration took) {
    counted.add(method + " " + status + " " + bars);
  }

  @Override
  public void jobRun(String jobName, String provider, String mode, String status) {
    counted.add(jobName + " " + provider + " " + mode + " " + status);
  }
}
