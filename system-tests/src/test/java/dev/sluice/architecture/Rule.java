package dev.sluice.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;

/**
 * A rule and the proof that it can fail.
 *
 * @param in the rule for the modules of a layout
 * @param breaker the planted class that breaks it
 */
record Rule(String sentence, Function<Layout, ArchRule> in, Class<?> breaker) {

    @Override
    public String toString() {
        return sentence;
    }
}
