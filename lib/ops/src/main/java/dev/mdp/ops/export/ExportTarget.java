package dev.mdp.ops.export;

import java.io.IOException;
import java.nio.channels.FileChannel;

/// What an export's bytes are written to. One thread.
sealed interface ExportTarget permits PartFile, WrittenThrough {
  FileChannel channel();

  /// Everything has been written: makes it visible and durable as far as the target allows.
  void commit() throws IOException;

  /// Closes it; without a commit before, what can be undone is undone.
  void close() throws IOException;
}
