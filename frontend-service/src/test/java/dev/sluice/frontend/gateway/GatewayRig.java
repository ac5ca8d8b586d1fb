package dev.sluice.frontend.gateway;

import static dev.sluice.frontend.access.Caller.ANONYMOUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.membership.CatalogueContent;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.metrics.Retry;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.testing.RecordedSpans;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.common.wire.Role;
import dev.sluice.frontend.explain.EndedQuery;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A gateway between callers and routers that the test plays. */
final class GatewayRig {

    static final long MAX_PAYLOAD = 1 << 20;
    static final long MAX_RETAINED = 4 << 20;
    static final ActorDescriptor ONCE = actor("once", false);
    static final ActorDescriptor AGAIN = actor("again", true);

    final HandTimers timers = new HandTimers();
    final List<ActorDescriptor> announced = new ArrayList<>();
    final Routers routers = new Routers(announced::add);
    final Ledger ledger = new Ledger();
    final RetainedBytes retained = new RetainedBytes(MAX_RETAINED);
    final Map<Outcome, AtomicLong> measured = new ConcurrentHashMap<>();
    final List<Ending> endings = Collections.synchronizedList(new ArrayList<>());
    final List<Retry> retries = Collections.synchronizedList(new ArrayList<>());
    final AtomicLong creditTaken = new AtomicLong();
    final AtomicLong creditReturned = new AtomicLong();
    final List<FakeLink> links = new ArrayList<>();
    final List<ByteBuf> inputs = Collections.synchronizedList(new ArrayList<>());
    final RecordedSpans spans = new RecordedSpans(false);
    final List<EndedQuery> explained = Collections.synchronizedList(new ArrayList<>());
    final LinkedGateway gateway = new LinkedGateway(
            new GatewayCore(routers, timers.clock(), ledger, new Measuring(), retained, explained::add, spans),
            MAX_PAYLOAD);

    static final ActorDescriptor BODY = new ActorDescriptor(
            "body",
            "1",
            true,
            30_000,
            "fifo",
            "",
            List.of(new MethodDescriptor("call", false, 1, 0, true, "String", "application/x-pieces")));

    static ActorDescriptor actor(String name, boolean idempotent) {
        return new ActorDescriptor(
                name,
                "1",
                idempotent,
                1_000,
                "fifo",
                "",
                List.of(new MethodDescriptor("call", false, 1, 0, false, "String", "String")));
    }

    private final class Measuring implements GatewayMetrics {

        @Override
        public void ended(ActorDescriptor actor, String method, Protocol protocol, Ending ending) {
            endings.add(ending);
            measured.computeIfAbsent(ending.outcome(), absent -> new AtomicLong())
                    .incrementAndGet();
        }

        @Override
        public void retried(ActorDescriptor actor, String method, Protocol protocol, Retry how) {
            retries.add(how);
        }
    }

    /** A router that has just been linked and has not sent a catalogue. */
    FakeLink freshRouter(String nodeId) {
        FakeLink link = new FakeLink(Role.ROUTER, nodeId);
        links.add(link.to(routers.opened(link)));
        return link;
    }

    FakeLink router(String nodeId) {
        FakeLink link = freshRouter(nodeId);
        catalogue(link, ONCE, AGAIN);
        return link;
    }

    static void catalogue(FakeLink link, ActorDescriptor... actors) {
        link.deliver(new Frame.Catalogue(MembershipJson.write(new CatalogueContent(Arrays.asList(actors)))));
    }

    Caller call(ActorDescriptor actor) {
        return call(actor, Caller.eager());
    }

    Caller call(ActorDescriptor actor, Caller caller) {
        return call(query(actor.name(), "call", "input"), caller);
    }

    Caller call(QueryCall query, Caller caller) {
        gateway.call(query).subscribe(caller);
        return caller;
    }

    QueryCall query(String actor, String method, String input) {
        ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer();
        body.writeCharSequence(input, StandardCharsets.UTF_8);
        return query(actor, method, body);
    }

    QueryCall query(String actor, String method, ByteBuf body) {
        inputs.add(body);
        return new QueryCall(actor, method, null, body, 0, "text/plain", 0, 0, ANONYMOUS, "id", Protocol.HTTP);
    }

    /** A query whose body its adapter has counted. */
    QueryCall charged(QueryCall query, long charge) {
        assertThat(retained.take(charge)).isTrue();
        return new QueryCall(
                query.actor(),
                query.method(),
                query.version(),
                query.body(),
                charge,
                query.mediaType(),
                query.budgetNanos(),
                query.priority(),
                query.caller(),
                query.id(),
                query.protocol());
    }

    QueryCall within(QueryCall query, long millis) {
        return new QueryCall(
                query.actor(),
                query.method(),
                query.version(),
                query.body(),
                query.charge(),
                query.mediaType(),
                TimeUnit.MILLISECONDS.toNanos(millis),
                query.priority(),
                query.caller(),
                query.id(),
                query.protocol());
    }

    void answer(FakeLink from, QueryFrame query, String result) {
        from.deliver(result(query.exchange(), Kind.ONLY, result));
    }

    void item(FakeLink from, QueryFrame query, String result) {
        from.deliver(result(query.exchange(), Kind.ITEM, result));
    }

    void complete(FakeLink from, QueryFrame query) {
        from.deliver(result(query.exchange(), Kind.END, ""));
    }

    static void fail(FakeLink from, QueryFrame query, ErrorCode code) {
        from.deliver(new Frame.Failed(query.exchange(), code.number(), 0, "no"));
    }

    /** As from a link: its credit comes back when it is released. */
    ResultFrame result(long exchange, Kind kind, String text) {
        ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer();
        body.writeCharSequence(text, StandardCharsets.UTF_8);
        inputs.add(body);
        ResultFrame result = new ResultFrame(exchange, kind, "text/plain", body);
        creditTaken.addAndGet(result.weight());
        result.creditReturn(creditReturned::addAndGet);
        return result;
    }

    /** To hold after every test: each query has its one outcome, and nothing is held for any. */
    void assertSettled() {
        long ended = Arrays.stream(Outcome.values()).mapToLong(ledger::count).sum();
        assertThat(ended).as("ended of " + ledger.acceptedCount()).isEqualTo(ledger.acceptedCount());
        assertThat(ledger.inFlight()).isZero();
        assertThat(ledger.count(Outcome.REFUSED)).as("refused after acceptance").isZero();
        for (Outcome outcome : Outcome.values()) {
            long seen = measured.getOrDefault(outcome, new AtomicLong()).get();
            assertThat(seen).as("measured " + outcome).isEqualTo(ledger.count(outcome));
        }
        assertThat(retained.held()).as("bytes held").isZero();
        assertThat(creditReturned.get()).as("credit returned").isEqualTo(creditTaken.get());
        assertThat(inputs).allMatch(body -> body.refCnt() == 0, "released");
        assertThat(links).allMatch(link -> link.unreleased().isEmpty(), "nothing held on the link");
        assertThat(timers.pending()).as("timers").isZero();
    }
}
