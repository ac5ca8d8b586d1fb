package dev.sluice.router.pipeline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineReaderTest {

    private static Pipeline pipeline(String json) {
        PipelineReader.Result read = PipelineReader.read(json.replace('\'', '"'));
        assertThat(read.problems()).isEmpty();
        return read.pipeline().orElseThrow();
    }

    private static List<String> problems(String json) {
        PipelineReader.Result read = PipelineReader.read(json.replace('\'', '"'));
        assertThat(read.pipeline()).isEmpty();
        return read.problems().stream().map(problem -> problem.sentence()).toList();
    }

    private static List<String> ofSteps(String steps) {
        return problems("{'steps': {" + steps + "}}");
    }

    @Test
    void putsStepsAfterThoseThatTheyReferTo() {
        Pipeline read = pipeline("{'steps': {'c': {'actor': 'x', 'input': '$a & $b'},"
                + " 'b': {'actor': 'x', 'input': '$a'}, 'a': {'actor': 'x'}}}");
        assertThat(read.steps()).extracting(Step::name).containsExactly("a", "b", "c");
        assertThat(read.output().text()).isEqualTo("$c");
    }

    @Test
    void namesACycleByItsSteps() {
        assertThat(problems("{'steps': {'a': {'actor': 'x', 'input': '$b'}, 'b': {'actor': 'x', 'after': 'a'}},"
                        + " 'output': '$a'}"))
                .containsExactly(
                        "pipeline.steps.a waits for itself: a needs b needs a. Take away one of these references.");
    }

    @Test
    void waitsForAStepWhoseNameAnExpressionBindsElsewhere() {
        Pipeline read = pipeline("{'steps': {'a': {'actor': 'x'}, 'b': {'actor': 'y', 'input': '$a & ($a := 1; $a)'},"
                + " 'c': {'value': '$map($b, function($c) { $c }) & $c'}}, 'output': '$c'}");
        assertThat(read.steps()).extracting(Step::needs).containsExactly(Set.of(), Set.of("a"), Set.of("b"));
    }

    @Test
    void namesStepsThatAreNotThereWithTheNearest() {
        assertThat(ofSteps("'clean': {'actor': 'x'}, 'b': {'actor': 'x', 'input': '$cleam.text', 'after': ['cleen']}"))
                .contains(
                        "pipeline.steps.b.input refers to $cleam, which is no step. Did you mean clean?",
                        "pipeline.steps.b.after names cleen, which is no step. Did you mean clean?");
    }

    @Test
    void namesStepsAndCasesThatAreNeverReached() {
        assertThat(problems("{'steps': {'a': {'actor': 'x'}, 'b': {'actor': 'x'}}, 'output': '$a'}"))
                .singleElement()
                .asString()
                .startsWith("pipeline.steps.b is used by nothing. ");
        assertThat(ofSteps("'a': {'switch': [{'actor': 'x'}, {'actor': 'y', 'when': 'true'}]}"))
                .singleElement()
                .asString()
                .startsWith("pipeline.steps.a.switch[1] is never reached");
        assertThat(ofSteps("'a': {'actor': 'x', 'when': 'false'}"))
                .containsExactly("pipeline.steps.a.when is false, so that the step never runs. Take the step away.");
    }

    @Test
    void takesAStepThatRunsForWhatItDoes() {
        assertThat(pipeline("{'steps': {'a': {'actor': 'x'}, 'log': {'actor': 'y', 'for-effect': true}}}")
                        .output()
                        .text())
                .isEqualTo("$a");
    }

    @Test
    void asksForAnOutputWhereSeveralStepsAreLast() {
        assertThat(ofSteps("'a': {'actor': 'x'}, 'b': {'actor': 'x'}"))
                .singleElement()
                .asString()
                .startsWith("pipeline.output is missing, and a, b are used by no other. ");
    }

    @Test
    void namesBadExpressionsWithTheirPlace() {
        assertThat(ofSteps("'a': {'actor': 'x', 'input': '{{'}, 'b': {'actor': 'x', 'when': ''},"
                        + " 'c': {'value': '$eval($input)'}"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("pipeline.steps.a.input is no JSONata"),
                        second -> assertThat(second).startsWith("pipeline.steps.b.when is empty."),
                        third -> assertThat(third).startsWith("pipeline.steps.c.value calls $eval"));
    }

    @Test
    void namesUnknownFieldsAndWhatDoesNothingOrTwoThings() {
        assertThat(ofSteps("'a': {'actr': 'x'}"))
                .containsExactly("pipeline.steps.a.actr is unknown. Did you mean actor?");
        assertThat(ofSteps("'a': {}"))
                .containsExactly("pipeline.steps.a does nothing. Write one of: actor, value, switch, ensemble, split.");
        assertThat(ofSteps("'a': {'actor': 'x', 'value': '1'}"))
                .containsExactly(
                        "pipeline.steps.a has actor and value. Write one of: actor, value, switch, ensemble, split.");
    }

    @Test
    void refusesNamesThatExpressionsCouldNotReferTo() {
        assertThat(ofSteps("'clean-text': {'actor': 'x'}, 'sum': {'actor': 'x'}, 'input': {'actor': 'x'}"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("pipeline.steps.clean-text is no name for a step."),
                        second -> assertThat(second)
                                .isEqualTo("pipeline.steps.sum is no name for a step. In expressions, $sum is a"
                                        + " function. Choose another name."),
                        third -> assertThat(third).startsWith("pipeline.steps.input is no name for a step."));
    }

    @Test
    void refusesTenThousandSteps() {
        String steps = IntStream.range(0, 10_000)
                .mapToObj(i -> "'s" + i + "': {'actor': 'x'}")
                .collect(Collectors.joining(","));
        assertThat(ofSteps(steps))
                .singleElement()
                .asString()
                .startsWith("pipeline.steps has 10000 steps, and a pipeline may have 200.");
    }

    @Test
    void refusesWhatIsNoJsonTooDeepOrTooLong() {
        assertThat(problems("{")).singleElement().asString().startsWith("pipeline is no JSON");
        assertThat(problems("[".repeat(100_000))).singleElement().asString().startsWith("pipeline is no JSON");
        assertThat(problems("'" + "x".repeat(300_000) + "'"))
                .singleElement()
                .asString()
                .startsWith("pipeline has 300002 characters");
        assertThat(ofSteps("'a': {'value': '" + "(".repeat(9_000) + "'}"))
                .singleElement()
                .asString()
                .startsWith("pipeline.steps.a.value is no JSONata");
    }

    @Test
    void doesNotTakeForAReferenceWhatAnExpressionBindsItself() {
        assertThat(pipeline("{'steps': {'a': {'value': '($x := 1; $map([1], function($v, $i) { $v + $i + $x }))'},"
                                + " 'b': {'value': '/* $no */ $replace($a, /\\\\$z/, `$q` )'}}}")
                        .steps())
                .extracting(Step::name)
                .containsExactly("a", "b");
    }
}
