package dev.mdp.cli.shell;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/// How wide the terminal is.
public final class Terminal {
  private static final int USUAL = 80;

  /// TIOCGWINSZ: rows and columns as two unsigned shorts, and two more that no one needs.
  private static final long GET_SIZE = 0x5413;

  private Terminal() {}

  /// COLUMNS, or what the terminal says; 0 when stdout is not a terminal, where nothing is cut.
  static int width(Host host) {
    int columns = columns(host);
    return columns > 0 ? columns : host.stdoutTerminal() ? ask(1).orElse(USUAL) : 0;
  }

  /// The same for stderr; the caller knows that it is a terminal. What the terminal says now counts
  /// more than COLUMNS, which is what it was at the start.
  public static int widthOfErr(Host host) {
    int columns = columns(host);
    return ask(2).orElse(columns > 0 ? columns : USUAL);
  }

  private static int columns(Host host) {
    String columns = host.variable("COLUMNS");
    return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : 0;
  }

  /// Asks the kernel: cheap enough to ask each time.
  private static OptionalInt ask(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(4 * Short.BYTES, Short.BYTES);
      int result = (int) Ioctl.HANDLE.invokeExact(descriptor, GET_SIZE, size);
      int columns = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, Short.BYTES));
      return result == 0 && columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) {
        throw error;
      }
      return OptionalInt.empty();
    }
  }

  /// Looked up when it is first asked for.
  private static final class Ioctl {
    static final MethodHandle HANDLE =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().find("ioctl").orElseThrow(),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
  }
}
