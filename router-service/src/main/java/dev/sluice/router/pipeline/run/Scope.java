package dev.sluice.router.pipeline.run;

import dev.sluice.router.pipeline.expression.Expression;
import dev.sluice.router.pipeline.expression.ExpressionFailed;
import dev.sluice.router.pipeline.expression.Values;
import org.jspecify.annotations.Nullable;

/** What expressions see at one place of a run. Only in the run's drain. */
interface Scope extends Values {

    /** As it came or was made; null where there is no such name. */
    @Nullable Value whole(String name);

    @Override
    default @Nullable Object get(String name) throws ExpressionFailed {
        Value whole = whole(name);
        return whole == null ? null : whole.tree();
    }

    /** A reference alone passes on what is there, byte by byte; all else is reckoned. */
    default Value evaluate(Expression expression) throws ExpressionFailed {
        String bare = expression.bare();
        Value whole = bare == null ? null : whole(bare);
        return whole == null ? Value.of(expression.evaluate(this)) : whole;
    }
}
