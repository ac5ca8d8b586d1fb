package dev.sluice.router.pipeline.plan;

import dev.sluice.common.config.Problem;
import dev.sluice.router.pipeline.expression.BadExpression;
import dev.sluice.router.pipeline.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is wrong with a definition, as it comes to light. */
final class Problems {

    /** Who has more has the same mistake everywhere. */
    private static final int MOST_TOLD = 50;

    private static final int MOST_SHOWN = 60;

    private final List<Problem> found = new ArrayList<>();

    void add(String field, String what, String action) {
        if (found.size() < MOST_TOLD) {
            found.add(new Problem(field, what, action));
        }
    }

    List<Problem> all() {
        return List.copyOf(found);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    Optional<Expression> expression(String field, JsonNode node) {
        if (!node.isValueNode() || node.isNull()) {
            add(field, shown(node), "Write an expression in JSONata, such as '$input.text'.");
            return Optional.empty();
        }
        try {
            return Optional.of(Expression.compile(node.asString()));
        } catch (BadExpression e) {
            add(field, e.sentence(), "See https://docs.jsonata.org, and put an expression with a colon in quotes.");
            return Optional.empty();
        }
    }

    Optional<String> text(String field, JsonNode node) {
        if (!node.isValueNode() || node.isNull() || node.asString().isEmpty()) {
            add(field, shown(node), "Write a name.");
            return Optional.empty();
        }
        return Optional.of(node.asString());
    }

    boolean flag(String field, JsonNode node) {
        if (!node.isBoolean()) {
            add(field, shown(node), "Write true or false.");
        }
        return node.asBoolean(false);
    }

    int whole(String field, JsonNode node, int least, int most) {
        boolean holds = node.isIntegralNumber()
                && node.canConvertToInt()
                && node.intValue() >= least
                && node.intValue() <= most;
        if (!holds) {
            add(field, shown(node), "Write a whole number from " + least + " to " + most + ".");
        }
        return holds ? node.intValue() : least;
    }

    static String shown(JsonNode node) {
        if (node.isNull()) {
            return "is empty";
        }
        if (node.isObject()) {
            return "is a mapping";
        }
        if (node.isArray()) {
            return "is a list";
        }
        String text = node.asString();
        return "is '" + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text) + "'";
    }
}
