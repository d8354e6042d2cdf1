package dev.mdp.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Tells systemd how the service is, as sd_notify(3) describes: a datagram to the socket in
/// `NOTIFY_SOCKET`. Does nothing without it, and nothing when the datagram cannot be sent: the
/// service is not worse for that. Thread-safe.
final class Systemd {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int ADDRESS_SIZE = 110;
  private static final int PATH_OFFSET = 2;

  private final String socket;

  Systemd(Map<String, String> environment) {
    this.socket = environment.getOrDefault("NOTIFY_SOCKET", "");
  }

  boolean isListening() {
    return !socket.isEmpty() && socket.length() < ADDRESS_SIZE - PATH_OFFSET;
  }

  /// E.g. `READY=1`, `STATUS=3 ticks/s`, `WATCHDOG=1`, `STOPPING=1`.
  void tell(String state) {
    if (!isListening()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) call("socket", 3).invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
      if (descriptor < 0) {
        return;
      }
      byte[] text = state.getBytes(StandardCharsets.UTF_8);
      MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, text);
      byte[] path = socket.getBytes(StandardCharsets.UTF_8);
      long _ =
          (long)
              sendto()
                  .invokeExact(
                      descriptor,
                      message,
                      (long) text.length,
                      0,
                      address(arena, path),
                      PATH_OFFSET + path.length);
      int _ = (int) call("close", 1).invokeExact(descriptor);
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) {
        throw error;
      }
    }
  }

  /// A `sockaddr_un`; a leading `@` stands for the zero byte of an abstract name.
  private static MemorySegment address(Arena arena, byte[] path) {
    MemorySegment address = arena.allocate(ADDRESS_SIZE, 2);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    for (int i = 0; i < path.length; i++) {
      byte b = i == 0 && path[0] == '@' ? 0 : path[i];
      address.set(ValueLayout.JAVA_BYTE, PATH_OFFSET + (long) i, b);
    }
    return address;
  }

  private static MethodHandle sendto() {
    return handle(
        "sendto",
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT));
  }

  /// A function of this many ints that returns an int.
  private static MethodHandle call(String name, int arguments) {
    ValueLayout.OfInt[] ints = new ValueLayout.OfInt[arguments];
    java.util.Arrays.fill(ints, ValueLayout.JAVA_INT);
    return handle(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, ints));
  }

  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
  }
}
