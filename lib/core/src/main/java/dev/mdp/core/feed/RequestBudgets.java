package dev.mdp.core.feed;

/// The two ways to one budget: together they keep the venue's limit, and what is live comes first.
///
/// @param live for connections, subscriptions and questions for the newest trade
/// @param refill for the trades of holes: it has what the live ones leave
public record RequestBudgets(RequestBudget live, RequestBudget refill) {}
