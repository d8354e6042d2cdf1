package dev.mdp.cli.conf;

import dev.mdp.config.DatasetConfig;
import dev.mdp.config.DatasetPath;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.Problems;
import dev.mdp.providers.dataset.FilePatterns;
import dev.mdp.runtime.Datasets;
import dev.mdp.runtime.SourceFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Looks for the files that the datasets of a configuration name.
final class ConfiguredDatasets {
  private ConfiguredDatasets() {}

  /// What to tell of them. Throws [DataException] with every file that is not there, at the place
  /// that names it.
  ///
  /// @param sound whether the configuration is right, so that its datasets can be understood
  static String check(LoadedConfig loaded, boolean sound, Path directory, Instant now) {
    Problems problems = new Problems();
    List<String> told = new ArrayList<>();
    for (DatasetConfig dataset : loaded.config().datasets().values()) {
      int before = problems.messages().size();
      int files = 0;
      for (DatasetPath path : dataset.paths()) {
        files += files(path, dataset, directory, problems);
      }
      if (sound && problems.messages().size() == before && !dataset.paths().isEmpty()) {
        checkTogether(dataset, directory, now, problems);
        told.add(
            dataset.name()
                + " "
                + files
                + (files == 1 ? " file" : " files")
                + (Datasets.hashedSeq(dataset) ? " (seq hashed)" : ""));
      }
    }
    problems.throwIfAny(DataException::new);
    return told.isEmpty() ? "no files" : String.join(", ", told);
  }

  private static int files(
      DatasetPath path, DatasetConfig dataset, Path directory, Problems problems) {
    try {
      return FilePatterns.readableFiles(directory, path.text()).size();
    } catch (MdpException e) {
      problems.add(
          path.place(), "datasets." + dataset.name() + ".path: " + String.valueOf(e.getMessage()));
      return 0;
    }
  }

  /// The same file twice, and what else only all of it shows.
  private static void checkTogether(
      DatasetConfig dataset, Path directory, Instant now, Problems problems) {
    try {
      SourceFactory.files(dataset, directory, now);
    } catch (MdpException e) {
      String.valueOf(e.getMessage())
          .lines()
          .forEach(line -> problems.add(dataset.paths().getFirst().place(), line));
    }
  }
}
