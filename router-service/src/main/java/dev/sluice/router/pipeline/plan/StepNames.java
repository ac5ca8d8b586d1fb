package dev.sluice.router.pipeline.plan;

import dev.sluice.router.pipeline.expression.Functions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a step may be called: expressions refer to it as {@code $name}. */
public final class StepNames {

    /** What the pipeline was asked. */
    public static final String INPUT = "input";

    /** Within a map, the item, and its place in the list from 0. */
    public static final String ITEM = "item";

    public static final String INDEX = "index";

    /** Of an ensemble, within {@code combine}. */
    public static final String RESULTS = "results";

    public static final String PATTERN = "^[a-zA-Z][a-zA-Z0-9_]{0,63}$";

    private static final Set<String> RESERVED = Set.of(INPUT, ITEM, INDEX, RESULTS);
    private static final Pattern ALLOWED = Pattern.compile(PATTERN);

    private StepNames() {}

    /** What is wrong with a name and what to do about it; empty where nothing is. */
    static Optional<String> problem(String name) {
        if (!ALLOWED.matcher(name).matches()) {
            return Optional.of("Begin it with a letter, and go on with at most 63 letters, digits or _: expressions"
                    + " refer to it as $name.");
        }
        if (RESERVED.contains(name)) {
            return Optional.of("In expressions, $" + name + " is something else. Choose another name.");
        }
        if (Functions.contains(name)) {
            return Optional.of("In expressions, $" + name + " is a function. Choose another name.");
        }
        return Optional.empty();
    }
}
