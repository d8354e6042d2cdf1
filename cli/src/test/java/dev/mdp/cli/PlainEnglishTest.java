package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Turns of phrase that never read well in English, in the comments and texts of all main sources.
class PlainEnglishTest {
  private static final Map<Pattern, String> INSTEAD =
      Map.of(
          Pattern.compile("\\banew\\b"),
          "again, from scratch",
          Pattern.compile("\\b([Gg]oes|[Gg]o|[Gg]oing|[Ww]ent) on\\b(?! \\w+ing)"),
          "continues",
          Pattern.compile("\\b[Aa]nswers (whether|how|what|which|the|true|its|when|where)\\b"),
          "returns",
          Pattern.compile("(?<!['`\"])\\b([Nn]obody|[Ss]omebody|[Aa]nybody|[Ww]hoever)\\b"),
          "no one, another process, the caller",
          Pattern.compile("\\bof (its|their|his|our) own\\b(?! accord)"),
          "its own, separate",
          Pattern.compile("\\b[Ss]o many\\b(?! that)"),
          "at most N, this many",
          Pattern.compile("\\bletters this young\\b"),
          "dead letters newer than",
          Pattern.compile(
              "\\b(is|was) no (time|speed|duration|number|file|event|provider|symbol)\\b"),
          "is not a …",
          Pattern.compile("\\ball the same\\b"),
          "anyway");

  @Test
  void noPhraseReadsOddly() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      int number = 0;
      for (String line : Files.readAllLines(source)) {
        number++;
        for (Map.Entry<Pattern, String> phrase : INSTEAD.entrySet()) {
          if (phrase.getKey().matcher(line).find()) {
            found.add(
                "%s:%d: %s (write: %s)"
                    .formatted(source.getFileName(), number, line.strip(), phrase.getValue()));
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    Path root = Project.root();
    List<Path> sources = new ArrayList<>();
    List<Path> modules = new ArrayList<>(List.of(root.resolve("cli")));
    try (Stream<Path> all = Files.list(root.resolve("lib"))) {
      all.forEach(modules::add);
    }
    for (Path module : modules) {
      Path main = module.resolve("src/main/java");
      if (Files.exists(main)) {
        try (Stream<Path> files = Files.walk(main)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    assertThat(sources).hasSizeGreaterThan(400);
    return sources;
  }
}
