package dev.mdp.providers.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Finds the addresses of a host. Thread-safe.
interface Resolver {
  /// All of them, the one that the JDK takes first; at least one.
  List<InetAddress> all(String host) throws UnknownHostException;

  /// This machine's.
  static Resolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }

  /// Those that are left when the first one did not work, the other family's first: where one
  /// family is not routed, all of its addresses are dead.
  static List<InetAddress> others(List<InetAddress> all) {
    boolean four = all.getFirst() instanceof Inet4Address;
    List<InetAddress> others = new ArrayList<>();
    for (boolean same : new boolean[] {false, true}) {
      all.stream()
          .skip(1)
          .filter(address -> (address instanceof Inet4Address == four) == same)
          .forEach(others::add);
    }
    return others;
  }
}
