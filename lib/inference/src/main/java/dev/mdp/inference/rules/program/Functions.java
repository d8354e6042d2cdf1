package dev.mdp.inference.rules.program;

import dev.mdp.core.error.Suggestions;
import dev.mdp.inference.rules.condition.ComparisonSign;
import dev.mdp.inference.rules.condition.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The functions of conditions.
public final class Functions {
  /// How far `prev` looks back.
  public static final int MAX_AGO = 1_000;

  public static final Set<String> NAMES =
      Set.of("abs", "min", "max", "prev", "crosses_above", "crosses_below");

  private final Compiler compiler;
  private final Rings rings;
  private final Complaints complaints;

  Functions(Compiler compiler, Rings rings, Complaints complaints) {
    this.compiler = compiler;
    this.rings = rings;
    this.complaints = complaints;
  }

  Typed call(Expression.Call call) {
    return switch (call.function()) {
      case "abs" ->
          Compiler.numeric(numbers(call, "abs(x)", 1, 1).map(x -> new NumberNode.Abs(x.get(0))));
      case "min" -> extreme(call, false);
      case "max" -> extreme(call, true);
      case "prev" -> Compiler.numeric(prev(call));
      case "crosses_above" -> crosses(call, ComparisonSign.AT_MOST, ComparisonSign.GREATER);
      case "crosses_below" -> crosses(call, ComparisonSign.AT_LEAST, ComparisonSign.LESS);
      default -> unknown(call);
    };
  }

  private Typed extreme(Expression.Call call, boolean greatest) {
    String shape = call.function() + "(x, y, …)";
    return Compiler.numeric(
        numbers(call, shape, 2, Integer.MAX_VALUE).map(x -> new NumberNode.Extreme(greatest, x)));
  }

  private Optional<NumberNode> prev(Expression.Call call) {
    if (!fits(call, "prev(x, n)", 2, 2)) {
      return Optional.empty();
    }
    Optional<NumberNode> input = compiler.number(call.arguments().get(0), "prev");
    Expression second = call.arguments().get(1);
    if (second instanceof Expression.Literal literal
        && literal.value() >= 1
        && literal.value() <= MAX_AGO
        && literal.value() == Math.rint(literal.value())) {
      return input.map(x -> rings.past(x, (int) literal.value()));
    }
    complaints.add(
        second.offset(),
        "prev wants how many evaluations ago as a whole number from 1 to " + MAX_AGO);
    return Optional.empty();
  }

  /// `x` was at most `y` and is above it now; undefined while what was is undefined, unless what is
  /// rules it out.
  private Typed crosses(Expression.Call call, ComparisonSign before, ComparisonSign now) {
    return Compiler.logical(
        numbers(call, call.function() + "(x, y)", 2, 2)
            .map(x ->
                new TruthNode.All(
                    List.of(
                        new TruthNode.Comparison(now, x.get(0), x.get(1)),
                        new TruthNode.Comparison(
                            before, rings.past(x.get(0), 1), rings.past(x.get(1), 1))))));
  }

  private Typed unknown(Expression.Call call) {
    String name = call.function();
    complaints.add(
        call.offset(),
        compiler.isName(name)
            ? "'" + name + "' is a number, not a function"
            : "unknown function '" + name + "'" + nearest(name));
    return new Typed.Unknown();
  }

  private static String nearest(String name) {
    String phrase = Suggestions.phrase(name, NAMES);
    return phrase.isEmpty() ? " (known: " + String.join(", ", new TreeSet<>(NAMES)) + ")" : phrase;
  }

  /// The arguments, all numbers; empty after a problem.
  private Optional<List<NumberNode>> numbers(
      Expression.Call call, String shape, int least, int most) {
    if (!fits(call, shape, least, most)) {
      return Optional.empty();
    }
    List<NumberNode> numbers = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      compiler.number(argument, call.function()).ifPresent(numbers::add);
    }
    return numbers.size() < call.arguments().size() ? Optional.empty() : Optional.of(numbers);
  }

  private boolean fits(Expression.Call call, String shape, int least, int most) {
    int given = call.arguments().size();
    boolean fits = given >= least && given <= most;
    if (!fits) {
      complaints.add(
          call.offset(),
          "want %s, was given %d argument%s".formatted(shape, given, given == 1 ? "" : "s"));
    }
    return fits;
  }
}
