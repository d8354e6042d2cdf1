package dev.mdp.inference.rules.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a condition's tree. Bounded in length and depth, so that no text is too much for a stack.
public final class Parser {
  public static final int MAX_LENGTH = 4_096;
  public static final int MAX_DEPTH = 64;

  /// The words that are not names.
  public static final Set<String> WORDS = Set.of("and", "or", "not", "true", "false");

  private final String text;
  private final List<Token> tokens;
  private int at;
  private int depth;

  private Parser(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  public static Expression parse(String text) throws SyntaxException {
    if (text.length() > MAX_LENGTH) {
      throw new SyntaxException(
          0, "a condition has at most " + MAX_LENGTH + " characters, was " + text.length());
    }
    Parser parser = new Parser(text, Lexer.tokens(text));
    Expression expression = parser.condition();
    Token rest = parser.peek();
    if (rest.kind() != Token.Kind.END) {
      throw new SyntaxException(rest.offset(), parser.unexpected(rest));
    }
    return expression;
  }

  private Expression condition() throws SyntaxException {
    return junction(false);
  }

  private Expression junction(boolean all) throws SyntaxException {
    String sign = all ? "&&" : "||";
    String word = all ? "and" : "or";
    Expression first = all ? negation() : junction(true);
    if (!peek().is(sign) && !peek().isWord(word)) {
      return first;
    }
    String written = peek().text();
    List<Expression> operands = new ArrayList<>(List.of(first));
    while (peek().is(sign) || peek().isWord(word)) {
      at++;
      operands.add(all ? negation() : junction(true));
    }
    return new Expression.Junction(first.offset(), all, written, operands);
  }

  private Expression negation() throws SyntaxException {
    Token token = peek();
    if (!token.isWord("not")) {
      return comparison();
    }
    at++;
    enter(token);
    Expression operand = negation();
    depth--;
    return new Expression.Not(token.offset(), "not", operand);
  }

  private Expression comparison() throws SyntaxException {
    Expression left = sum();
    Token token = peek();
    Optional<ComparisonSign> sign = ComparisonSign.of(token);
    if (sign.isEmpty()) {
      return left;
    }
    at++;
    int from = peek().offset();
    Expression right = sum();
    if (ComparisonSign.of(peek()).isPresent()) {
      throw chained(left.offset(), token, from);
    }
    return new Expression.Comparison(left.offset(), left, sign.get(), token.offset(), right);
  }

  /// The error of `1 < x < 3`, which says how to write it.
  private SyntaxException chained(int start, Token first, int middle) throws SyntaxException {
    Token second = peek();
    String between = text.substring(middle, tokens.get(at - 1).end());
    at++;
    int from = peek().offset();
    sum();
    String remedy =
        "%s %s %s && %s %s %s"
            .formatted(
                text.substring(start, first.offset()).strip(),
                first.text(),
                between,
                between,
                second.text(),
                text.substring(from, tokens.get(at - 1).end()));
    return new SyntaxException(
        second.offset(), "comparisons cannot be chained: write " + remedy.replaceAll("\\s+", " "));
  }

  private Expression sum() throws SyntaxException {
    return arithmetic(true);
  }

  private Expression arithmetic(boolean sums) throws SyntaxException {
    Expression first = sums ? arithmetic(false) : sign();
    List<Expression.Step> steps = new ArrayList<>();
    Optional<ArithmeticSign> sign = ArithmeticSign.of(peek(), sums);
    while (sign.isPresent()) {
      at++;
      steps.add(new Expression.Step(sign.get(), sums ? arithmetic(false) : sign()));
      sign = ArithmeticSign.of(peek(), sums);
    }
    return steps.isEmpty() ? first : new Expression.Arithmetic(first.offset(), first, steps);
  }

  private Expression sign() throws SyntaxException {
    Token token = peek();
    if (!token.is("-") && !token.is("!")) {
      return primary();
    }
    at++;
    enter(token);
    Expression operand = sign();
    depth--;
    return token.is("-")
        ? new Expression.Minus(token.offset(), operand)
        : new Expression.Not(token.offset(), "!", operand);
  }

  private Expression primary() throws SyntaxException {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return switch (token.kind()) {
      case NUMBER -> new Expression.Literal(token.offset(), Double.parseDouble(token.text()));
      case STRING -> new Expression.Text(token.offset());
      case NAME -> name(token);
      case SIGN -> parenthesis(token);
      case END -> throw new SyntaxException(token.offset(), "a value is missing at the end");
    };
  }

  private Expression parenthesis(Token token) throws SyntaxException {
    if (!token.is("(")) {
      throw new SyntaxException(
          token.offset(), "a value is missing before " + token.shown() + repeated(token));
    }
    enter(token);
    Expression inside = condition();
    depth--;
    close(token);
    return inside;
  }

  private Expression name(Token token) throws SyntaxException {
    if (token.text().equals("true") || token.text().equals("false")) {
      return new Expression.Flag(token.offset(), token.text().equals("true"));
    }
    if (WORDS.contains(token.text())) {
      throw new SyntaxException(
          token.offset(),
          token.text().equals("not")
              ? "'not' cannot stand here: put it and its condition in parentheses"
              : "a value is missing before '" + token.text() + "'");
    }
    Token open = peek();
    if (!open.is("(")) {
      return new Expression.Name(token.offset(), token.text());
    }
    at++;
    enter(open);
    List<Expression> arguments = new ArrayList<>();
    while (!peek().is(")")) {
      arguments.add(condition());
      if (!peek().is(",")) {
        break;
      }
      at++;
      if (peek().is(")")) {
        throw new SyntaxException(peek().offset(), "a value is missing behind the comma");
      }
    }
    depth--;
    close(open);
    return new Expression.Call(token.offset(), token.text(), arguments);
  }

  private void close(Token open) throws SyntaxException {
    Token token = peek();
    if (token.is(")")) {
      at++;
      return;
    }
    throw new SyntaxException(
        token.kind() == Token.Kind.END ? open.offset() : token.offset(),
        token.kind() == Token.Kind.END ? "'(' without ')'" : unexpected(token));
  }

  private String unexpected(Token token) {
    if (token.is(")")) {
      return "')' without '('";
    }
    if (token.is(",")) {
      return "a comma is only allowed between the arguments of a function";
    }
    return "did not expect "
        + token.shown()
        + " here: an operator (&& || < > + - …) is missing before it";
  }

  private static String repeated(Token token) {
    return ComparisonSign.of(token).isPresent() || token.is("&&") || token.is("||")
        ? "; each side of an operator must be a value"
        : "";
  }

  private void enter(Token token) throws SyntaxException {
    if (++depth > MAX_DEPTH) {
      throw new SyntaxException(token.offset(), "nested deeper than " + MAX_DEPTH);
    }
  }

  private Token peek() {
    return tokens.get(at);
  }
}
