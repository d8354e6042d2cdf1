package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.cli.shell.CommandEntry;
import dev.mdp.cli.shell.ExitCodes;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guides say what the program does. What can be generated from the code is: with
/// `-Dmdp.docs.write=true` the test writes it instead of comparing.
class DocsTest {
  private static final Path ROOT = Project.root();
  private static final int LONGEST_LINE = 160;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern METRIC =
      Pattern.compile("(?:add|set|time|observe)\\(\\s*\"([a-z_]+)\"");

  @TempDir private Path empty;

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!link.group(1).startsWith("http") && !isThere(page, link.group(1))) {
          dead.add(ROOT.relativize(page) + ": " + link.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  /// A row of a table is one line whatever it holds, and so is a command with its output.
  @Test
  void noLineOfProseIsLong() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path page : pages()) {
      boolean inCode = false;
      int number = 0;
      for (String line : Files.readAllLines(page)) {
        number++;
        inCode ^= line.startsWith("```");
        if (!inCode && !line.startsWith("|") && line.length() > LONGEST_LINE) {
          tooLong.add(ROOT.relativize(page) + ":" + number);
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(250);
  }

  @Test
  void everyCommandIsInTheGuide() throws IOException {
    List<String> rows = new ArrayList<>(List.of("| command | what it does |", "|---|---|"));
    CommandTree.entries().forEach(entry -> addRows(rows, "mdp", entry));
    requireGenerated("dist/docs/commands.md", "commands", rows);
  }

  @Test
  void everyKeyIsInTheGuide() throws IOException {
    Run show = Run.in(empty, Map.of(), "config", "show", "-o", "csv");
    assertThat(show.code()).isZero();
    List<String> rows = new ArrayList<>(List.of("| key | default |", "|---|---|"));
    show.out()
        .lines()
        .skip(1)
        .map(line -> line.split(",", 2))
        .filter(pair -> !pair[0].startsWith("features.windows["))
        .map(pair -> "| `" + pair[0] + "` | " + value(pair[1]) + " |")
        .forEach(rows::add);
    requireGenerated("dist/docs/configuration.md", "keys", rows);
  }

  @Test
  void everyMetricIsInTheGuide() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> meters =
        Files.list(ROOT.resolve("lib/core/src/main/java/dev/mdp/core/metrics"))) {
      for (Path file : meters.filter(each -> each.toString().endsWith("Metrics.java")).toList()) {
        Matcher metric = METRIC.matcher(Files.readString(file));
        while (metric.find()) {
          names.add(metric.group(1));
        }
      }
    }
    String guide = Files.readString(ROOT.resolve("dist/docs/metrics.md"));
    assertThat(names).hasSizeGreaterThan(20).allMatch(guide::contains);
  }

  @Test
  void everyExitCodeIsInTheGuide() throws IOException {
    String guide = Files.readString(ROOT.resolve("dist/docs/commands.md"));
    for (int code : codes()) {
      assertThat(guide).contains("| " + code + " |");
    }
  }

  private static void addRows(List<String> rows, String parent, CommandEntry entry) {
    String path = parent + " " + entry.name();
    if (entry.children().isEmpty()) {
      rows.add("| `" + path + "` | " + entry.summary().replace("|", "\\|") + " |");
    }
    entry.children().forEach(child -> addRows(rows, path, child));
  }

  private static String value(String csv) {
    String text =
        csv.startsWith("\"") ? csv.substring(1, csv.length() - 1).replace("\"\"", "\"") : csv;
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static int[] codes() {
    return Arrays.stream(ExitCodes.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .mapToInt(field -> {
          try {
            return field.getInt(null);
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        })
        .toArray();
  }

  /// Compares, or writes, what is between the two comments that mark it.
  private static void requireGenerated(String page, String what, List<String> rows)
      throws IOException {
    Path file = ROOT.resolve(page);
    String text = Files.readString(file);
    String begin = "<!-- " + what + ": generated by DocsTest -->\n";
    int from = text.indexOf(begin) + begin.length();
    int until = text.indexOf("<!-- end of " + what + " -->");
    assertThat(text).contains(begin);
    String expected = "\n" + String.join("\n", rows) + "\n\n";
    if (Boolean.getBoolean("mdp.docs.write")) {
      Files.writeString(file, text.substring(0, from) + expected + text.substring(until));
    } else {
      assertThat(text.substring(from, until))
          .as("%s: run this test with -Dmdp.docs.write=true", page)
          .isEqualTo(expected);
    }
  }

  private static boolean isThere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1 || headings(target).contains(parts[1]);
  }

  /// As a forge makes anchors of them.
  private static Set<String> headings(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.matches("#{1,4} .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "dist/docs", "lib", "lib/decisions")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    assertThat(pages).hasSizeGreaterThan(20);
    return pages;
  }
}
