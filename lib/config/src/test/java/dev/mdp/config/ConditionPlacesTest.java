package dev.mdp.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.rule.SourceText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every style of a YAML scalar: the characters `MARK` of the condition stand where the file has
/// them.
class ConditionPlacesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "- name: a\n  signal: 1\n  condition: x > MARK\n",
        "- name: a\n  signal: 1\n  condition:   x  >   MARK   # comment\n",
        "- name: a\n  signal: 1\n  condition: x >\n     1 &&\n     MARK > 2\n",
        "- {name: a, signal: 1, condition: x > MARK}",
        "- {name: a, signal: 1, condition: 'it''s x > MARK'}",
        "- name: a\n  signal: 1\n  condition: 'x >\n\n     1 && MARK > 2'\n",
        "- {name: a, signal: 1, condition: \"x > \\\"b\\\" \\u0041 MARK\"}",
        "- name: a\n  signal: 1\n  condition: \"x > \\\n     1 && MARK > 2\"\n",
        "- name: a\n  signal: 1\n  condition: \"x >\\n\\t MARK\"\n",
        "- name: a\n  signal: 1\n  condition: |\n    x > 1\n    && MARK\n",
        "- name: a\n  signal: 1\n  condition: |2-   # why\n      x > 1\n    && MARK\n",
        "- name: a\n  signal: 1\n  condition: >-\n    x > 1 &&\n    # no comment\n\n    MARK\n",
        "- name: a\n  signal: 1\n  condition: &c x > MARK\n",
        "- name: a\n  signal: 1\n  condition: !!str &c\n    x > MARK\n",
        "- name: a\r\n  signal: 1\r\n  condition: |\r\n    x > 1\r\n    && MARK\r\n",
        "- name: a\n  signal: 1\n  condition: \"x \uD83D\uDE00 > MARK\"\n",
        "- name: a\n  signal: 1\n  meta: {k: \"a\u2028b\"}\n  condition: \"x > MARK\"\n",
      })
  void theConditionsCharactersStandWhereTheFileHasThem(String yaml) {
    SourceText condition = RulesFile.read("r.yaml", yaml).getFirst().condition();

    int offset = condition.text().indexOf("MARK");
    assertThat(condition.place(offset)).isEqualTo(placeOfMark(yaml));
    assertThat(condition.place(offset + 3)).isEqualTo(shifted(placeOfMark(yaml), 3));
  }

  @Test
  void anAliasStandsWhereItsAnchorDoes() {
    String yaml =
        "- {name: a, signal: 1, condition: &c x > MARK}\n- {name: b, signal: 1, condition: *c}\n";

    SourceText condition = RulesFile.read("r.yaml", yaml).get(1).condition();

    assertThat(condition.place(condition.text().indexOf("MARK"))).isEqualTo(placeOfMark(yaml));
  }

  private static String placeOfMark(String yaml) {
    String before = yaml.substring(0, yaml.indexOf("MARK"));
    String[] lines = before.split("\r\n|[\n\u2028]", -1);
    String last = lines[lines.length - 1];
    return "r.yaml:" + lines.length + ":" + (last.codePointCount(0, last.length()) + 1);
  }

  private static String shifted(String place, int columns) {
    int colon = place.lastIndexOf(':') + 1;
    return place.substring(0, colon) + (Integer.parseInt(place.substring(colon)) + columns);
  }
}
