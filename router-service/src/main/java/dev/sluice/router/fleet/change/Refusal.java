package dev.sluice.router.fleet.change;

import dev.sluice.common.config.Problem;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Why something is not done that an operator asked for. */
public sealed interface Refusal {

    /** For the operator. */
    String sentence();

    /**
     * There is no such thing.
     *
     * @param kind of thing: {@code actor}, {@code host} or {@code version}
     * @param name that was asked for
     * @param nearest names of things that there are
     */
    record Unknown(String kind, String name, List<String> nearest) implements Refusal {

        public Unknown {
            nearest = List.copyOf(nearest);
        }

        @Override
        public String sentence() {
            return "There is no " + kind + " " + name + "."
                    + (nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?");
        }
    }

    /** What was asked for makes no sense, whatever runs. */
    record Invalid(List<Problem> problems) implements Refusal {

        public Invalid {
            problems = List.copyOf(problems);
        }

        public Invalid(String field, String what, String action) {
            this(List.of(new Problem(field, what, action)));
        }

        @Override
        public String sentence() {
            return String.join(" ", problems.stream().map(Problem::sentence).toList());
        }
    }

    /**
     * Somebody else wrote in between.
     *
     * @param expected the revision that the writer saw
     * @param actual the one that there is; 0 where the store has nothing
     */
    record Stale(long expected, long actual) implements Refusal {

        @Override
        public String sentence() {
            return "It has the revision " + actual + ", and your change is to " + expected
                    + ": somebody changed it in between. Read it again, and apply your change to that.";
        }
    }

    /** It contradicts what is wanted or runs now. */
    record Contradiction(String sentence) implements Refusal {}

    /** Several routers run, and each would follow a store of its own. */
    record NotShared(List<String> routers) implements Refusal {

        /** @param routers the node ids of those that live */
        public static NotShared of(Collection<String> routers) {
            return new NotShared(List.copyOf(new TreeSet<>(routers)));
        }

        @Override
        public String sentence() {
            return "The routers " + String.join(", ", routers)
                    + " run, and what is wanted of actors is kept in a file of this one"
                    + " alone. Let them share it (sluice.fleet.store=redis), or run one router.";
        }
    }

    /**
     * It cannot be done now.
     *
     * @param retrySeconds after which time it may
     */
    record Unavailable(String sentence, int retrySeconds) implements Refusal {}
}
