package dev.mdp.embedded;

/// What is to be done once: when it is closed, or else when this process ends. Thread-safe.
public final class Cleanup implements AutoCloseable {
  private final Runnable work;
  private final Thread hook;

  public Cleanup(Runnable work) {
    this.work = work;
    this.hook = Thread.ofPlatform().unstarted(work);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // the process is ending and the hook is running
    }
    work.run();
  }
}
