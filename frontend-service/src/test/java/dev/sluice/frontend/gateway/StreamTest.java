package dev.sluice.frontend.gateway;

import static dev.sluice.frontend.gateway.GatewayRig.ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries with several results. */
class StreamTest {

    private final GatewayRig rig = new GatewayRig();
    private final FakeLink router = rig.router("router-0");
    private Caller caller;
    private QueryFrame sent;

    @BeforeEach
    void call() throws Exception {
        caller = rig.call(ONCE, Caller.slow());
        sent = router.next(QueryFrame.class);
    }

    @AfterEach
    void settled() {
        rig.assertSettled();
    }

    @Test
    void givesItemsInOrderAsTheCallerAsksForThem() {
        rig.item(router, sent, "a");
        rig.item(router, sent, "b");
        assertThat(caller.answers()).isEmpty();
        caller.request(1);
        assertThat(caller.answers()).containsExactly("a");
        caller.request(2);
        rig.item(router, sent, "c");
        assertThat(caller.answers()).containsExactly("a", "b", "c");
        rig.complete(router, sent);
        assertThat(caller.completed()).isTrue();
        assertThat(rig.ledger.count(Outcome.ANSWERED)).isEqualTo(1);
    }

    @Test
    void endsOnlyAfterTheCallerHasTakenWhatWaits() {
        rig.item(router, sent, "a");
        rig.complete(router, sent);
        assertThat(caller.ends()).isZero();
        caller.request(1);
        assertThat(caller.answers()).containsExactly("a");
        assertThat(caller.completed()).isTrue();
    }

    @Test
    void completesAnEmptyStreamWithoutDemand() {
        rig.complete(router, sent);
        assertThat(caller.completed()).isTrue();
    }

    @Test
    void givesTheItemsBeforeTheFailure() {
        rig.item(router, sent, "a");
        GatewayRig.fail(router, sent, ErrorCode.FAILED);
        assertThat(caller.ends()).isZero();
        caller.request(9);
        assertThat(caller.answers()).containsExactly("a");
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.FAILED);
    }

    @Test
    void keepsItsSloWithItsFirstItem() throws Exception {
        caller.request(Long.MAX_VALUE);
        rig.item(router, sent, "in time");
        rig.timers.pass(100_000);
        assertThat(caller.ends()).isZero();
        rig.item(router, sent, "later");
        rig.complete(router, sent);
        assertThat(caller.answers()).containsExactly("in time", "later");
        assertThat(rig.endings).singleElement().matches(Ending::withinSlo);
    }

    @Test
    void passesNotFoundOnAfterAnItem() {
        caller.request(Long.MAX_VALUE);
        rig.item(router, sent, "a");
        GatewayRig.fail(router, sent, ErrorCode.NOT_FOUND);
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void saysWhatTheCallerHasTakenOfABodyAndNothingOfOtherStreams() throws Exception {
        caller.request(1);
        rig.item(router, sent, "a");
        rig.complete(router, sent);
        assertThat(router.rest()).isEmpty();

        GatewayRig.catalogue(router, ONCE, GatewayRig.BODY);
        Caller reader = rig.call(GatewayRig.BODY, Caller.slow());
        QueryFrame asked = router.next(QueryFrame.class);
        rig.item(router, asked, "a");
        rig.item(router, asked, "b");
        assertThat(router.rest()).as("nothing was taken yet").isEmpty();
        reader.request(1);
        assertThat(router.rest()).containsExactly(new Frame.Taken(asked.exchange(), 1));
        reader.request(5);
        assertThat(router.rest()).containsExactly(new Frame.Taken(asked.exchange(), 1));
        rig.complete(router, asked);
        assertThat(reader.completed()).isTrue();
    }

    @Test
    void tellsTheHostBeforehandThatItWillSayWhatWasTaken() {
        caller.request(1);
        rig.complete(router, sent);
        for (boolean tells : List.of(true, false)) {
            QueryBytes bytes = QueryBytes.of(rig.query("body", "call", "input"), TraceContext.NONE, tells);
            Meta meta = Meta.decode(bytes.data(), bytes.metaLength());
            assertThat(meta.headers().containsKey(Meta.TELLS_TAKEN)).isEqualTo(tells);
            bytes.data().release();
        }
    }

    @Test
    void givesUpACallerForWhomTooManyItemsWait() throws Exception {
        for (int i = 0; i < Answers.MOST_WAITING; i++) {
            rig.item(router, sent, "item");
        }
        assertThat(caller.ends()).isZero();
        assertThat(rig.creditReturned.get()).isZero();
        rig.item(router, sent, "one more");
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(caller.answers()).isEmpty();
        assertThat(rig.creditReturned.get()).as("what waited is dropped").isEqualTo(rig.creditTaken.get());
        assertThat(router.rest()).containsExactly(new Frame.Cancel(sent.exchange()));
        rig.item(router, sent, "late");
    }

    @Test
    void givesUpACallerForWhomTooManyBytesWait() {
        String large = "x".repeat((int) Answers.MOST_WAITING_BYTES / 4);
        for (int i = 0; i < 4; i++) {
            rig.item(router, sent, large);
        }
        assertThat(caller.ends()).isZero();
        rig.item(router, sent, "x");
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.OVERLOADED);
    }

    @Test
    void letsOneItemWaitWhateverItsSize() {
        String huge = "x".repeat((int) Answers.MOST_WAITING_BYTES + 1);
        rig.item(router, sent, huge);
        caller.request(1);
        assertThat(caller.answers()).containsExactly(huge);
        rig.item(router, sent, huge);
        caller.request(1);
        rig.complete(router, sent);
        assertThat(caller.completed()).isTrue();
    }

    @Test
    void countsAgainFromNothingOnceTheCallerHasCaughtUp() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < Answers.MOST_WAITING; i++) {
                rig.item(router, sent, "item");
            }
            caller.request(Answers.MOST_WAITING);
        }
        assertThat(caller.answers()).hasSize(3 * Answers.MOST_WAITING);
        rig.complete(router, sent);
        assertThat(caller.completed()).isTrue();
    }

    @Test
    void dropsWhatWaitsWhenTheCallerLeaves() {
        rig.item(router, sent, "a");
        rig.item(router, sent, "b");
        caller.leave();
        assertThat(caller.ends()).isZero();
        assertThat(router.rest()).containsExactly(new Frame.Cancel(sent.exchange()));
        rig.item(router, sent, "c");
        rig.complete(router, sent);
        assertThat(rig.ledger.count(Outcome.CANCELLED)).isEqualTo(1);
    }
}
