package dev.mdp.testkit.venue;

/// Where a reader of JSON is in its text, and the tokens there. One thread.
final class JsonCursor {
  private final String text;
  private int at;

  JsonCursor(String text) {
    this.text = text;
  }

  /// The next character.
  char peek() {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  void expect(char c) {
    if (peek() != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  /// Passes over white space.
  void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /// Nothing but white space may follow.
  void end() {
    space();
    if (at < text.length()) {
      throw wrong("the end");
    }
  }

  /// The longest run of these characters; may be empty.
  String run(String of) {
    int from = at;
    while (at < text.length() && of.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.substring(from, at);
  }

  String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      char c = peek();
      at++;
      if (c < ' ') {
        throw wrong("no control character");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    expect('"');
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escape");
    };
  }

  private char unicode() {
    if (at + 4 > text.length()) {
      throw wrong("four hexadecimal digits");
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException("not JSON: wanted " + wanted + " at character " + at);
  }
}
