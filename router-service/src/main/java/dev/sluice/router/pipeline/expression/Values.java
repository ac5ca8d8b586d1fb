package dev.sluice.router.pipeline.expression;

import org.jspecify.annotations.Nullable;

/** What an expression may refer to. */
public interface Values {

    /**
     * The value of {@code $name}, as maps, lists, strings, numbers and truth values; null where it has none. The name is empty for
     * {@code $}.
     *
     * @throws ExpressionFailed where it is nothing that an expression can read
     */
    @Nullable Object get(String name) throws ExpressionFailed;
}
