package dev.mdp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A command line that README or the guide shows in a block of code.
///
/// @param place file and line
/// @param command without `mdp`
/// @param output the lines that follow, when there is a prompt before the command
public record GuideCommand(String place, String command, List<String> output) {
  private static final Pattern COMMAND =
      Pattern.compile("(?:^|[;&(] *)(?:\\./)?mdp ([a-z][^|;&>#)]*)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  public static List<GuideCommand> all() throws IOException {
    List<GuideCommand> all = new ArrayList<>();
    for (Path page : pages()) {
      boolean inCode = false;
      GuideCommand last = null;
      int number = 0;
      for (String line : Files.readAllLines(page)) {
        number++;
        if (line.startsWith("```")) {
          inCode = !inCode;
          last = null;
        } else if (inCode) {
          String place = Project.root().relativize(page) + ":" + number;
          boolean prompted = line.startsWith("$ ");
          List<GuideCommand> found = commands(place, prompted ? line.substring(2) : line);
          if (prompted) {
            last = found.isEmpty() ? null : found.getLast();
          } else if (last != null) {
            last.output().add(line);
            continue;
          }
          all.addAll(found);
        }
      }
    }
    return all;
  }

  private static List<GuideCommand> commands(String place, String line) {
    List<GuideCommand> found = new ArrayList<>();
    Matcher command = COMMAND.matcher(line);
    while (command.find()) {
      found.add(new GuideCommand(place, command.group(1), new ArrayList<>()));
    }
    return found;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Project.root().resolve("README.md")));
    try (Stream<Path> files = Files.list(Project.root().resolve("dist/docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  /// The command's words, as a shell would pass them.
  public List<String> words() {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return words;
  }

  /// The different shapes of lines: words as they are, whatever has a digit as `#`, without the
  /// width of columns.
  public static Set<String> shapes(Stream<String> texts) {
    return texts
        .flatMap(String::lines)
        .map(line -> line.strip().replaceAll("\\S*[0-9]\\S*", "#").replaceAll(" +", " "))
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
