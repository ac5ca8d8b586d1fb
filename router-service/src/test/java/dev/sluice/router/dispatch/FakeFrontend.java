package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.wire.Frame;
import dev.sluice.router.testing.FakeLink;
import dev.sluice.router.testing.FakeLink.SentResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A frontend as a router sees it. */
final class FakeFrontend {

    static final Duration SLO = Duration.ofSeconds(60);

    final FakeLink link;
    private final RouterFixture router;
    private long lastExchange;

    FakeFrontend(RouterFixture router, FakeLink link) {
        this.router = router;
        this.link = link;
    }

    /** Calls the method {@code call}. */
    long query(String actor, String body) {
        return query(actor, "call", "", SLO, body);
    }

    long query(String actor, String method, String version, Duration slo, String body) {
        long exchange = arrive(actor, method, version, slo, body);
        router.time.run();
        return exchange;
    }

    /** With a body of some media type. */
    long queryOf(String actor, String mediaType, String body) {
        long exchange = ++lastExchange;
        link.receive(router.payloads.query(exchange, actor, "call", "", SLO, mediaType, body));
        router.time.run();
        return exchange;
    }

    /** The query is read from the link, and nothing else happens yet. */
    long arrive(String actor, String method, String version, Duration slo, String body) {
        long exchange = ++lastExchange;
        link.receive(router.payloads.query(exchange, actor, method, version, slo, body));
        return exchange;
    }

    long arrive(String actor, String body) {
        return arrive(actor, "call", "", SLO, body);
    }

    void cancel(long exchange) {
        link.receive(new Frame.Cancel(exchange));
        router.time.run();
    }

    void close() {
        link.close("the frontend is gone");
        router.time.run();
    }

    /** What came for this query, in order: results as their text, the end of a stream as END, failures as their code. */
    List<String> outcome(long exchange) {
        return outcomes().getOrDefault(exchange, List.of());
    }

    /** As {@link #outcome}, of all queries for which anything came. */
    Map<Long, List<String>> outcomes() {
        Map<Long, List<String>> outcomes = new HashMap<>();
        for (Object frame : link.written(Object.class)) {
            if (frame instanceof SentResult result) {
                String part = switch (result.kind()) {
                    case ONLY -> result.body();
                    case ITEM -> "ITEM " + result.body();
                    case END -> "END";
                };
                outcomes.computeIfAbsent(result.exchange(), any -> new ArrayList<>())
                        .add(part);
            } else if (frame instanceof Frame.Failed failed) {
                outcomes.computeIfAbsent(failed.exchange(), any -> new ArrayList<>())
                        .add(ErrorCode.of(failed.code()).name());
            }
        }
        return outcomes;
    }

    String sentence(long exchange) {
        return link.written(Frame.Failed.class).stream()
                .filter(failed -> failed.exchange() == exchange)
                .map(Frame.Failed::message)
                .findFirst()
                .orElseThrow();
    }

    /** Catalogues that came, each as its names and versions. */
    List<String> catalogues() {
        return link.written(Frame.Catalogue.class).stream()
                .map(RouterFixture::names)
                .toList();
    }
}
