package dev.mdp.inference.rules.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a condition into words.
final class Lexer {
  private static final Pattern NUMBER =
      Pattern.compile("(?:[0-9]++(?:\\.[0-9]++)?|\\.[0-9]++)(?:[eE][-+]?[0-9]++)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");
  private static final List<String> SIGNS =
      List.of(
          "<=", ">=", "==", "!=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "(", ")",
          ",");
  private static final Map<Character, String> REMEDIES =
      Map.of(
          '=', "write == to compare",
          '&', "write && for and",
          '|', "write || for or",
          '?', "choices (a ? b : c) are not part of the language",
          '[', "lists are not part of the language",
          '.', "names have no dots");

  private final String text;
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /// All words, the last one the end, which stands behind the last other one.
  static List<Token> tokens(String text) throws SyntaxException {
    Lexer lexer = new Lexer(text);
    List<Token> tokens = new ArrayList<>();
    int end = 0;
    while (lexer.skipSpace()) {
      Token token = lexer.next();
      tokens.add(token);
      end = token.end();
    }
    tokens.add(new Token(Token.Kind.END, end, end, ""));
    return tokens;
  }

  private boolean skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length();
  }

  private Token next() throws SyntaxException {
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      return string(c);
    }
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        return token(Token.Kind.SIGN, at + sign.length());
      }
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt()) {
      return number(number.end());
    }
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (name.lookingAt()) {
      return token(Token.Kind.NAME, name.end());
    }
    String remedy = REMEDIES.get(c);
    throw new SyntaxException(
        at, "'" + shown(text.codePointAt(at)) + "' means nothing here" + hint(remedy));
  }

  private Token number(int end) throws SyntaxException {
    int rest = end;
    while (rest < text.length() && isPartOfWord(text.charAt(rest))) {
      rest++;
    }
    if (rest > end) {
      throw new SyntaxException(at, "not a number: '" + text.substring(at, rest) + "'");
    }
    if (Double.isInfinite(Double.parseDouble(text.substring(at, end)))) {
      throw new SyntaxException(at, "too large a number: " + text.substring(at, end));
    }
    return token(Token.Kind.NUMBER, end);
  }

  private Token string(char quote) throws SyntaxException {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw new SyntaxException(at, "a string that does not end");
    }
    return token(Token.Kind.STRING, end + 1);
  }

  private Token token(Token.Kind kind, int end) {
    Token token = new Token(kind, at, end, text.substring(at, end));
    at = end;
    return token;
  }

  private static boolean isPartOfWord(char c) {
    return c == '_' || c == '.' || Character.isLetterOrDigit(c);
  }

  private static String shown(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE
        ? "U+%04X".formatted(codePoint)
        : Character.toString(codePoint);
  }

  private static String hint(@org.jspecify.annotations.Nullable String remedy) {
    return remedy == null ? "" : ": " + remedy;
  }
}
