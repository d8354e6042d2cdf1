package dev.mdp.embedded.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The file in a broker's folder with the id of the process that was started there last.
record BrokerPidFile(Path folder) {
  void write(long pid) throws IOException {
    Files.writeString(file(), Long.toString(pid));
  }

  /// The broker that a crashed process left behind in this folder. A process id alone may belong to
  /// anyone by now: it must be a broker whose working directory is that very folder.
  Optional<ProcessHandle> stale() throws IOException {
    if (!Files.isReadable(file())) {
      return Optional.empty();
    }
    String text = Files.readString(file()).strip();
    return text.matches("[0-9]{1,9}")
        ? ProcessHandle.of(Long.parseLong(text)).filter(this::isBroker)
        : Optional.empty();
  }

  private Path file() {
    return folder.resolve("kafka.pid");
  }

  private boolean isBroker(ProcessHandle process) {
    Path entry = Path.of("/proc", Long.toString(process.pid()));
    try {
      return entry.resolve("cwd").toRealPath().equals(folder.toRealPath())
          && Files.readString(entry.resolve("cmdline")).contains(BrokerChild.MAIN);
    } catch (IOException _) {
      return false;
    }
  }
}
