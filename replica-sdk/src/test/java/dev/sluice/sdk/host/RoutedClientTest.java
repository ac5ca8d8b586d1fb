package dev.sluice.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.actor.CallPath;
import dev.sluice.common.actor.CallPath.Waits;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.placement.Rendezvous;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.Role;
import dev.sluice.sdk.ActorClient;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.actor.Caller;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import tools.jackson.databind.json.JsonMapper;

class RoutedClientTest {

    private static final Duration SLO = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeLink link = new FakeLink(Role.ROUTER, "router");
    private final RouterCalls calls = new RouterCalls();
    private final ActorClient client =
            new RoutedClient(calls, JsonMapper.builder().build());

    private static Caller caller(Map<String, String> headers) {
        return new Caller("self", new Meta("image/png", "id-7", "acme", headers), System.nanoTime() + SLO.toNanos());
    }

    private <R> CompletableFuture<R> as(Caller caller, String actor, Object input, Class<R> type) {
        Caller before = Caller.enter(caller);
        try {
            return client.call(actor, input, type).toFuture();
        } finally {
            Caller.enter(before);
        }
    }

    private static ResultFrame result(long exchange, ResultFrame.Kind kind, String json) {
        return new ResultFrame(
                exchange, kind, "application/json", Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void callsOnBehalfOfTheQueryThatItsActorWorksOn() throws InterruptedException {
        calls.opened(link);
        CompletableFuture<Integer> answer = as(caller(Map.of("traceparent", "00-1")), "other", 41, Integer.class);
        QueryFrame sent = link.next(QueryFrame.class);
        assertThat(sent.actor()).isEqualTo("other");
        assertThat(sent.method()).isEqualTo("call");
        assertThat(sent.budgetNanos()).isPositive().isLessThanOrEqualTo(SLO.toNanos());
        Meta meta = link.meta(sent);
        assertThat(meta.mediaType()).isEqualTo("application/json");
        assertThat(meta.id()).isEqualTo("id-7");
        assertThat(meta.tenant()).isEqualTo("acme");
        assertThat(meta.headers()).containsEntry("traceparent", "00-1");
        assertThat(CallPath.of(meta).hops()).containsExactly(new CallPath.Hop("self", Waits.HELD));
        assertThat(link.body(sent)).isEqualTo("41");

        calls.answered(link, result(sent.exchange(), ResultFrame.Kind.ONLY, "42"));
        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(42);
        assertThat(calls.open()).isZero();
    }

    @Test
    void passesContentOnAsItIs() throws InterruptedException {
        calls.opened(link);
        Content picture = new Content(new byte[] {1, 2}, "image/png");
        CompletableFuture<Content> answer = as(caller(Map.of()), "other", picture, Content.class);
        QueryFrame sent = link.next(QueryFrame.class);
        assertThat(link.meta(sent).mediaType()).isEqualTo("image/png");
        calls.answered(link, result(sent.exchange(), ResultFrame.Kind.ONLY, "{}"));
        assertThat(answer).succeedsWithin(PATIENCE).satisfies(content -> {
            assertThat(content.bytes()).asString().isEqualTo("{}");
            assertThat(content.mediaType()).isEqualTo("application/json");
        });
    }

    @Test
    void failsAsTheCallDid() throws InterruptedException {
        calls.opened(link);
        CompletableFuture<Integer> answer = as(caller(Map.of()), "other", 1, Integer.class);
        QueryFrame sent = link.next(QueryFrame.class);
        calls.failed(link, new Frame.Failed(sent.exchange(), ErrorCode.OVERLOADED.number(), 500, "full"));
        assertThatThrownBy(() -> answer.orTimeout(60, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(QueryException.class)
                .satisfies(thrown -> {
                    QueryException refused = (QueryException) thrown.getCause();
                    assertThat(refused.failure().code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(refused.failure().retryAfterMillis()).isEqualTo(500);
                });
    }

    @Test
    void cancelsACallThatNobodyWaitsForAnyMore() throws InterruptedException {
        calls.opened(link);
        Disposable call = client.call("other", 1, Integer.class).subscribe();
        QueryFrame sent = link.next(QueryFrame.class);
        call.dispose();
        assertThat(link.next(Frame.Cancel.class).exchange()).isEqualTo(sent.exchange());
        assertThat(calls.open()).isZero();
    }

    @Test
    void refusesACallThatWouldComeBackToWhoWaitsForIt() {
        calls.opened(link);
        Map<String, String> headers =
                CallPath.of(new Meta("", "", "")).then("first", Waits.HELD).over(Map.of());
        CompletableFuture<Integer> answer = as(caller(headers), "first", 1, Integer.class);
        assertThatThrownBy(answer::join).hasMessageContaining("(first calls self calls first)");
        assertThat(as(caller(Map.of()), "self", 1, Integer.class)).isCompletedExceptionally();
    }

    @Test
    void sendsNothingOnceTheTimeOfItsQueryIsOver() {
        calls.opened(link);
        Caller late = new Caller("self", new Meta("", "", ""), System.nanoTime() - 1);
        assertThatThrownBy(as(late, "other", 1, Integer.class)::join)
                .hasMessageContaining("The SLO passed before 'other' had answered.");
        assertThat(calls.open()).isZero();
    }

    private final FakeLink second = new FakeLink(Role.ROUTER, "second");

    private FakeLink firstFor(String actor) {
        return Rendezvous.first(actor, List.of("router", "second"))
                        .orElseThrow()
                        .equals("router")
                ? link
                : second;
    }

    private FakeLink otherThan(FakeLink one) {
        return one == link ? second : link;
    }

    @Test
    void sendsACallToAnotherRouterThatHadNotLeft() throws InterruptedException {
        calls.opened(link);
        calls.opened(second);
        FakeLink first = firstFor("other");
        FakeLink other = otherThan(first);
        first.holdBack();
        CompletableFuture<Integer> answer = as(caller(Map.of()), "other", 1, Integer.class);
        calls.closed(first);
        first.close("gone");
        QueryFrame sent = other.next(QueryFrame.class);
        assertThat(other.body(sent)).isEqualTo("1");
        calls.answered(other, result(sent.exchange(), ResultFrame.Kind.ONLY, "2"));
        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(2);
        assertThat(calls.open()).isZero();
    }

    @Test
    void sendsACallToAnotherRouterThatAStoppingOneDidNotTake() throws InterruptedException {
        calls.opened(link);
        calls.opened(second);
        FakeLink first = firstFor("other");
        FakeLink other = otherThan(first);
        CompletableFuture<Integer> answer = as(caller(Map.of()), "other", 1, Integer.class);
        QueryFrame refused = first.next(QueryFrame.class);
        calls.draining(first);
        calls.failed(first, new Frame.Failed(refused.exchange(), ErrorCode.UNAVAILABLE.number(), 1000, "stopping"));
        QueryFrame sent = other.next(QueryFrame.class);
        calls.draining(other);
        calls.failed(other, new Frame.Failed(sent.exchange(), ErrorCode.UNAVAILABLE.number(), 1000, "stopping too"));
        assertThatThrownBy(() -> answer.orTimeout(60, TimeUnit.SECONDS).join()).hasMessageContaining("stopping too");
        assertThat(calls.open()).isZero();
    }

    @Test
    void cancelsACallWhereItIsNow() throws InterruptedException {
        calls.opened(link);
        calls.opened(second);
        FakeLink first = firstFor("other");
        FakeLink other = otherThan(first);
        Disposable call = client.call("other", 1, Integer.class).subscribe();
        QueryFrame refused = first.next(QueryFrame.class);
        calls.draining(first);
        calls.failed(first, new Frame.Failed(refused.exchange(), ErrorCode.UNAVAILABLE.number(), 1000, "stopping"));
        QueryFrame sent = other.next(QueryFrame.class);
        call.dispose();
        assertThat(other.next(Frame.Cancel.class).exchange()).isEqualTo(sent.exchange());
        assertThat(first.rest()).isEmpty();
    }

    /** More than there are threads in any pool that is made for as many as there are processors. */
    private static final int MANY = 400;

    @Test
    void whatFollowsACallMayWaitForAnotherHoweverManyDo() throws InterruptedException {
        calls.opened(link);
        List<CompletableFuture<Integer>> sums = Stream.generate(() -> client.call("first", 1, Integer.class)
                        .map(first ->
                                first + client.call("second", 2, Integer.class).block())
                        .toFuture())
                .limit(MANY)
                .toList();
        for (int i = 0; i < 2 * MANY; i++) {
            QueryFrame sent = link.next(QueryFrame.class);
            calls.answered(link, result(sent.exchange(), ResultFrame.Kind.ONLY, link.body(sent)));
        }
        assertThat(sums)
                .allSatisfy(sum -> assertThat(sum).succeedsWithin(PATIENCE).isEqualTo(3));
    }

    @Test
    void failsWithoutARouterAndWhenItsLinkEnds() throws InterruptedException {
        assertThatThrownBy(as(caller(Map.of()), "other", 1, Integer.class)::join)
                .hasMessageContaining("no router is linked");
        calls.opened(link);
        CompletableFuture<Integer> answer = as(caller(Map.of()), "other", 1, Integer.class);
        link.next(QueryFrame.class);
        calls.closed(link);
        assertThatThrownBy(() -> answer.orTimeout(60, TimeUnit.SECONDS).join())
                .hasMessageContaining("The link to the router was lost while 'other' may have worked on it.");
    }
}
