package dev.mdp.testkit;

import java.util.function.Supplier;

/// A server for tests whose class only a Maven profile compiles.
public final class ProfileServer {
  private ProfileServer() {}

  /// Starts it; returns its address.
  ///
  /// @param className of a public [Supplier] of the address
  public static String start(String className) {
    try {
      return (String)
          Class.forName(className).asSubclass(Supplier.class).getConstructor().newInstance().get();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
