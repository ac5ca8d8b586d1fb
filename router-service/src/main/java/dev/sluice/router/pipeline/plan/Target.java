package dev.sluice.router.pipeline.plan;

import dev.sluice.router.pipeline.expression.Expression;
import java.util.List;
import java.util.Optional;

/** What a step does to have its result. */
public sealed interface Target {

    /**
     * Asks an actor.
     *
     * @param version empty for whatever version traffic is routed to
     * @param input what it is asked; where there is none, what the whole pipeline was asked or, within a map, the item
     */
    record Call(String actor, String method, String version, Optional<Expression> input) implements Target {}

    /** Reckons something, and asks nobody. */
    record Compute(Expression value) implements Target {}

    /** The first case whose condition holds; no result where none does. */
    record Choice(List<Case> cases) implements Target {

        public Choice {
            cases = List.copyOf(cases);
        }

        /** @param when without it, the case is taken whenever it is come to */
        public record Case(Optional<Expression> when, Target then) {}
    }

    /**
     * Several actors are asked at once.
     *
     * @param combine makes one result of {@code $results}, which has theirs in the same order; without it, that list is the result
     */
    record Ensemble(List<Member> members, Optional<Expression> combine) implements Target {

        public Ensemble {
            members = List.copyOf(members);
        }

        /** @param optional whether the others are combined without its result where it has none */
        public record Member(Call call, boolean optional) {}
    }

    /** One of several actors, by chance. */
    record Split(List<Share> shares) implements Target {

        public Split {
            shares = List.copyOf(shares);
        }

        /** @param weight its part is in proportion to the sum of all */
        public record Share(int weight, Target to) {}

        public int sum() {
            return shares.stream().mapToInt(Share::weight).sum();
        }
    }
}
