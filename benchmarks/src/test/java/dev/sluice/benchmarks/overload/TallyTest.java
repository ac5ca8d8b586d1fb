package dev.sluice.benchmarks.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final long FROM = Long.MAX_VALUE - 500;
    private static final String ANSWER = "{\"success\": true, \"actor\": \"model\", \"result\": 28}";

    private final Tally tally = new Tally(
            List.of(new SloClass(100, 0.5), new SloClass(300, 0.5)),
            OverloadCommand::isAnswer,
            FROM,
            FROM + TimeUnit.SECONDS.toNanos(10));

    @Test
    void countsAsGoodWhatIsAnsweredWithinItsSlo() {
        reply(0, 1, 99, 200, ANSWER);
        reply(0, 1, 101, 200, ANSWER);
        reply(1, 1, 299, 200, ANSWER);
        Level level = new Level("", "", 1, 10, 0.2, tally);
        assertThat(level.offeredPerSecond()).isEqualTo(0.3);
        assertThat(level.goodput()).isEqualTo(0.2);
        assertThat(level.ofUpperBound()).isEqualTo(1);
        assertThat(level.attainmentByClass()).containsExactly(0.5, 1.0);
        assertThat(level.late()).isEqualTo(1 / 3.0);
    }

    @Test
    void tellsRefusedFromExpiredFromFailed() {
        reply(0, 1, 2, 503, "");
        reply(1, 1, 4, 429, "");
        reply(0, 1, 100, 504, "");
        reply(0, 1, 5, 500, "broken");
        reply(0, 1, 5, 200, "{\"success\": true, \"actor\": \"model\", \"result\": 29}");
        Level level = new Level("", "", 1, 10, 1, tally);
        assertThat(level.refused()).isEqualTo(0.4);
        assertThat(level.refusalMillis(99)).isBetween(3.99, 4.01);
        assertThat(level.late()).isEqualTo(0.2);
        assertThat(level.failed()).isEqualTo(0.4);
        assertThat(tally.firstFailure()).isEqualTo("status 500: broken");
    }

    @Test
    void countsNothingThatWasMeantForAnotherTime() {
        reply(0, -1, 50, 200, ANSWER);
        reply(0, 10_001, 50, 200, ANSWER);
        tally.offered(0, FROM - 1);
        tally.lost(0, FROM - 1, "early");
        assertThat(tally.sum(ClassTally::offeredCount)).isZero();
        assertThat(tally.sum(ClassTally::good)).isZero();
        assertThat(tally.firstFailure()).isEmpty();
    }

    @Test
    void takesForAnAnswerOnlyWhatTheModelCanHaveSaid() {
        assertThat(OverloadCommand.isAnswer(ANSWER)).isTrue();
        assertThat(OverloadCommand.isAnswer(ANSWER.replace("28", "0"))).isFalse();
        assertThat(OverloadCommand.isAnswer(ANSWER.replace("true", "false"))).isFalse();
        assertThat(OverloadCommand.isAnswer("")).isFalse();
    }

    private void reply(int kind, long atMillis, long afterMillis, int status, String body) {
        long intended = FROM + TimeUnit.MILLISECONDS.toNanos(atMillis);
        byte[] bytes = ("head" + body).getBytes(StandardCharsets.UTF_8);
        tally.offered(kind, intended);
        tally.replied(
                kind,
                intended,
                intended + TimeUnit.MILLISECONDS.toNanos(afterMillis),
                status,
                bytes,
                4,
                bytes.length - 4);
    }
}
