package dev.mdp.bench;

/// Time and processor time from its construction on. One use.
final class Stopwatch {
  private final Rig rig;
  private final long pid;
  private final Cpu.Times before;
  private final long begun;

  /// @param pid the process that works with the database
  Stopwatch(Rig rig, long pid) {
    this.rig = rig;
    this.pid = pid;
    this.before = Cpu.Times.now(pid, rig.redisPid(), rig.postgresPid());
    this.begun = System.nanoTime();
  }

  /// Adds rows a second to the series.
  void stop(BenchSeries series, long rows) {
    long nanos = System.nanoTime() - begun;
    Cpu.Times used = Cpu.Times.now(pid, rig.redisPid(), rig.postgresPid()).minus(before);
    series.add(rows * 1e9 / nanos, used, rows);
  }
}
