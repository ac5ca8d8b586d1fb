package dev.sluice.router.pipeline.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code $names} that an expression refers to and does not bind itself. Found by reading its text once, since the library does not
 * tell: a name that is bound anywhere in it counts as its own, and as hidden if it is used where that may not hold.
 */
final class Variables {

    private static final Set<String> OPERATORS = Set.of("and", "or", "in");
    private static final Set<String> CONSTANTS = Set.of("true", "false", "null", "function", "\u03bb");

    private final String text;
    private final Set<String> used = new LinkedHashSet<>();
    private final Set<String> bound = new LinkedHashSet<>();
    private final Set<String> free = new LinkedHashSet<>();
    /** What is bound in each of the brackets that are open; beneath them, what is bound along a path. */
    private final Deque<Set<String>> scopes = new ArrayDeque<>(List.of(new LinkedHashSet<>()));

    private final Set<String> parameters = new LinkedHashSet<>();
    private int at;
    /** Whether the last token was a value, so that a slash divides it and begins no pattern. */
    private boolean afterValue;
    /** In the parameters of a function. */
    private boolean inParameters;

    private boolean function;
    private char last = ' ';

    /** Whether it names fields of what it is laid over. */
    private boolean readsContext;

    /** Whether a pattern is called as functions are. */
    private boolean callsPattern;

    private Variables(String text) {
        this.text = text;
    }

    /**
     * @param names without their {@code $}
     * @param used all that stand anywhere in it, those that it binds too
     * @param hidden those of which it binds some and seems not to bind others
     * @param callsPattern whether a pattern is called as functions are
     * @param readsContext whether fields are named that are those of what the expression is laid over, as far as its text tells
     */
    record Found(Set<String> names, Set<String> used, Set<String> hidden, boolean callsPattern, boolean readsContext) {}

    /** @param text that the library has taken for an expression */
    static Found of(String text) {
        Variables variables = new Variables(text);
        variables.read();
        Set<String> all = new LinkedHashSet<>(variables.used);
        all.addAll(variables.bound);
        variables.used.removeAll(variables.bound);
        variables.free.retainAll(variables.bound);
        return new Found(
                Set.copyOf(variables.used),
                Set.copyOf(all),
                Set.copyOf(variables.free),
                variables.callsPattern,
                variables.readsContext);
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '/' && text.startsWith("/*", at)) {
                at = after("*/", at + 2);
            } else if (c == '"' || c == '\'' || c == '`') {
                quoted(c);
            } else if (c == '/' && !afterValue) {
                pattern();
            } else if (c == '$') {
                variable();
            } else if (Character.isLetterOrDigit(c) || c == '_') {
                word();
            } else {
                operator(c);
            }
        }
    }

    private int after(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    private void quoted(char quote) {
        readsContext |= quote == '`' && last != '.';
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        value();
    }

    private void pattern() {
        callsPattern |= last == '>';
        int depth = 0;
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean escaped = text.charAt(at - 1) == '\\';
            if (c == '/' && depth == 0 && !escaped) {
                break;
            }
            if (!escaped) {
                depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
            }
            at++;
        }
        at++;
        callsPattern |= goesOnWith("(");
        value();
    }

    private void value() {
        afterValue = true;
        function = false;
        last = ' ';
    }

    private String name() {
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(from, at);
    }

    private void variable() {
        char before = last;
        at++;
        if (at < text.length() && text.charAt(at) == '$') {
            at++;
            used.add("$");
            value();
            return;
        }
        String name = name();
        boolean along = before == '@' || before == '#';
        if (inParameters || along || goesOnWith(":=")) {
            bound.add(name);
            (inParameters ? parameters : along ? scopes.getLast() : scopes.getFirst()).add(name);
        } else {
            used.add(name);
            if (scopes.stream().noneMatch(scope -> scope.contains(name))) {
                free.add(name);
            }
        }
        value();
    }

    private boolean goesOnWith(String sign) {
        int next = at;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return text.startsWith(sign, next);
    }

    private void word() {
        boolean isField = last != '.' && !Character.isDigit(text.charAt(at));
        String word = name();
        boolean isKeyword = afterValue ? OPERATORS.contains(word) : CONSTANTS.contains(word);
        readsContext |= isField && !isKeyword;
        value();
        function = word.equals("function") || word.equals("\u03bb");
        // After these, a slash begins a pattern.
        afterValue = !(word.equals("and") || word.equals("or") || word.equals("in"));
    }

    private void operator(char c) {
        readsContext |= (c == '*' || c == '%') && !afterValue && last != '.';
        if (c == '(' && function) {
            inParameters = true;
        } else if (c == ')') {
            inParameters = false;
        }
        if (c == '(' || c == '{') {
            scopes.push(new LinkedHashSet<>(c == '{' ? parameters : Set.of()));
            if (c == '{') {
                parameters.clear();
            }
        } else if ((c == ')' || c == '}') && scopes.size() > 1) {
            scopes.pop();
        }
        at++;
        afterValue = c == ')' || c == ']' || c == '}';
        function = false;
        last = c;
    }
}
