package dev.sluice.router.pipeline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
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

    /** The library wraps what a function throws that it calls to compare two items. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$sort([1..1000000], function($l, $r) { $l < $r }) | It took longer than 250 ms.",
                "$sort([3, 2, 1], function($l, $r) { $pad('', 20000) = '' }) | $pad makes texts of up to 10000 characters, not of 20000.",
                "$sort([3, 2, 1], function($l, $r) { $error('not these') }) | not these.",
            })
    void saysWhatWentWrongWithinASort(String expression, String sentence) {
        assertThatThrownBy(() -> value(expression, VALUES))
                .isInstanceOf(ExpressionFailed.class)
                .hasMessage(sentence);
    }

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
    @ValueSource(
            strings = {
                "$count($map([1..1000], function($x) { [$x, $x] }))",
                "$count($map([1..1000], function($x) { {'a': $x, 'b': $x} }))",
                "$count($filter([1..1000], function($x) { [$x, $x][0] > 0 }))",
                "$reduce([1..1000], function($a, $x) { [$a, $x][1] })",
            })
    void laysFunctionsThatMakeListsAndObjectsOverManyItems(String expression) throws Exception {
        assertThat(String.valueOf(value(expression.replace('\'', '"'), VALUES))).isIn("1000", "2000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$pad('x', 3000000)",
                "$pad('x', -3000000)",
                "($p := $pad; $p('x', 3000000))",
                "($p := $pad(?, 3000000); $p('x'))",
                "$round(1.5, 1000000000)",
                "$match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', /(a+)+\\1?c/)",
                "$contains('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', /(a+)+\\1?c/)",
                "$split('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', /(a+)+\\1?c/)",
                "$replace('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', /(a+)+\\1?c/, '')",
                "$replace('a', 'a', 'aa', 1000000)",
                "[1..1000001]",
                "$reduce([1..60], function($a, $x) { {'a': $a, 'b': $a} })",
                "$string($reduce([1..60], function($a, $x) { {'a': $a, 'b': $a} }))",
                "$reduce([1..60], function($a, $x) { $a & $a }, 'xxxxxxxx')",
                "$reduce([1..60], function($a, $x) { $append($a, $a) }, [1, 2])",
            })
    void endsWhatAFunctionWouldDoTooLong(String expression) {
        assertThatThrownBy(() -> value(expression.replace('\'', '"'), VALUES))
                .isInstanceOf(ExpressionFailed.class)
                .message()
                .matches("(It|\\$pad|\\$round|\\$replace) .*\\.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "$pad('x', 3) & '.' | x  .",
                "($p := $pad(?, 3, '-'); $p('x')) | x--",
                "$round(1.256, 2) | 1.26",
                "$match('ab', /a(b)/).groups | [b]",
                "$contains('ab', /b/) | true",
                "$replace('aba', 'a', 'c') | cbc",
                "$replace('aba', /a/, 'c', 1) | cba",
                "$replace('ab', /a(b)/, '$1') | b",
                "$join(['a', 'b'], '-') | a-b",
                "$string({'a': 1}) | {`a`:1}",
                "$join($split('a1b2c', /[0-9]/), '') | abc",
                "$join($map(['a', 'b'], $string), '') | ab",
            })
    void boundedFunctionsDoWhatTheyDid(String expression, String value) throws Exception {
        assertThat(String.valueOf(value(expression.replace('\'', '"'), VALUES))).isEqualTo(value.replace('`', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text + 1", "$error('no')", "$number('x')", "$match('a', 'b')"})
    void saysWhatIsWrong(String expression) {
        assertThatThrownBy(() -> value(expression.replace('\'', '"'), VALUES)).isInstanceOf(ExpressionFailed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "(",
                "{",
                "$eval(text)",
                "($eval := $eval; $eval(text))",
                "($__evaluate_entry := 1)",
                "/a/(text)",
                "text ~> /a/",
                "a b",
                "[1..",
                "/(/"
            })
    void refusesWhatIsNone(String expression) {
        assertThatThrownBy(() -> Expression.compile(expression)).isInstanceOf(BadExpression.class);
    }

    @Test
    void tellsTheTimeOnThreadsThatDidNotCompileIt() throws Exception {
        Expression millis = Expression.compile("$millis() - $toMillis($now())");
        Expression now = Expression.compile("$millis()");
        List<Object> told = new ArrayList<>();
        FutureTask<Boolean> elsewhere = new FutureTask<>(() -> {
            now.evaluate(VALUES);
            long began = System.currentTimeMillis();
            while (System.currentTimeMillis() == began) {
                Thread.onSpinWait();
            }
            told.add(millis.evaluate(VALUES));
            return ((Number) now.evaluate(VALUES)).longValue() > began;
        });
        new Thread(elsewhere).start();
        assertThat(elsewhere.get()).isTrue();
        assertThat(told).extracting(String::valueOf).containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$step.name | false",
                "$sum([1, 2]) | false",
                "{'a': $step.name} | false",
                "$count($step) = 1 ? 'a' : 'b' | false",
                "$uppercase() | true",
                "text | true",
                "$ | true",
                "$$ | true",
                "(function($x)<s-:s>{$x})() | true",
            })
    void looksAtTheInputOnlyWhereItMayBeMeant(String expression, boolean looks) throws Exception {
        List<String> asked = new ArrayList<>();
        value(expression.replace('\'', '"'), name -> {
            asked.add(name);
            return name.isEmpty() ? "text" : VALUES.get(name);
        });
        assertThat(asked.contains("")).isEqualTo(looks);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "($a := 1; $a) | ",
                "($a := 1; [1].($a + 1)) | ",
                "$map([1], function($a) { $a }) | ",
                "numbers@$a.($a) | ",
                "$a & ($a := 1; $a) | a",
                "($map([1], function($a) { $a }); $a) | a",
            })
    void namesAreHiddenOnlyWhereTheyAreBound(String expression, @Nullable String hidden) throws Exception {
        assertThat(Expression.compile(expression).hidden()).isEqualTo(hidden == null ? Set.of() : Set.of(hidden));
        assertThat(Expression.compile(expression).references()).doesNotContain("a");
    }

    @Test
    void seesAStepWhoseNameItBindsElsewhere() throws Exception {
        assertThat(value("$step.name & ($step := 1; $step)", VALUES)).isEqualTo("a1");
    }

    @Test
    void refusesOneThatIsTooLong() {
        assertThatThrownBy(() -> Expression.compile("1 + ".repeat(5_000) + "1"))
                .isInstanceOf(BadExpression.class)
                .hasMessageContaining("has 20001 characters, and an expression may have 10000");
    }
}
