package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.wire.Frame;
import dev.sluice.router.actuator.PipelinesEndpoint.PipelineView;
import dev.sluice.router.actuator.PipelinesEndpoint.StepView;
import dev.sluice.router.testing.FakeLink.SentBatch;
import dev.sluice.router.testing.FakeLink.SentItem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {

    private final PipelineRig rig = new PipelineRig("a", "b", "c");

    @AfterEach
    void nothingStays() {
        rig.router.assertNothingStays();
        assertThat(rig.running()).isZero();
    }

    private List<String> outcome(long query) {
        return rig.frontend.outcome(query);
    }

    @Test
    void asksOneActorAfterTheOtherAndAnswersWithTheLast() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b', 'input': '$one'}}}");
        long query = rig.frontend.query("p", "x");
        assertThat(rig.answers("a")).containsExactly("x");
        assertThat(rig.answers("b")).containsExactly("re x");
        assertThat(outcome(query)).containsExactly("re re x");
        assertThat(rig.steps).containsExactly("one", "two");
    }

    @Test
    void asksInParallelWhatDoesNotWaitForEachOther() {
        rig.pipeline(
                "p",
                "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b'}},"
                        + " 'output': '{\\'both\\': [$one, $two]}'}");
        long query = rig.frontend.query("p", "x");
        assertThat(rig.answers("b")).containsExactly("x");
        assertThat(outcome(query)).isEmpty();
        assertThat(rig.answers("a")).containsExactly("x");
        assertThat(outcome(query)).containsExactly("{\"both\":[\"re x\",\"re x\"]}");
    }

    @Test
    void batchesStepsOfManyPipelinesWithDirectCalls() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a'}}}");
        rig.pipeline("q", "{'steps': {'one': {'actor': 'a'}}}");
        rig.frontend.query("a", "1");
        rig.frontend.query("a", "2");
        rig.frontend.query("p", "3");
        rig.frontend.query("q", "4");
        rig.frontend.query("a", "5");
        var running = rig.host("a").batches();
        assertThat(running).hasSize(2);
        rig.host("a").answer(running.get(0));
        assertThat(FakeHost.bodies(rig.host("a").batch())).containsExactly("3", "4", "5");
    }

    @Test
    void operatorsSeeWhatItAsksAndHowManyQueriesAreInIt() {
        rig.pipeline("q", "{'steps': {'one': {'actor': 'c'}}}");
        rig.pipeline(
                "p",
                "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b', 'method': 'call', 'input': '$one',"
                        + " 'optional': true, 'fallback': {'actor': 'c', 'method': 'other'}}}}");
        long query = rig.frontend.query("p", "x");
        assertThat(rig.seen()).extracting(PipelineView::name).containsExactly("p", "q");
        PipelineView seen = rig.seen().get(0);
        assertThat(seen.version()).isEqualTo("1");
        assertThat(seen.running()).isEqualTo(1);
        assertThat(seen.steps())
                .containsExactly(
                        new StepView("one", List.of(), List.of("a"), false),
                        new StepView("two", List.of("one"), List.of("b", "c/other"), true));
        rig.answers("a");
        rig.answers("b");
        assertThat(outcome(query)).containsExactly("re re x");
        assertThat(rig.seen().get(0).running()).isZero();
    }

    @Test
    void isAModelThatTakesAndGivesAString() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a', 'input': 'name'}}, 'output': '{\\'said\\': $one}'}");
        String request = "{\"id\":\"mine\",\"inputs\":[{\"name\":\"input\",\"datatype\":\"BYTES\",\"shape\":[1],"
                + "\"data\":[\"{\\\"name\\\": \\\"Zoe\\\"}\"]}]}";
        long query = rig.frontend.queryOf("p", "application/octet-stream;json-length=" + request.length(), request);
        assertThat(rig.answers("a")).containsExactly("\"Zoe\"");
        assertThat(outcome(query))
                .containsExactly(
                        "{\"model_name\":\"p\",\"model_version\":\"1\",\"id\":\"mine\",\"outputs\":[{\"name\":"
                                + "\"output\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"{\\\"said\\\":\\\"re \\\\\\\"Zoe\\\\\\\"\\\"}\"]}]}");
        String other = request.replace("BYTES", "INT32");
        long refused = rig.frontend.queryOf("p", "application/octet-stream;json-length=" + other.length(), other);
        assertThat(outcome(refused)).containsExactly("INVALID_INPUT");
    }

    @Test
    void leavesAStepOutWhoseConditionDoesNotHold() {
        rig.pipeline(
                "p",
                "{'steps': {'one': {'actor': 'a', 'when': '$input = \\'yes\\''}}, 'output': '$exists($one) ? $one :"
                        + " \\'none\\''}");
        long left = rig.frontend.query("p", "no");
        assertThat(outcome(left)).containsExactly("\"none\"");
        assertThat(rig.steps).containsExactly("one skipped");
        long taken = rig.frontend.query("p", "yes");
        assertThat(rig.answers("a")).containsExactly("yes");
        assertThat(outcome(taken)).containsExactly("\"re yes\"");
    }

    @Test
    void takesTheFirstCaseThatHolds() {
        rig.pipeline(
                "p",
                "{'steps': {'one': {'switch': ["
                        + "{'when': '$input = \\'a\\'', 'actor': 'a'},"
                        + "{'when': '$input = \\'b\\'', 'actor': 'b'},"
                        + "{'value': '\\'neither\\''}]}}}");
        long first = rig.frontend.query("p", "a");
        assertThat(rig.answers("a")).containsExactly("a");
        assertThat(outcome(first)).containsExactly("re a");
        rig.frontend.query("p", "b");
        assertThat(rig.answers("b")).containsExactly("b");
        assertThat(outcome(rig.frontend.query("p", "c"))).containsExactly("\"neither\"");
    }

    @Test
    void combinesWhatSeveralActorsSay() {
        rig.pipeline(
                "p",
                "{'steps': {'all': {'ensemble': [{'actor': 'a'}, {'actor': 'b'}, {'actor': 'c', 'optional': true}],"
                        + " 'combine': '$join($results, \\'|\\')'}}}");
        long query = rig.frontend.query("p", "x");
        rig.host("c").fail(rig.host("c").batch().items().get(0), ErrorCode.INVALID_INPUT, "no");
        rig.answers("b");
        rig.answers("a");
        assertThat(outcome(query)).containsExactly("\"re x|re x\"");
    }

    @Test
    void splitsByWeights() {
        rig.pipeline("p", "{'steps': {'one': {'split': [{'value': '1', 'weight': 3}, {'value': '2', 'weight': 1}]}}}");
        var counts = IntStream.range(0, 4000)
                .mapToObj(i -> outcome(rig.frontend.query("p", "x")).get(0))
                .collect(Collectors.groupingBy(answer -> answer, Collectors.counting()));
        assertThat(counts.get("1")).isBetween(2850L, 3150L);
        assertThat(counts.get("1") + counts.get("2")).isEqualTo(4000L);
    }

    @Test
    void laysAStepOverAListWithoutAskingMoreAtOnceThanItMay() {
        rig.pipeline(
                "p",
                "{'steps': {'all': {'map': '$split($input, \\' \\')', 'parallel': 2, 'actor': 'a',"
                        + " 'input': '$item & $index'}}}");
        long query = rig.frontend.query("p", "x y z");
        assertThat(rig.answers("a")).containsExactly("\"x0\"", "\"y1\"");
        assertThat(rig.answers("a")).containsExactly("\"z2\"");
        assertThat(outcome(query)).containsExactly("[\"re \\\"x0\\\"\",\"re \\\"y1\\\"\",\"re \\\"z2\\\"\"]");
    }

    @Test
    void leavesOutOfAListWhatItHasNoResultOf() {
        rig.pipeline(
                "p",
                "{'steps': {'all': {'map': '[1..3]', 'actor': 'a', 'input': '$item', 'optional': true},"
                        + " 'odd': {'map': '[1..3]', 'switch': [{'when': '$item % 2 = 1', 'value': '$item'}]}},"
                        + " 'output': '{\\'all\\': $all, \\'lengths\\': $sum($all.$length($)), \\'odd\\': $sum($odd)}'}");
        long query = rig.frontend.query("p", "x");
        for (var asked = rig.host("a").batches();
                !asked.isEmpty();
                asked = rig.host("a").batches()) {
            asked.forEach(this::answersAllButTwo);
        }
        assertThat(outcome(query)).containsExactly("{\"all\":[\"re 1\",\"re 3\"],\"lengths\":8,\"odd\":4}");
    }

    private void answersAllButTwo(SentBatch batch) {
        for (SentItem item : batch.items()) {
            if (item.body().equals("2")) {
                rig.host("a").fail(item, ErrorCode.INVALID_INPUT, "no");
            } else {
                rig.host("a").answer(item);
            }
        }
        rig.host("a").done(batch, Duration.ofMillis(1));
    }

    @Test
    void refusesALongerListThanItMayHave() {
        rig.pipeline("p", "{'steps': {'all': {'map': '[1..11]', 'most': 10, 'actor': 'a'}}}");
        long query = rig.frontend.query("p", "x");
        assertThat(outcome(query)).containsExactly("INVALID_INPUT");
        assertThat(rig.frontend.sentence(query)).isEqualTo("Step 'all' is laid over 11 items, and may be over 10.");
    }

    @Test
    void laysReckonedStepsOverLongLists() {
        rig.pipeline(
                "p",
                "{'steps': {'all': {'map': '[1..20000]', 'most': 20000, 'value': '$item'}}, 'output': '$sum($all)'}");
        assertThat(outcome(rig.frontend.query("p", "x"))).containsExactly("200010000");
    }

    @Test
    void failsWithWhatAStepSays() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b'}}, 'output': '[$one, $two]'}");
        long query = rig.frontend.query("p", "x");
        rig.host("a").fail(rig.host("a").batch().items().get(0), ErrorCode.INVALID_INPUT, "It is no number.");
        assertThat(outcome(query)).containsExactly("INVALID_INPUT");
        assertThat(rig.frontend.sentence(query)).isEqualTo("Step 'one' (a): It is no number.");
        // The other branch is not worked on for nobody.
        assertThat(rig.host("b").batch().items()).hasSize(1);
        assertThat(rig.host("b").link.written(Frame.Cancel.class)).hasSize(1);
    }

    @Test
    void turnsToTheFallbackAndGoesOnWithoutWhatIsOptional() {
        rig.pipeline(
                "p",
                "{'steps': {'one': {'actor': 'a', 'fallback': {'value': '\\'instead\\''}},"
                        + " 'two': {'actor': 'b', 'optional': true}}, 'output': '[$one, $exists($two)]'}");
        long query = rig.frontend.query("p", "x");
        rig.host("a").fail(rig.host("a").batch().items().get(0), ErrorCode.INVALID_INPUT, "no");
        rig.host("b").fail(rig.host("b").batch().items().get(0), ErrorCode.INVALID_INPUT, "no");
        assertThat(outcome(query)).containsExactly("[\"instead\",false]");
        assertThat(rig.steps).containsExactly("one", "two INVALID_INPUT");
    }

    @Test
    void saysWhichStepAsksForAnActorThatIsNotThere() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'gone'}}}");
        long query = rig.frontend.query("p", "x");
        assertThat(outcome(query)).containsExactly("UNAVAILABLE");
        assertThat(rig.frontend.sentence(query)).isEqualTo("Step 'one' (gone): There is no actor 'gone' here.");
    }

    @Test
    void cancelsWhatRunsForACallerWhoIsGone() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b'}}, 'output': '[$one, $two]'}");
        long query = rig.frontend.query("p", "x");
        rig.frontend.cancel(query);
        assertThat(rig.host("a").link.written(Frame.Cancel.class)).hasSize(1);
        assertThat(rig.host("b").link.written(Frame.Cancel.class)).hasSize(1);
        assertThat(outcome(query)).isEmpty();
        assertThat(rig.router.links.inFlight()).isZero();
    }

    @Test
    void endsAtItsDeadlineAndCancelsWhatRuns() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a'}}}");
        long query = rig.frontend.query("p", "call", "", Duration.ofMillis(20), "x");
        rig.pass(19);
        assertThat(outcome(query)).isEmpty();
        rig.pass(2);
        assertThat(outcome(query)).containsExactly("EXPIRED");
        assertThat(rig.host("a").link.written(Frame.Cancel.class)).hasSize(1);
    }

    @Test
    void leavesAStepWhatTheRestOfTheWayDoesNotTake() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b', 'input': '$one'}}}");
        rig.frontend.query("p", "x");
        rig.answers("a");
        var second = rig.host("b").batch();
        rig.pass(30);
        rig.host("b").answer(second, Duration.ofMillis(30));
        rig.pass(101);

        rig.frontend.query("p", "call", "", Duration.ofMillis(100), "y");
        assertThat(rig.host("a").batch().items().get(0).budgetNanos())
                .isEqualTo(Duration.ofMillis(70).toNanos());
    }

    @Test
    void stopsAtOnceWhenItCanNoLongerMakeIt() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b', 'input': '$one'}}}");
        rig.frontend.query("p", "x");
        rig.answers("a");
        var second = rig.host("b").batch();
        rig.pass(30);
        rig.host("b").answer(second, Duration.ofMillis(30));
        rig.pass(101);

        // The first that seems hopeless finds out whether it is.
        long probe = rig.frontend.query("p", "call", "", Duration.ofMillis(50), "probe");
        rig.pass(25);
        long late = rig.frontend.query("p", "call", "", Duration.ofMillis(50), "late");
        rig.pass(21);
        assertThat(outcome(probe)).isEmpty();
        assertThat(outcome(late)).containsExactly("EXPIRED");
        assertThat(rig.frontend.sentence(late))
                .isEqualTo("The steps that were left would have taken longer than the SLO allows.");
    }

    /** The second step is asked of b, which usually takes longer than the SLO, and need not be. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'optional': true | $exists($two) | false",
                "'fallback': {'value': '0'} | $two | 0",
                "'when': '$input = \\'rare\\'' | $exists($two) | false",
                "'optional': true, 'for-effect': true | 1 | 1",
            })
    void goesOnWhereTheStepThatWouldTakeTooLongNeedNotBe(String way, String seen, String answer) {
        usuallyTakes("b", 3_000);
        rig.pipeline(
                "p",
                "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b', 'input': '$one', " + way + "}},"
                        + " 'output': '[$one, " + seen + "]'}");
        answersFourAtOnce("[\"re x\"," + answer + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'switch': [{'when': '$one = \\'rare\\'', 'actor': 'b'}, {'value': '1'}]",
                "'switch': [{'when': '$one = \\'rare\\'', 'actor': 'b'}]",
                "'split': [{'value': '1', 'weight': 1000000}, {'actor': 'b', 'weight': 1}]",
                "'map': '$one[$ = \\'rare\\']', 'actor': 'b'",
                "'actor': 'inner', 'input': '$one'",
            })
    void goesOnWhereTheBranchThatWouldTakeTooLongNeedNotBe(String branches) {
        usuallyTakes("b", 3_000);
        rig.pipeline(
                "inner",
                "{'steps': {'in': {'actor': 'b', 'when': '$input = \\'rare\\'', 'for-effect': true}},"
                        + " 'output': '1'}");
        // What it takes is known once it was asked.
        rig.frontend.query("inner", "x");
        rig.pipeline(
                "p",
                "{'steps': {'one': {'actor': 'a'}, 'two': {" + branches + ", 'after': ['one']}},"
                        + " 'output': '[$one, $count($two) < 2]'}");
        answersFourAtOnce("[\"re x\",true]");
    }

    private void usuallyTakes(String actor, int millis) {
        rig.frontend.query(actor, "x");
        var known = rig.host(actor).batch();
        rig.pass(millis);
        rig.host(actor).answer(known, Duration.ofMillis(millis));
        rig.pass(101);
    }

    /** No more than one of them may find out whether it is hopeless. */
    private void answersFourAtOnce(String answer) {
        List<Long> queries = Stream.generate(() -> rig.frontend.query("p", "call", "", Duration.ofSeconds(1), "x"))
                .limit(4)
                .toList();
        rig.answers("a");
        rig.answers("a");
        rig.pass(999);
        assertThat(queries).allSatisfy(query -> assertThat(outcome(query)).containsExactly(answer));
    }

    @ParameterizedTest
    @CsvSource({"30, 1, 70", "3000, 1, 50", "3000, 40, 80", "3000, 60, 100"})
    void leavesAStepTimeBeforeWhatMayBeLeftOutButNoLessThanItNeeds(int after, int itself, int budget) {
        usuallyTakes("b", after);
        usuallyTakes("a", itself);
        rig.pipeline(
                "p",
                "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b', 'input': '$one', 'optional': true}},"
                        + " 'output': '[$one, $two]'}");
        rig.frontend.query("p", "call", "", Duration.ofMillis(100), "x");
        assertThat(rig.host("a").batch().items().get(0).budgetNanos())
                .isEqualTo(Duration.ofMillis(budget).toNanos());
    }

    private static final String RECKONED =
            "{'steps': {'one': {'value': '1'}, 'two': {'value': '$one + 1'}, 'three': {'value': '$two + 1'}}}";

    @Test
    void looksAtItsDeadlineBetweenStepsThatAreReckoned() {
        rig.pipeline("p", RECKONED);
        rig.stepTakes = Duration.ofMillis(30);
        long query = rig.frontend.query("p", "call", "", Duration.ofMillis(50), "x");
        assertThat(outcome(query)).containsExactly("EXPIRED");
        assertThat(rig.steps).containsExactly("one", "two");
    }

    @Test
    void letsOtherRunsReckonMeanwhile() {
        rig.pipeline("p", RECKONED);
        rig.pipeline("both", "{'steps': {'l': {'actor': 'p'}, 'r': {'actor': 'p'}}, 'output': '$l + $r'}");
        rig.stepTakes = Duration.ofMillis(6);
        long query = rig.frontend.query("both", "x");
        assertThat(outcome(query)).containsExactly("6");
        assertThat(rig.steps).startsWith("one", "one", "two", "two", "three", "three");
    }

    @Test
    void passesItemsOnAsTheyAre() {
        rig.pipeline(
                "p",
                "{'steps': {'all': {'map': '[{\\'a\\': 1}, \\'b\\']', 'actor': 'a', 'input': '$item'},"
                        + " 'places': {'map': '$all', 'value': '$index'}}, 'output': '$places'}");
        long query = rig.frontend.query("p", "x");
        assertThat(rig.answers("a")).containsExactly("{\"a\":1}", "\"b\"");
        assertThat(outcome(query)).containsExactly("[0,1]");
    }

    @Test
    void goesOnInTimeWithoutAnOptionalStepThatIsSlow() {
        rig.pipeline(
                "p",
                "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b', 'optional': true}},"
                        + " 'output': '[$one, $exists($two)]'}");
        long query = rig.frontend.query("p", "call", "", Duration.ofMillis(100), "x");
        rig.answers("a");
        rig.pass(89);
        assertThat(outcome(query)).isEmpty();
        rig.pass(2);
        assertThat(outcome(query)).containsExactly("[\"re x\",false]");
        assertThat(rig.steps).containsExactly("one", "two EXPIRED");
        assertThat(rig.host("b").link.written(Frame.Cancel.class)).hasSize(1);
    }

    @Test
    void turnsToTheFallbackInTimeWhereAStepIsSlow() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a', 'fallback': {'actor': 'b'}}}}");
        rig.frontend.query("b", "x");
        var known = rig.host("b").batch();
        rig.pass(30);
        rig.host("b").answer(known, Duration.ofMillis(30));
        rig.pass(101);

        long query = rig.frontend.query("p", "call", "", Duration.ofMillis(100), "y");
        rig.pass(59);
        assertThat(rig.host("a").link.written(Frame.Cancel.class)).isEmpty();
        rig.pass(2);
        assertThat(rig.host("a").link.written(Frame.Cancel.class)).hasSize(1);
        assertThat(rig.answers("b")).containsExactly("y");
        assertThat(outcome(query)).containsExactly("re y");
    }

    @Test
    void leavesAMemberOutThatIsOptionalAndSlow() {
        rig.pipeline("p", "{'steps': {'all': {'ensemble': [{'actor': 'a'}, {'actor': 'b', 'optional': true}]}}}");
        long query = rig.frontend.query("p", "call", "", Duration.ofMillis(100), "x");
        rig.answers("a");
        rig.pass(91);
        assertThat(outcome(query)).containsExactly("[\"re x\"]");
    }

    @Test
    void asksNoMoreOfAListWhereItIsLate() {
        rig.pipeline(
                "p",
                "{'steps': {'all': {'map': '[1..20]', 'parallel': 2, 'actor': 'a', 'optional': true}},"
                        + " 'output': '$count($all)'}");
        long query = rig.frontend.query("p", "call", "", Duration.ofMillis(100), "x");
        rig.pass(91);
        assertThat(outcome(query)).containsExactly("0");
        assertThat(rig.host("a").link.written(Frame.Cancel.class)).hasSize(2);
    }

    @Test
    void cancelsTheOthersOfAnEnsembleThatHasFailed() {
        rig.pipeline(
                "p",
                "{'steps': {'all': {'ensemble': [{'actor': 'a'}, {'actor': 'b'}], 'optional': true},"
                        + " 'one': {'actor': 'c'}}, 'output': '[$exists($all), $one]'}");
        long query = rig.frontend.query("p", "x");
        rig.host("a").fail(rig.host("a").batch().items().get(0), ErrorCode.INVALID_INPUT, "no");
        rig.router.time.run();
        assertThat(rig.host("b").link.written(Frame.Cancel.class)).hasSize(1);
        rig.answers("c");
        assertThat(outcome(query)).containsExactly("[false,\"re x\"]");
    }

    @Test
    void countsWhatItMakes() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a', 'input': '[1..1000]'}}, 'output': '$one'}");
        rig.frontend.query("a", "x");
        rig.frontend.query("a", "x");
        long ofTwoQueries = rig.router.links.retainedBytes();
        rig.answers("a");
        // One of the pipeline, and one that it asks.
        rig.frontend.query("p", "x");
        assertThat(rig.router.links.retainedBytes() - ofTwoQueries).isGreaterThan(7_000);
        rig.answers("a");
    }

    @Test
    void refusesToMakeMoreThanThereIsRoomFor() {
        rig.pipeline("p", "{'steps': {'one': {'value': '[1..$number($input)]'}}, 'output': '$one'}");
        long query = rig.frontend.query("p", "300000");
        assertThat(outcome(query)).containsExactly("OVERLOADED");
        assertThat(rig.frontend.sentence(query)).isEqualTo("The router has no room for what the pipeline makes.");
    }

    /** The rig has room for 1 MB. */
    @ParameterizedTest
    @ValueSource(strings = {"[],", "{},", "1,", "\"\","})
    void countsWhatItReadsByWhatThatTakesOnTheHeap(String item) {
        rig.pipeline("count", "{'steps': {'one': {'value': '$count($input)'}}, 'output': '$one'}");
        rig.pipeline("result", "{'steps': {'one': {'actor': 'a'}}, 'output': '$count($one)'}");
        String little = "[" + item.repeat(1_000) + "1]";
        assertThat(outcome(rig.frontend.queryOf("count", "application/json", little)))
                .containsExactly("1001");
        // No more than 250 KB.
        String much = "[" + item.repeat(50_000) + "1]";
        long input = rig.frontend.queryOf("count", "application/json", much);
        assertThat(outcome(input)).containsExactly("OVERLOADED");
        assertThat(rig.frontend.sentence(input)).isEqualTo("The input is more than the router has room for.");
        long result = rig.frontend.query("result", "x");
        rig.host("a").answerJson(rig.host("a").batch(), much);
        assertThat(outcome(result)).containsExactly("OVERLOADED");
        assertThat(rig.frontend.sentence(result)).isEqualTo("The result of 'a' is more than the router has room for.");
    }

    @Test
    void failsARunInWhichSomethingBreaksInTheRouter() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a'}, 'two': {'actor': 'b', 'input': '$one'}}}");
        rig.fault = new OutOfMemoryError("none left");
        long query = rig.frontend.query("p", "x");
        rig.answers("a");
        assertThat(outcome(query)).containsExactly("FAILED");
        assertThat(rig.frontend.sentence(query)).isEqualTo("The router had too little memory for 'p'.");
        rig.fault = null;
        long next = rig.frontend.query("p", "x");
        rig.answers("a");
        rig.answers("b");
        assertThat(outcome(next)).containsExactly("re re x");
    }

    @Test
    void callsPipelinesAndStopsWhenTheyGoRoundInACircle() {
        rig.pipeline("inner", "{'steps': {'one': {'actor': 'a'}}}");
        rig.pipeline("outer", "{'steps': {'one': {'actor': 'inner'}}}");
        rig.pipeline("circle", "{'steps': {'one': {'actor': 'circle'}}}");
        long query = rig.frontend.query("outer", "x");
        rig.answers("a");
        assertThat(outcome(query)).containsExactly("re x");
        long round = rig.frontend.query("circle", "x");
        assertThat(outcome(round)).containsExactly("FAILED");
        assertThat(rig.frontend.sentence(round)).contains("they seem to go round in a circle.");
    }

    @Test
    void tellsWhatAnExpressionCannotRead() {
        rig.pipeline("p", "{'steps': {'one': {'value': '$error(\\'so\\')'}}}");
        long query = rig.frontend.query("p", "x");
        assertThat(outcome(query)).containsExactly("FAILED");
        assertThat(rig.frontend.sentence(query)).startsWith("The expression '$error(\"so\")' failed:");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whoSendsWhatNoExpressionCanReadIsToldWhatIsWrongWithIt(String mediaType, String body, String sentence) {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a', 'input': 'text'}}}");
        rig.pipeline("late", "{'steps': {'one': {'actor': 'a'}}, 'output': '[$one, text]'}");
        long query = rig.frontend.queryOf("p", mediaType, body);
        long late = rig.frontend.queryOf("late", mediaType, body);
        rig.answers("a");
        assertThat(outcome(query)).containsExactly("INVALID_INPUT");
        assertThat(rig.frontend.sentence(query)).isEqualTo("The input " + sentence);
        assertThat(outcome(late)).containsExactly("INVALID_INPUT");
        assertThat(rig.frontend.sentence(late)).isEqualTo("The input " + sentence);
    }

    private static Stream<Arguments> unreadable() {
        String json = "application/json";
        return Stream.of(
                Arguments.of(json, "{\"text\": ", "is no JSON: it ends too early."),
                Arguments.of(json, "[1", "is no JSON: it ends too early."),
                Arguments.of(json, "\"te", "is no JSON: it ends too early."),
                Arguments.of(json, " ", "is no JSON: it ends too early."),
                Arguments.of(json, "{\"text\": nul}", "is no JSON (line 1, column 10)."),
                Arguments.of(json, "{}\n}", "is no JSON (line 2, column 1)."),
                Arguments.of(json, "{} {}", "is no JSON: it goes on after its end (line 1, column 4)."),
                Arguments.of(json, "[".repeat(3_000) + "]".repeat(3_000), "nests more than 500 deep."),
                Arguments.of(json, "1".repeat(2_000), "has a number or a name in it that is too long."),
                Arguments.of(
                        "application/octet-stream",
                        "\u0001\u0002",
                        "is application/octet-stream, which no expression can read."));
    }

    @Test
    void whatAnActorAnsweredIsNotItsCallersFault() {
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a'}, 'two': {'value': '$one.text'}}}");
        long query = rig.frontend.query("p", "x");
        rig.host("a").answerJson(rig.host("a").batch(), "{\"text\": ");
        assertThat(outcome(query)).containsExactly("FAILED");
        assertThat(rig.frontend.sentence(query))
                .isEqualTo("The expression '$one.text' failed: The result of 'a' is no JSON: it ends too early.");
    }

    @Test
    void endsAnExpressionThatNeverWould() {
        rig.pipeline(
                "p",
                "{'steps': {'one': {'value': '($f := function($x) { $f($x + 1) }; $f(1))'}, 'two': {'value':"
                        + " '($g := function($x) { 1 + $g($x) }; $g(1))', 'optional': true}},"
                        + " 'output': '[$one, $two]'}");
        assertThat(outcome(rig.frontend.query("p", "x"))).containsExactly("FAILED");
    }

    @Test
    void isInTheCatalogueAsLongAsItIsWanted() {
        rig.router.links.catalogueIsComplete();
        rig.pipeline("p", "{'steps': {'one': {'actor': 'a'}}}");
        assertThat(rig.router.actors.published())
                .extracting(actor -> actor.name())
                .contains("p");
        rig.undeployAll();
        assertThat(rig.router.actors.published())
                .extracting(actor -> actor.name())
                .doesNotContain("p");
        assertThat(outcome(rig.frontend.query("p", "x"))).containsExactly("NOT_FOUND");
    }
}
