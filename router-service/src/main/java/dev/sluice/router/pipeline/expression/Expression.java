package dev.sluice.router.pipeline.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One JSONata expression. Thread-safe. {@code $} is what it is laid over, {@code $name} what a step or the query has; it sees nothing
 * else: no files, no network, no code.
 */
public final class Expression {

    /** Longer ones are programs, and belong into an actor. */
    public static final int MOST_CHARACTERS = 10_000;

    /** What one evaluation may take: it occupies a thread that all pipelines share. */
    static final long MOST_MILLIS = 250;

    /** Nested calls of functions and parts of the expression: the library recurses, and its stack ends. */
    static final int MOST_DEPTH = 200;

    /** By such names the library finds what keeps it within bounds. */
    private static final String OF_THE_LIBRARY = "__";

    /** Where a function says what it takes, it may take what the expression is laid over. */
    private static final Pattern SIGNATURE = Pattern.compile("\\)\\s*<");

    /** More than it nests; a chain of causes may come back to itself. */
    private static final int MOST_WRAPPED = 10 * MOST_DEPTH;

    private static final Pattern BARE = Pattern.compile("\\s*\\$(|[a-zA-Z_][a-zA-Z0-9_]*)\\s*");

    private final String text;
    private final Jsonata compiled;
    private final Set<String> references;
    private final Set<String> used;
    private final Set<String> hidden;
    private final Set<String> bounded;
    private final boolean tellsTime;
    private final boolean callsPattern;
    private final boolean readsContext;
    private final boolean mayReadContext;
    private final @Nullable String bare;

    private Expression(String text, Jsonata compiled) {
        this.text = text;
        this.compiled = compiled;
        Variables.Found found = Variables.of(text);
        this.references = found.names();
        this.used = found.used();
        this.tellsTime = found.used().stream().anyMatch(Functions::tellsTime);
        this.hidden = found.hidden();
        this.mayReadContext = found.used().stream().anyMatch(Functions::takesContext)
                || SIGNATURE.matcher(text).find();
        this.callsPattern = found.callsPattern();
        this.bounded =
                found.used().stream().filter(BoundedFunction.names()::contains).collect(Collectors.toUnmodifiableSet());
        this.readsContext = found.readsContext() || references.contains("") || references.contains("$");
        var matcher = BARE.matcher(text);
        this.bare = matcher.matches() ? matcher.group(1) : null;
    }

    /** @throws BadExpression where it is none, or none that is taken here */
    public static Expression compile(String text) throws BadExpression {
        if (text.isBlank()) {
            throw new BadExpression("is empty");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw new BadExpression(
                    "has " + text.length() + " characters, and an expression may have " + MOST_CHARACTERS);
        }
        Expression compiled;
        try {
            compiled = new Expression(text, parsed(text));
        } catch (JException e) {
            String where = e.getLocation() > 0 ? ", at character " + e.getLocation() : "";
            throw new BadExpression("is no JSONata: " + sentence(e) + where);
        } catch (RuntimeException | StackOverflowError e) {
            // The library has its own way with what is cut off or nested thousands of times.
            throw new BadExpression("is no JSONata");
        }
        if (compiled.used.contains(Functions.EVAL)) {
            throw new BadExpression("calls $eval, which would run what a caller sends");
        }
        if (compiled.callsPattern) {
            // Nothing would look at the time while it is tried.
            throw new BadExpression("calls a pattern; $contains and $match say what it finds");
        }
        for (String name : compiled.used) {
            if (name.startsWith(OF_THE_LIBRARY)) {
                throw new BadExpression("names $" + name + ", which is the library's own");
            }
        }
        return compiled;
    }

    private static Jsonata parsed(String text) {
        Jsonata parsed = Jsonata.jsonata(text);
        // What expressions are laid over was read from JSON, and the library would go through all of it each time.
        parsed.setValidateInput(false);
        return parsed;
    }

    public String text() {
        return text;
    }

    /** The names without their {@code $}, but for functions; {@code $} alone is the empty name, {@code $$} the name {@code $}. */
    public Set<String> references() {
        return references;
    }

    /** Names that it binds itself, but seems to refer to in other places too, where that does not hold. */
    public Set<String> hidden() {
        return hidden;
    }

    /** The name, where the expression is a reference and nothing else: its value can be passed on as it is. */
    public @Nullable String bare() {
        return bare;
    }

    /**
     * Its value, as maps, lists, strings, numbers and truth values; null where it has none.
     *
     * @throws ExpressionFailed where it cannot be had
     */
    public @Nullable Object evaluate(Values values) throws ExpressionFailed {
        // The library takes the time from what its thread parsed last, and sets it only for what is evaluated itself.
        Jsonata expression = tellsTime ? parsed(text) : compiled;
        Jsonata.Frame frame = expression.createFrame();
        bind(references, values, frame);
        bind(hidden, values, frame);
        Object context = context(values);
        Bounds bounds = new Bounds(MOST_MILLIS * 1_000_000, MOST_DEPTH);
        frame.setEvaluateEntryCallback(bounds);
        frame.setEvaluateExitCallback(bounds);
        bounded.forEach(name -> frame.bind(name, BoundedFunction.of(name, bounds)));
        try {
            Object value = expression.evaluate(context, frame);
            if (value instanceof Jsonata.JFunctionCallable) {
                throw new ExpressionFailed("Its value is a function.");
            }
            return value;
        } catch (RuntimeException | StackOverflowError e) {
            throw failed(e);
        }
    }

    /** Some of the library's functions wrap what goes wrong in what they call, at each level of their recursion. */
    private static ExpressionFailed failed(Throwable thrown) {
        Throwable cause = thrown;
        for (int wrapped = 0; cause != null && wrapped < MOST_WRAPPED; wrapped++) {
            if (cause instanceof Exceeded exceeded) {
                return new ExpressionFailed(exceeded.sentence());
            }
            if (cause instanceof StackOverflowError) {
                return new ExpressionFailed("It recurses too deeply.");
            }
            if (cause instanceof JException wrong) {
                return new ExpressionFailed(sentence(wrong) + ".");
            }
            cause = cause.getCause();
        }
        return new ExpressionFailed("JSONata gave up on it: " + thrown + ".");
    }

    private static void bind(Set<String> names, Values values, Jsonata.Frame frame) throws ExpressionFailed {
        for (String name : names) {
            if (!name.isEmpty() && !name.equals("$") && !Functions.contains(name)) {
                frame.bind(name, values.get(name));
            }
        }
    }

    /** Some functions look there too where they have no argument; what is a picture or the like is nothing to them. */
    private @Nullable Object context(Values values) throws ExpressionFailed {
        if (!readsContext && !mayReadContext) {
            return null;
        }
        try {
            return values.get("");
        } catch (ExpressionFailed unreadable) {
            if (readsContext) {
                throw unreadable;
            }
            return null;
        }
    }

    /** The library's words for what a person may mend; without its full stop. */
    private static String sentence(JException e) {
        String message = String.valueOf(e.getMessage()).strip();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    @Override
    public String toString() {
        return text;
    }
}
