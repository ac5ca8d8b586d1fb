package dev.sluice.frontend.gateway;

import static dev.sluice.frontend.gateway.GatewayRig.AGAIN;
import static dev.sluice.frontend.gateway.GatewayRig.ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.metrics.Retry;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of queries whose router is lost, leaves or knows nothing yet. */
class FailoverTest {

    private final GatewayRig rig = new GatewayRig();
    private final FakeLink[] routers = new FakeLink[3];

    @AfterEach
    void settled() {
        rig.assertSettled();
    }

    /** Links routers until there are this many; their order is that in which the actor's queries go to them. */
    private void ranked(String actor, int count) {
        for (int i = 0; i < count; i++) {
            rig.router("router-" + i);
        }
        List<RouterLink> givenUp = new ArrayList<>();
        for (int rank = 0; rank < count; rank++) {
            RouterLink next = rig.routers.choose(actor, givenUp);
            givenUp.add(next);
            routers[rank] = (FakeLink) next.link();
        }
    }

    @Test
    void sendsToTheNextInRankWhatWasNeverWritten() throws Exception {
        ranked("once", 2);
        routers[0].holdBack();
        Caller caller = rig.call(ONCE);
        routers[0].close("gone");
        rig.answer(routers[1], routers[1].next(QueryFrame.class), "from the second");
        assertThat(caller.answers()).containsExactly("from the second");
        assertThat(routers[0].rest()).isEmpty();
    }

    @Test
    void sendsAnIdempotentQueryAgainWithWhatIsLeftOfItsBudget() throws Exception {
        ranked("again", 3);
        Caller caller = rig.call(AGAIN);
        assertThat(routers[0].next(QueryFrame.class).budgetNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1_000));
        rig.timers.pass(400);
        routers[0].close("gone");
        assertThat(routers[1].next(QueryFrame.class).budgetNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(600));
        rig.timers.pass(500);
        routers[1].close("gone too");
        QueryFrame third = routers[2].next(QueryFrame.class);
        assertThat(third.budgetNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        rig.answer(routers[2], third, "at last");
        assertThat(caller.answers()).containsExactly("at last");
    }

