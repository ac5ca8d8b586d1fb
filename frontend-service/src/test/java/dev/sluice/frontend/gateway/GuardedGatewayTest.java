package dev.sluice.frontend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.ActorPatterns;
import dev.sluice.frontend.access.Quota;
import dev.sluice.frontend.access.Rights;
import dev.sluice.frontend.access.Tenant;
import dev.sluice.frontend.access.Tenants;
import dev.sluice.frontend.access.TestCallers;
import dev.sluice.frontend.access.quota.Quotas;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import io.github.bucket4j.TimeMeter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

class GuardedGatewayTest {

    private final FakeGateway behind = new FakeGateway();
    private final GuardedGateway gateway = new GuardedGateway(
            behind,
            new Quotas(
                    new Tenants(Map.of("slow", new Tenant(ActorPatterns.ANY, new Quota(0.001, 2))), Tenant.FREE),
                    TimeMeter.SYSTEM_NANOTIME));

    @AfterEach
    void whatIsRefusedIsReleasedToo() {
        behind.assertReleased();
    }

    private String outcome(dev.sluice.frontend.access.Caller caller, String actor) {
        try {
            gateway.call(call(caller, actor))
                    .doOnNext(answer -> answer.body().release())
                    .blockLast();
            return "ANSWERED";
        } catch (QueryException e) {
            return e.failure().code().name();
        }
    }

    private QueryCall call(dev.sluice.frontend.access.Caller caller, String actor) {
        ByteBuf body = Unpooled.copiedBuffer("1", StandardCharsets.UTF_8);
        assertThat(gateway.retained().take(100)).isTrue();
        return new QueryCall(actor, "call", null, body, 100, "application/json", 0, 0, caller, "id", Protocol.HTTP);
    }

    @Test
    void passesOnWhatMayBeAsked() {
        assertThat(outcome(TestCallers.limitedTo("echo"), "echo")).isEqualTo("ANSWERED");
        assertThat(behind.calls()).hasSize(1);
    }

    /** Adapters refuse such before: this is for the one that forgets to. */
    @Test
    void refusesWhatMayNot() {
        assertThat(outcome(TestCallers.limitedTo("echo"), "vadder")).isEqualTo("FORBIDDEN");
        assertThat(behind.calls()).isEmpty();
    }

    @Test
    void countsQueriesOfATenantWhoeverSendsThem() {
        assertThat(outcome(TestCallers.ofTenant("slow"), "echo")).isEqualTo("ANSWERED");
        assertThat(outcome(TestCallers.ofTenant("slow"), "echo")).isEqualTo("ANSWERED");
        assertThat(outcome(TestCallers.ofTenant("slow"), "echo")).isEqualTo("QUOTA");
        assertThat(outcome(TestCallers.ofTenant("fast"), "echo")).isEqualTo("ANSWERED");
    }

    @Test
    void endsAStreamWithTheFirstResultAfterItsCallersCredentials() {
        AtomicBoolean good = new AtomicBoolean(true);
        Sinks.Many<String> results = Sinks.many().unicast().onBackpressureBuffer();
        behind.actor("feed", true, call -> results.asFlux().concatMap(behind::answer));
        List<String> seen = new ArrayList<>();
        gateway.call(call(new dev.sluice.frontend.access.Caller("one", "acme", Rights.ALL, good::get), "feed"))
                .subscribe(
                        answer -> {
                            seen.add(answer.body().toString(StandardCharsets.UTF_8));
                            answer.body().release();
                        },
                        cause -> seen.add(
                                ((QueryException) cause).failure().code().name()));
        results.tryEmitNext("1").orThrow();
        assertThat(seen).containsExactly("1");

        good.set(false);
        results.tryEmitNext("2").orThrow();

        assertThat(seen).containsExactly("1", "UNAUTHENTICATED");
        assertThat(behind.cancelledCalls()).as("nothing works for it any more").isEqualTo(1);
    }

    @Test
    void endsConnectionsWhoseCredentialsAreGoodNoLonger() {
        AtomicBoolean good = new AtomicBoolean(true);
        dev.sluice.frontend.access.Caller connected =
                new dev.sluice.frontend.access.Caller("one", "acme", Rights.ALL, good::get);
        assertThat(outcome(connected, "echo")).isEqualTo("ANSWERED");

        good.set(false);

        assertThat(outcome(connected, "echo")).isEqualTo(ErrorCode.UNAUTHENTICATED.name());
    }
}
