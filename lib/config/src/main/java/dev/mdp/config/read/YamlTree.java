package dev.mdp.config.read;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Parses one YAML document into entries with places. Never constructs objects; size, depth and
/// aliases are bounded.
final class YamlTree {
  static final int MAX_CHARACTERS = 1 << 20;
  private static final int MAX_NODES = 20_000;
  private static final int MAX_DEPTH = 32;

  private final String source;
  private final ConfigProblems problems;
  private int nodes;

  private YamlTree(String source, ConfigProblems problems) {
    this.source = source;
    this.problems = problems;
  }

  /// The document's root; empty when it is empty or has a problem that prevents reading.
  ///
  /// @param listKey the key whose value a list is that is the whole document
  static Entry.Mapping parse(
      String source, String text, Optional<String> listKey, ConfigProblems problems) {
    return new YamlTree(source, problems).root(text, listKey);
  }

  private Entry.Mapping root(String text, Optional<String> listKey) {
    Entry.Mapping nothing = Entry.Mapping.empty(new Place(source, 1, 1));
    try {
      Node root = new Yaml(options()).compose(new StringReader(text));
      if (root == null || isNull(root)) {
        return nothing;
      }
      Entry whole = entry(root, 0);
      if (whole instanceof Entry.Mapping mapping) {
        return mapping;
      }
      if (listKey.isPresent() && whole instanceof Entry.Sequence list) {
        Entry.Member member = new Entry.Member(list.place(), list);
        return new Entry.Mapping(list.place(), Map.of(listKey.get(), member));
      }
      problems.add(place(root), "want keys and values (key: value), was " + word(root));
    } catch (TooLarge e) {
      problems.add(nothing.place(), String.valueOf(e.getMessage()));
    } catch (MarkedYAMLException e) {
      problems.add(place(e.getProblemMark()), "not YAML: " + problem(e) + hint(e));
    } catch (YAMLException e) {
      problems.add(nothing.place(), "not YAML: " + e.getMessage());
    }
    return nothing;
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(20);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(MAX_CHARACTERS);
    return options;
  }

  private Entry entry(Node node, int depth) {
    if (depth > MAX_DEPTH) {
      throw new TooLarge("values nested deeper than " + MAX_DEPTH + ", or an alias of itself");
    }
    if (++nodes > MAX_NODES) {
      throw new TooLarge("more than " + MAX_NODES + " values after expanding aliases");
    }
    return switch (node) {
      case ScalarNode scalar ->
          new Entry.Scalar(
              place(scalar),
              scalar.getValue(),
              kind(scalar),
              scalar.getScalarStyle() != ScalarStyle.PLAIN);
      case SequenceNode sequence -> {
        List<Entry> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(entry(item, depth + 1));
        }
        yield new Entry.Sequence(place(sequence), items);
      }
      case MappingNode mapping -> mapping(mapping, depth);
      default -> throw new TooLarge("a value that is its own alias");
    };
  }

  private Entry.Mapping mapping(MappingNode mapping, int depth) {
    Map<String, Entry.Member> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place keyPlace = place(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(keyPlace, "a key must be a single word");
        continue;
      }
      if (key.getTag().equals(Tag.MERGE)) {
        problems.add(keyPlace, "merge keys (<<) are not supported: write the keys out");
        continue;
      }
      Entry.Member member = new Entry.Member(keyPlace, entry(tuple.getValueNode(), depth + 1));
      Entry.Member first = members.putIfAbsent(key.getValue(), member);
      if (first != null) {
        problems.add(
            keyPlace,
            "duplicate key "
                + (Redaction.isName(key.getValue()) ? "'" + key.getValue() + "' " : "")
                + "(first in line "
                + first.keyPlace().line()
                + ")");
      }
    }
    return new Entry.Mapping(place(mapping), members);
  }

  private static Entry.Kind kind(ScalarNode node) {
    Tag tag = node.getTag();
    if (tag.equals(Tag.STR)) {
      return Entry.Kind.TEXT;
    }
    if (tag.equals(Tag.NULL)) {
      return Entry.Kind.NOTHING;
    }
    if (tag.equals(Tag.BOOL)) {
      return Entry.Kind.BOOLEAN;
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Entry.Kind.NUMBER : Entry.Kind.OTHER;
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  private static String word(Node node) {
    return node instanceof SequenceNode ? "a list" : "a single value";
  }

  /// The parser's words without the name that they end in: a value that begins with * or ! may be a
  /// password that was not quoted.
  private static String problem(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    for (String named : List.of("found undefined alias", "found undefined tag handle")) {
      if (problem.startsWith(named)) {
        return named + "; quote a value that begins with * or !";
      }
    }
    return problem;
  }

  private static String hint(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    return problem.contains("'\\t'") ? " (indent with spaces, not tabs)" : "";
  }

  private Place place(Node node) {
    return place(node.getStartMark());
  }

  private Place place(@Nullable Mark mark) {
    return mark == null
        ? new Place(source, 1, 1)
        : new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static final class TooLarge extends RuntimeException {
    TooLarge(String message) {
      super(message);
    }
  }
}
