package dev.mdp.inference.rules.program;

import dev.mdp.inference.rules.condition.ArithmeticSign;
import dev.mdp.inference.rules.condition.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns a condition's tree into closures and checks its types. Reports every problem and
/// continues.
public final class Compiler {
  private static final String COMPARE_IT = " (compare it with something, e.g. x > 0)";

  private final ProgramNames names;
  private final Complaints complaints;
  private final Functions functions;

  public Compiler(ProgramNames names, Rings rings, Complaints complaints) {
    this.names = names;
    this.complaints = complaints;
    this.functions = new Functions(this, rings, complaints);
  }

  /// The condition; empty after a problem.
  public Optional<TruthNode> condition(Expression expression) {
    return switch (typed(expression)) {
      case Typed.Logical logical -> Optional.of(logical.node());
      case Typed.Numeric _ -> {
        complaints.add(
            expression.offset(), "a condition is true or false, this is a number" + COMPARE_IT);
        yield Optional.empty();
      }
      case Typed.Textual _ -> {
        complaints.add(expression.offset(), "a condition is true or false, this is a string");
        yield Optional.empty();
      }
      case Typed.Unknown _ -> Optional.empty();
    };
  }

  /// A number; empty after a problem.
  ///
  /// @param who wants it
  Optional<NumberNode> number(Expression expression, String who) {
    return switch (typed(expression)) {
      case Typed.Numeric numeric -> Optional.of(numeric.node());
      case Typed.Unknown _ -> Optional.empty();
      case Typed other -> {
        complaints.add(expression.offset(), who + " wants a number, this is " + other.words());
        yield Optional.empty();
      }
    };
  }

  private Optional<TruthNode> truth(Expression expression, String who) {
    return switch (typed(expression)) {
      case Typed.Logical logical -> Optional.of(logical.node());
      case Typed.Unknown _ -> Optional.empty();
      case Typed other -> {
        String hint = other instanceof Typed.Numeric ? COMPARE_IT : "";
        complaints.add(
            expression.offset(), who + " wants a boolean, this is " + other.words() + hint);
        yield Optional.empty();
      }
    };
  }

  private Typed typed(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal ->
          new Typed.Numeric(new NumberNode.Constant(literal.value()));
      case Expression.Flag flag ->
          new Typed.Logical(new TruthNode.Constant(Truth.of(flag.value())));
      case Expression.Text _ -> new Typed.Textual();
      case Expression.Name name -> name(name);
      case Expression.Minus minus -> numeric(number(minus.operand(), "-").map(Compiler::minus));
      case Expression.Not not -> negation(not);
      case Expression.Comparison comparison -> comparison(comparison);
      case Expression.Arithmetic arithmetic -> numeric(arithmetic(arithmetic));
      case Expression.Junction junction -> junction(junction);
      case Expression.Call call -> functions.call(call);
    };
  }

  static Typed numeric(Optional<? extends NumberNode> node) {
    return node.isPresent() ? new Typed.Numeric(node.get()) : new Typed.Unknown();
  }

  static Typed logical(Optional<? extends TruthNode> node) {
    return node.isPresent() ? new Typed.Logical(node.get()) : new Typed.Unknown();
  }

  private static NumberNode minus(NumberNode operand) {
    return operand instanceof NumberNode.Constant constant
        ? new NumberNode.Constant(-constant.value())
        : new NumberNode.Minus(operand);
  }

  private Typed negation(Expression.Not not) {
    return switch (typed(not.operand())) {
      case Typed.Logical logical -> new Typed.Logical(new TruthNode.Not(logical.node()));
      case Typed.Unknown unknown -> unknown;
      case Typed other -> {
        String hint =
            other instanceof Typed.Numeric && not.sign().equals("!")
                ? " (to negate a comparison, put it in parentheses: !(x > 0))"
                : "";
        complaints.add(
            not.operand().offset(),
            not.sign() + " wants a boolean, this is " + other.words() + hint);
        yield new Typed.Unknown();
      }
    };
  }

  private Typed name(Expression.Name name) {
    if (Functions.NAMES.contains(name.name())) {
      complaints.add(name.offset(), "'%s' is a function: write %<s(…)".formatted(name.name()));
      return new Typed.Unknown();
    }
    try {
      return new Typed.Numeric(names.number(name.name()));
    } catch (IllegalArgumentException e) {
      complaints.add(name.offset(), String.valueOf(e.getMessage()));
      return new Typed.Unknown();
    }
  }

  boolean isName(String name) {
    return names.known().contains(name);
  }

  private Typed comparison(Expression.Comparison comparison) {
    Typed left = typed(comparison.left());
    Typed right = typed(comparison.right());
    String sign = comparison.sign().sign();
    return switch (left) {
      case Typed.Unknown unknown -> unknown;
      case Typed.Numeric a when right instanceof Typed.Numeric b ->
          new Typed.Logical(new TruthNode.Comparison(comparison.sign(), a.node(), b.node()));
      case Typed.Logical a when right instanceof Typed.Logical b -> {
        if (comparison.sign().orders()) {
          complaints.add(comparison.signOffset(), sign + " cannot compare booleans");
          yield new Typed.Unknown();
        }
        yield new Typed.Logical(new TruthNode.Same(sign.equals("=="), a.node(), b.node()));
      }
      case Typed _ -> {
        mismatch(comparison, left, right);
        yield new Typed.Unknown();
      }
    };
  }

  private void mismatch(Expression.Comparison comparison, Typed left, Typed right) {
    if (right instanceof Typed.Unknown) {
      return;
    }
    if (left instanceof Typed.Textual && right instanceof Typed.Textual) {
      complaints.add(
          comparison.left().offset(), "a string cannot be compared: there are only numbers");
    } else if (left instanceof Typed.Textual) {
      complaints.add(
          comparison.left().offset(), "a string cannot be compared with " + right.words());
    } else if (right instanceof Typed.Textual) {
      complaints.add(
          comparison.right().offset(), "a string cannot be compared with " + left.words());
    } else {
      complaints.add(
          comparison.signOffset(), left.words() + " cannot be compared with " + right.words());
    }
  }

  private Optional<NumberNode> arithmetic(Expression.Arithmetic arithmetic) {
    List<ArithmeticSign> signs = new ArrayList<>();
    List<NumberNode> operands = new ArrayList<>();
    String who = arithmetic.steps().getFirst().sign().sign();
    Optional<NumberNode> first = number(arithmetic.first(), who);
    for (Expression.Step step : arithmetic.steps()) {
      signs.add(step.sign());
      number(step.operand(), step.sign().sign()).ifPresent(operands::add);
    }
    if (first.isEmpty() || operands.size() < signs.size()) {
      return Optional.empty();
    }
    return Optional.of(
        signs.size() == 1
            ? new NumberNode.Binary(signs.getFirst(), first.get(), operands.getFirst())
            : new NumberNode.Sequence(first.get(), signs, operands));
  }

  private Typed junction(Expression.Junction junction) {
    List<TruthNode> operands = new ArrayList<>();
    for (Expression operand : junction.operands()) {
      truth(operand, junction.sign()).ifPresent(operands::add);
    }
    if (operands.size() < junction.operands().size()) {
      return new Typed.Unknown();
    }
    return new Typed.Logical(
        junction.all() ? new TruthNode.All(operands) : new TruthNode.Any(operands));
  }
}