    @Test
    void givesUpWhatIsNotIdempotentAndMayHaveRun() throws Exception {
        ranked("once", 2);
        Caller caller = rig.call(ONCE);
        routers[0].next(QueryFrame.class);
        routers[0].close("gone");
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.LOST);
        assertThat(caller.failure().message())
                .contains("'once'")
                .contains(routers[0].peer().nodeId());
        assertThat(routers[1].rest()).isEmpty();
    }

    @Test
    void givesUpAStreamOfWhichTheCallerHasSeenSome() throws Exception {
        ranked("again", 2);
        Caller caller = rig.call(AGAIN);
        rig.item(routers[0], routers[0].next(QueryFrame.class), "first");
        routers[0].close("gone");
        assertThat(caller.answers()).containsExactly("first");
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.LOST);
        assertThat(routers[1].rest()).isEmpty();
    }

    @Test
    void isUnavailableWhenTheLastRouterIsLostWithWhatWasNotWritten() {
        ranked("once", 1);
        routers[0].holdBack();
        Caller caller = rig.call(ONCE);
        routers[0].close("gone");
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void cancelsRatherThanSendsAgainForACallerWhoLeft() throws Exception {
        ranked("again", 2);
        Caller caller = rig.call(AGAIN);
        routers[0].next(QueryFrame.class);
        caller.leave();
        routers[0].close("gone");
        assertThat(routers[1].rest()).isEmpty();
        assertThat(rig.ledger.count(Outcome.CANCELLED)).isEqualTo(1);
    }

    @Test
    void stopsTryingAfterAFewRouters() throws Exception {
        for (int i = 0; i < 10; i++) {
            rig.router("router-" + i);
        }
        Caller caller = rig.call(AGAIN);
        int tried = 0;
        while (caller.ends() == 0) {
            FakeLink with = rig.links.stream()
                    .filter(link -> link.isOpen() && !link.rest().isEmpty())
                    .findFirst()
                    .orElseThrow();
            with.close("gone");
            tried++;
        }
        assertThat(tried).isEqualTo(GatewayCore.MOST_ATTEMPTS);
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void expiresInsteadOfSendingAgainWhatHasNoBudgetLeft() throws Exception {
        ranked("again", 2);
        Caller caller = rig.call(AGAIN);
        routers[0].next(QueryFrame.class);
        rig.timers.passSilently(1_000);
        routers[0].close("gone");
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.EXPIRED);
        assertThat(routers[1].rest()).isEmpty();
    }

    @Test
    void isOverloadedWhereNoRouterTookItBeforeTheBudgetWasGone() throws Exception {
        ranked("once", 2);
        routers[0].holdBack();
        Caller caller = rig.call(ONCE);
        rig.timers.passSilently(1_000);
        routers[0].close("gone");
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.OVERLOADED);
    }

    @Test
    void asksTheOthersWhereARouterDoesNotKnowTheActor() throws Exception {
        ranked("once", 3);
        Caller caller = rig.call(ONCE);
        GatewayRig.fail(routers[0], routers[0].next(QueryFrame.class), ErrorCode.NOT_FOUND);
        GatewayRig.fail(routers[1], routers[1].next(QueryFrame.class), ErrorCode.NOT_FOUND);
        rig.answer(routers[2], routers[2].next(QueryFrame.class), "known here");
        assertThat(caller.answers()).containsExactly("known here");
    }

    @Test
    void asksOnlySoManyTimesForWhatRoutersDoNotKnow() throws Exception {
        ranked("once", 2);
        for (int i = 0; i < RetryBudget.MOST_SAVED; i++) {
            rig.routers.retries().spend();
        }
        Caller first = rig.call(ONCE);
        GatewayRig.fail(routers[0], routers[0].next(QueryFrame.class), ErrorCode.NOT_FOUND);
        assertThat(first.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(routers[1].rest()).isEmpty();
        for (int i = 1; i < RetryBudget.QUERIES_PER_RETRY - 1; i++) {
            rig.call(ONCE);
            rig.answer(routers[0], routers[0].next(QueryFrame.class), "known by now");
        }
        Caller last = rig.call(ONCE);
        GatewayRig.fail(routers[0], routers[0].next(QueryFrame.class), ErrorCode.NOT_FOUND);
        rig.answer(routers[1], routers[1].next(QueryFrame.class), "known here");
        assertThat(last.answers()).containsExactly("known here");
        assertThat(rig.retries).containsExactly(Retry.REFUSED, Retry.CHARGED);
    }

    @Test
    void doesNotChargeWhatALostOrLeavingRouterGaveBack() throws Exception {
        ranked("again", 3);
        while (rig.routers.retries().spend()) {
            // Nothing is left after this.
        }
        Caller caller = rig.call(AGAIN);
        routers[0].next(QueryFrame.class);
        routers[0].close("gone");
        QueryFrame sent = routers[1].next(QueryFrame.class);
        routers[1].deliver(new Frame.Drain());
        GatewayRig.fail(routers[1], sent, ErrorCode.UNAVAILABLE);
        rig.answer(routers[2], routers[2].next(QueryFrame.class), "here");
        assertThat(caller.answers()).containsExactly("here");
        assertThat(rig.retries).containsExactly(Retry.LOST_PEER, Retry.LOST_PEER);
    }

    @Test
    void asksEachRouterOnce() throws Exception {
        ranked("once", 2);
        Caller caller = rig.call(ONCE);
        GatewayRig.fail(routers[0], routers[0].next(QueryFrame.class), ErrorCode.NOT_FOUND);
        GatewayRig.fail(routers[1], routers[1].next(QueryFrame.class), ErrorCode.NOT_FOUND);
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(routers[0].rest()).isEmpty();
        assertThat(rig.ledger.count(Outcome.FAILED)).isEqualTo(1);
    }

    @Test
    void isUnavailableWhereTheOnlyRouterHasJustStartedAndKnowsNothingYet() throws Exception {
        rig.router("router-0").close("restarted");
        FakeLink fresh = rig.freshRouter("router-0");
        Caller caller = rig.call(ONCE);
        GatewayRig.fail(fresh, fresh.next(QueryFrame.class), ErrorCode.NOT_FOUND);
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(caller.failure().retryAfterMillis()).isPositive();
    }

    @Test
    void prefersRoutersThatDoNotDrain() throws Exception {
        ranked("once", 2);
        routers[0].deliver(new Frame.Drain());
        rig.call(ONCE);
        rig.answer(routers[1], routers[1].next(QueryFrame.class), "");
        assertThat(routers[0].rest()).isEmpty();
    }

    @Test
    void turnsToADrainingRouterWhereThereIsNoOther() throws Exception {
        ranked("once", 1);
        routers[0].deliver(new Frame.Drain());
        Caller caller = rig.call(ONCE);
        rig.answer(routers[0], routers[0].next(QueryFrame.class), "still here");
        assertThat(caller.answers()).containsExactly("still here");
    }

    @Test
    void endsWhatADrainingRouterHolds() throws Exception {
        ranked("once", 2);
        Caller caller = rig.call(ONCE);
        QueryFrame sent = routers[0].next(QueryFrame.class);
        routers[0].deliver(new Frame.Drain());
        rig.answer(routers[0], sent, "before it leaves");
        routers[0].close("left");
        assertThat(caller.answers()).containsExactly("before it leaves");
        assertThat(caller.completed()).isTrue();
    }

    @Test
    void turnsElsewhereWithWhatAStoppingRouterDoesNotTakeAnyMore() throws Exception {
        ranked("once", 2);
        Caller caller = rig.call(ONCE);
        QueryFrame sent = routers[0].next(QueryFrame.class);
        routers[0].deliver(new Frame.Drain());
        GatewayRig.fail(routers[0], sent, ErrorCode.UNAVAILABLE);
        rig.answer(routers[1], routers[1].next(QueryFrame.class), "here");
        assertThat(caller.answers()).containsExactly("here");
    }

    @Test
    void isUnavailableWhereTheOnlyRouterIsStopping() throws Exception {
        ranked("once", 1);
        routers[0].deliver(new Frame.Drain());
        Caller caller = rig.call(ONCE);
        GatewayRig.fail(routers[0], routers[0].next(QueryFrame.class), ErrorCode.UNAVAILABLE);
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void asksNoOtherWhereARouterThatStaysHasNoHostForTheActor() throws Exception {
        ranked("once", 2);
        Caller caller = rig.call(ONCE);
        GatewayRig.fail(routers[0], routers[0].next(QueryFrame.class), ErrorCode.UNAVAILABLE);
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(routers[1].rest()).isEmpty();
    }
}
