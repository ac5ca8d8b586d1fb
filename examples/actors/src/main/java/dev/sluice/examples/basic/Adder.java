package dev.sluice.examples.basic;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Adds a fixed increment to one number: a whole number stays whole, any other is a double. */
@Actor(value = "adder", idempotent = true, description = "per query: input + increment (2)")
public class Adder {

    private final long increment;

    public Adder(@Arg(value = "increment", defaultValue = "2") long increment) {
        this.increment = increment;
    }

    public Number call(@Nullable Number input) {
        if (input == null) {
            throw new IllegalArgumentException("null is not a number");
        }
        if (input instanceof BigInteger big) {
            return big.add(BigInteger.valueOf(increment));
        }
        if (input instanceof Integer || input instanceof Long) {
            return BigInteger.valueOf(input.longValue()).add(BigInteger.valueOf(increment));
        }
        return input.doubleValue() + increment;
    }
}
