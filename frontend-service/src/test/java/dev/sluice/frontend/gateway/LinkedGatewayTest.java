package dev.sluice.frontend.gateway;

import static dev.sluice.frontend.access.Caller.ANONYMOUS;
import static dev.sluice.frontend.gateway.GatewayRig.ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameException;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.frontend.access.TestCallers;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkedGatewayTest {

    private final GatewayRig rig = new GatewayRig();

    @AfterEach
    void settled() {
        rig.assertSettled();
    }

    @Test
    void answersWithWhatTheRouterSends() throws Exception {
        FakeLink router = rig.router("router-0");

        Caller caller = rig.call(ONCE);
        QueryFrame sent = router.next(QueryFrame.class);
        assertThat(router.body(sent)).isEqualTo("input");
        assertThat(sent.actor()).isEqualTo("once");
        assertThat(sent.method()).isEqualTo("call");
        assertThat(sent.version()).isEmpty();
        rig.answer(router, sent, "result");

        assertThat(caller.answers()).containsExactly("result");
        assertThat(caller.completed()).isTrue();
        assertThat(rig.ledger.count(Outcome.ANSWERED)).isEqualTo(1);
        assertThat(rig.endings).singleElement().matches(Ending::withinSlo);
    }

    @Test
    void sendsMetaPriorityVersionAndBudget() throws Exception {
        FakeLink router = rig.router("router-0");
        ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer().writeZero(3);
        rig.inputs.add(body);

        rig.call(
                new QueryCall(
                        "once",
                        "call",
                        "7",
                        body,
                        0,
                        "image/png",
                        TimeUnit.MILLISECONDS.toNanos(250),
                        3,
                        TestCallers.ofTenant("t"),
                        "q",
                        Protocol.HTTP),
                Caller.eager());
        QueryFrame sent = router.next(QueryFrame.class);

        assertThat(router.meta(sent))
                .as("hosts do not see the frame, and what actors call is as urgent")
                .isEqualTo(new Meta("image/png", "q", "t", Map.of("sluice-priority", "3")));
        assertThat(sent.priority()).isEqualTo(3);
        assertThat(sent.version()).isEqualTo("7");
        assertThat(sent.budgetNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(250));
        rig.answer(router, sent, "");
    }

    @Test
    void takesTheActorsSloWhereTheCallerNamesNone() throws Exception {
        FakeLink router = rig.router("router-0");
        rig.call(ONCE);
        QueryFrame sent = router.next(QueryFrame.class);
        assertThat(sent.budgetNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        rig.answer(router, sent, "");
    }

    @Test
    void carriesLargeInputsWithoutACopyAndReleasesThem() throws Exception {
        FakeLink router = rig.router("router-0");
        String large = "x".repeat(100_000);
        Caller caller = rig.call(rig.query("once", "call", large), Caller.eager());
        QueryFrame sent = router.next(QueryFrame.class);
        assertThat(router.body(sent)).isEqualTo(large);
        rig.answer(router, sent, large);
        assertThat(caller.answers()).containsExactly(large);
    }

    @Test
    void releasesALargeInputThatWasNeverWritten() {
        FakeLink router = rig.router("router-0");
        router.holdBack();
        Caller caller = rig.call(rig.query("once", "call", "x".repeat(100_000)), Caller.eager());
        caller.leave();
        assertThat(router.rest()).isEmpty();
        assertThat(rig.ledger.count(Outcome.CANCELLED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NOT_FOUND"})
    void passesARoutersFailureOn(ErrorCode code) throws Exception {
        FakeLink router = rig.router("router-0");
        Caller caller = rig.call(ONCE);
        router.deliver(new Frame.Failed(router.next(QueryFrame.class).exchange(), code.number(), 70, "because"));

        assertThat(caller.failure().code()).isEqualTo(code);
        assertThat(caller.failure().message()).isEqualTo("because");
        assertThat(caller.failure().retryAfterMillis()).isEqualTo(70);
        Outcome counted = code.outcome() == Outcome.REFUSED ? Outcome.FAILED : code.outcome();
        assertThat(rig.ledger.count(counted)).isEqualTo(1);
    }

    @Test
    void leavesAQueryThePlaceThatItsBodyHad() throws Exception {
        FakeLink router = rig.router("router-0");
        QueryCall query = rig.charged(rig.query("once", "call", "x".repeat(100_000)), 150_000);
        long others = GatewayRig.MAX_RETAINED - 150_000;
        assertThat(rig.retained.take(others)).isTrue();

        Caller caller = rig.call(query, Caller.eager());
        assertThat(rig.retained.held()).as("its body is kept as it came").isEqualTo(GatewayRig.MAX_RETAINED);
        rig.answer(router, router.next(QueryFrame.class), "result");

        assertThat(caller.answers()).containsExactly("result");
        assertThat(rig.retained.held()).isEqualTo(others);
        rig.retained.give(others);
    }

    @Test
    void countsAnInputThatItCopiesForNoMoreThanItself() throws Exception {
        FakeLink router = rig.router("router-0");
        rig.call(rig.charged(rig.query("once", "call", "input"), 150_000), Caller.eager());
        assertThat(rig.retained.held()).isLessThan(1_000);
        rig.answer(router, router.next(QueryFrame.class), "");
    }

    @Test
    void givesBackWhatTheBodyOfARefusedQueryWasCountedFor() {
        rig.router("router-0");
        Caller refused = rig.call(rig.charged(rig.query("nobody", "call", "input"), 1_000), Caller.eager());
        assertThat(refused.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(rig.retained.held()).isZero();

        QueryCall query = rig.charged(rig.query("once", "call", "input"), 1);
        long others = GatewayRig.MAX_RETAINED - 1;
        assertThat(rig.retained.take(others)).isTrue();
        Caller shed = rig.call(query, Caller.eager());
        assertThat(shed.failure().code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(shed.failure().message()).contains("sluice.frontend.max-retained");
        assertThat(rig.retained.held()).isEqualTo(others);
        rig.retained.give(others);
    }

    @Test
    void tellsTheCallerOnceWhenTheRouterAnswersTwice() throws Exception {
        FakeLink router = rig.router("router-0");
        Caller caller = rig.call(ONCE);
        QueryFrame sent = router.next(QueryFrame.class);
        rig.answer(router, sent, "first");
        rig.answer(router, sent, "second");
        rig.item(router, sent, "third");
        GatewayRig.fail(router, sent, ErrorCode.FAILED);
        assertThat(caller.answers()).containsExactly("first");
        assertThat(caller.completed()).isTrue();
    }

    @Test
    void cancelsInTheRouterWhatWasWritten() throws Exception {
        FakeLink router = rig.router("router-0");
        Caller caller = rig.call(ONCE);
        QueryFrame sent = router.next(QueryFrame.class);
        caller.leave();
        assertThat(router.rest()).containsExactly(new Frame.Cancel(sent.exchange()));
        rig.answer(router, sent, "too late");
        assertThat(caller.answers()).isEmpty();
        assertThat(caller.ends()).isZero();
        assertThat(rig.ledger.count(Outcome.CANCELLED)).isEqualTo(1);
    }

    @Test
    void takesBackWhatWasNotWrittenWhenTheCallerLeaves() {
        FakeLink router = rig.router("router-0");
        router.holdBack();
        rig.call(ONCE).leave();
        router.writeOn();
        assertThat(router.rest()).isEmpty();
    }

    @Test
    void neverSendsForACallerWhoLeavesAtOnce() {
        FakeLink router = rig.router("router-0");
        Caller caller = rig.call(ONCE, Caller.leavingAtOnce());
        assertThat(router.rest()).isEmpty();
        assertThat(caller.ends()).isZero();
        assertThat(rig.ledger.count(Outcome.CANCELLED)).isEqualTo(1);
    }

    @Test
    void takesNoNoteOfACallerWhoLeavesAfterTheEnd() throws Exception {
        FakeLink router = rig.router("router-0");
        Caller caller = rig.call(ONCE);
        rig.answer(router, router.next(QueryFrame.class), "result");
        caller.leave();
        assertThat(router.rest()).isEmpty();
        assertThat(rig.ledger.count(Outcome.CANCELLED)).isZero();
    }

    @Test
    void dropsAnAnswerThatACallerWhoLeftNeverAskedFor() throws Exception {
        FakeLink router = rig.router("router-0");
        Caller caller = rig.call(ONCE, Caller.slow());
        rig.answer(router, router.next(QueryFrame.class), "result");
        assertThat(rig.creditReturned.get()).as("held until asked for").isZero();
        caller.leave();
        assertThat(caller.answers()).isEmpty();
        assertThat(rig.ledger.count(Outcome.ANSWERED)).isEqualTo(1);
    }

    @Test
    void returnsCreditWithTheAnswer() throws Exception {
        FakeLink router = rig.router("router-0");
        Caller caller = rig.call(ONCE, Caller.slow());
        rig.answer(router, router.next(QueryFrame.class), "result");
        assertThat(rig.creditReturned.get()).isZero();
        assertThat(caller.ends()).isZero();
        caller.request(1);
        assertThat(rig.creditReturned.get()).isEqualTo(rig.creditTaken.get());
        assertThat(caller.completed()).isTrue();
    }

    @Test
    void expiresWhatTheRouterDidNotAnswerInTime() throws Exception {
        FakeLink router = rig.router("router-0");
        Caller caller = rig.call(rig.within(rig.query("once", "call", "input"), 50), Caller.eager());
        QueryFrame sent = router.next(QueryFrame.class);
        rig.timers.pass(49);
        assertThat(caller.ends()).isZero();
        rig.timers.pass(1);
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.EXPIRED);
        assertThat(caller.failure().message()).contains("50 ms");
        assertThat(router.rest()).containsExactly(new Frame.Cancel(sent.exchange()));
        rig.answer(router, sent, "too late");
        assertThat(rig.endings)
                .containsExactly(new Ending(ErrorCode.EXPIRED, TimeUnit.MILLISECONDS.toNanos(50), false));
    }

    @Test
    void countsWhatTheCallerHasWaitedAlreadyAsOfItsSlo() throws Exception {
        FakeLink router = rig.router("router-0");
        QueryCall query = rig.within(rig.query("once", "call", "input"), 50);
        Caller caller = rig.call(query.after(TimeUnit.MILLISECONDS.toNanos(20)), Caller.eager());
        assertThat(router.next(QueryFrame.class).budgetNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(30));

        rig.timers.pass(29);
        assertThat(caller.ends()).isZero();
        rig.timers.pass(1);

        assertThat(caller.failure().code()).isEqualTo(ErrorCode.EXPIRED);
        assertThat(rig.endings)
                .containsExactly(new Ending(ErrorCode.EXPIRED, TimeUnit.MILLISECONDS.toNanos(50), false));
    }

    @Test
    void sendsNothingOfWhoHasWaitedForAllOfItsSlo() {
        FakeLink router = rig.router("router-0");
        Caller caller = rig.call(rig.query("once", "call", "input").after(TimeUnit.SECONDS.toNanos(1)), Caller.eager());
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.EXPIRED);
        assertThat(caller.failure().message()).contains("1000 ms", "who sends");
        assertThat(router.rest()).isEmpty();
    }

    @Test
    void isOverloadedWhereTheRouterDidNotEvenTakeTheQueryInTime() throws Exception {
        FakeLink router = rig.router("router-0");
        router.holdBack();
        Caller caller = rig.call(ONCE);
        rig.timers.pass(1_000);
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(caller.failure().retryAfterMillis()).isPositive();
        router.writeOn();
        assertThat(router.rest()).isEmpty();
        assertThat(rig.ledger.count(Outcome.SHED)).isEqualTo(1);
    }

    @Test
    void isUnavailableWithoutARouter() throws Exception {
        FakeLink router = rig.router("router-0");
        router.close("gone");
        Caller caller = rig.call(ONCE);
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(caller.failure().retryAfterMillis()).isPositive();
    }

    @Test
    void isUnavailableBeforeTheFirstCatalogue() {
        rig.freshRouter("router-0");
        assertThat(rig.gateway.ready()).isFalse();
        assertThat(rig.call(ONCE).failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(rig.ledger.acceptedCount()).isZero();
    }

    @Test
    void refusesWhatTheCatalogueDoesNotHaveWithoutAskingARouter() {
        FakeLink router = rig.router("router-0");
        assertThat(rig.call(GatewayRig.actor("other", false)).failure().message())
                .contains("'other'");
        Caller caller = rig.call(rig.query("once", "other", "input"), Caller.eager());
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(caller.failure().message()).contains("'other'");
        assertThat(router.rest()).isEmpty();
        assertThat(rig.ledger.acceptedCount()).isZero();
    }

    @Test
    void refusesNamesThatNoLinkCanCarry() {
        rig.router("router-0");
        Caller version = rig.call(named("9".repeat(300), "id"), Caller.eager());
        assertThat(version.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
        Caller id = rig.call(named(null, "i".repeat(70_000)), Caller.eager());
        assertThat(id.failure().code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(rig.ledger.acceptedCount()).isZero();
    }

    private QueryCall named(String version, String id) {
        ByteBuf body = rig.query("once", "call", "input").body();
        return new QueryCall("once", "call", version, body, 0, "text/plain", 0, 0, ANONYMOUS, id, Protocol.HTTP);
    }

    @Test
    void refusesAnInputThatIsTooLarge() {
        rig.router("router-0");
        ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer().writeZero((int) GatewayRig.MAX_PAYLOAD + 1);
        Caller caller = rig.call(rig.query("once", "call", body), Caller.eager());
        assertThat(caller.failure().code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(caller.failure().message()).contains("1048577").contains("1048576");
    }

    @Test
    void shedsWhatWouldHoldMoreBytesThanItMay() throws Exception {
        FakeLink router = rig.router("router-0");
        List<Caller> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(rig.call(megabyte(), Caller.eager()));
        }
        Caller shed = rig.call(megabyte(), Caller.eager());
        assertThat(shed.failure().code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(rig.ledger.count(Outcome.SHED)).isEqualTo(1);

        rig.answer(router, router.next(QueryFrame.class), "");
        Caller again = rig.call(megabyte(), Caller.eager());
        assertThat(again.ends()).isZero();
        router.close("gone");
        assertThat(held.subList(1, 3)).allMatch(caller -> caller.failure().code() == ErrorCode.LOST);
        assertThat(again.failure().code()).isEqualTo(ErrorCode.LOST);
    }

    private QueryCall megabyte() {
        ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer().writeZero((int) GatewayRig.MAX_PAYLOAD);
        return rig.query("once", "call", body);
    }

    @Test
    void endsTheLinkOfARouterThatSendsWork() {
        FakeLink router = rig.router("router-0");
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer().writeZero(5);
        rig.inputs.add(data);
        assertThatThrownBy(() -> router.deliver(new QueryFrame(1, 1, 0, "once", "call", "", 0, data)))
                .isInstanceOf(FrameException.class);
        ByteBuf item = PooledByteBufAllocator.DEFAULT.buffer().writeZero(5);
        rig.inputs.add(item);
        assertThatThrownBy(() -> router.deliver(
                        new BatchFrame(1, false, "once-0", "call", List.of(new BatchItem(1, 1, 0, item)))))
                .isInstanceOf(FrameException.class);
    }

    @Test
    void skipsFramesThatAreNotForFrontends() {
        FakeLink router = rig.router("router-0");
        router.deliver(new Frame.Started(1));
        router.deliver(new Frame.Failed(99, 12, 0, "of a query that ended"));
        assertThat(rig.gateway.ready()).isTrue();
    }
}
