package dev.mdp.store.database;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a URL's `options` say, as the server splits them: by white space that no backslash
/// precedes. Poolers refuse or drop this parameter, so the path is taken out of it and set like one
/// that `currentSchema` names.
///
/// @param path of the last `search_path` among them
/// @param rest the others, as they were written
record ServerOptions(@Nullable String path, String rest) {
  private static final Pattern WORD = Pattern.compile("(?:\\\\.|[^\\s\\\\])+", Pattern.DOTALL);
  private static final Pattern PATH =
      Pattern.compile("(?:-c|--)search[_-]path=(.*)", Pattern.DOTALL);

  static ServerOptions parse(String options) {
    String path = null;
    List<String> rest = new ArrayList<>();
    Matcher words = WORD.matcher(options);
    while (words.find()) {
      String word = words.group();
      if (word.equals("-c") && words.find()) {
        word += words.group();
      }
      Matcher found = PATH.matcher(word.replaceAll("(?s)\\\\(.)", "$1"));
      if (found.matches()) {
        path = found.group(1);
      } else {
        rest.add(word);
      }
    }
    return new ServerOptions(path, String.join(" ", rest));
  }
}
