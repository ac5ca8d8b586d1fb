package dev.sluice.router.pipeline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    private static final Values VALUES = name -> switch (name) {
        case "", "input" -> Map.of("text", "hello", "numbers", List.of(1, 2, 3));
        case "step" -> Map.of("name", "a");
        default -> null;
    };

    /** A pipeline that was asked with a picture. */
    private static final Values OF_A_PICTURE = name -> {
        if (name.isEmpty() || name.equals("input")) {
            throw new ExpressionFailed("The input is image/png, which no expression can read.");
        }
        return VALUES.get(name);
    };

    private static @Nullable Object value(String expression, Values values) throws BadExpression, ExpressionFailed {
        return Expression.compile(expression).evaluate(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | hello",
                "$.text | hello",
                "$input.text & $step.name | helloa",
                "$sum(numbers) | 6",
                "$count($step.other) | 0",
                "$uppercase(text) | HELLO",
                "$step.name in ['a', 'b'] | true",
            })
    void seesTheInputAndTheSteps(String expression, String value) throws Exception {
        assertThat(String.valueOf(value(expression, VALUES))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$step.name | a",
                "$uppercase($step.name) | A",
                "{'text': $step.name} | {text=a}",
                "$step.name = 'a' and true ? 1 : 2 | 1",
                "$length('text') | 4",
            })
    void needsNoInputThatItDoesNotName(String expression, String value) throws Exception {
        assertThat(String.valueOf(value(expression.replace('\'', '"'), OF_A_PICTURE)))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "$.text", "$$.text", "*", "`text`", "$step.name & text", "[text]", "$input", "and"})
    void saysThatItCannotReadAnInputThatItNames(String expression) {
        assertThatThrownBy(() -> value(expression, OF_A_PICTURE))
                .isInstanceOf(ExpressionFailed.class)
                .hasMessageContaining("which no expression can read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($x) { $f($x + 1) + 1 }; $f(0))",
                "($f := function($x) { $f($x + 1) }; $f(0))",
                "$sum([1..9999999].($ * $))",
                "$reduce([1..9000000], function($a, $b) { $a + $b })",
            })
    void endsWhatRunsTooLongOrTooDeep(String expression) {
        assertThatThrownBy(() -> value(expression, VALUES)).isInstanceOf(ExpressionFailed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text + 1", "$error('no')", "$number('x')", "$match('a', 'b')"})
    void saysWhatIsWrong(String expression) {
        assertThatThrownBy(() -> value(expression.replace('\'', '"'), VALUES)).isInstanceOf(ExpressionFailed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "(", "{", "$eval(text)", "a b", "[1..", "/(/"})
    void refusesWhatIsNone(String expression) {
        assertThatThrownBy(() -> Expression.compile(expression)).isInstanceOf(BadExpression.class);
    }

    @Test
    void refusesOneThatIsTooLong() {
        assertThatThrownBy(() -> Expression.compile("1 + ".repeat(5_000) + "1"))
                .isInstanceOf(BadExpression.class)
                .hasMessageContaining("has 20001 characters, and an expression may have 10000");
    }
}
