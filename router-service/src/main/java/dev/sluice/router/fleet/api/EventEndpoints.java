package dev.sluice.router.fleet.api;

import static org.springframework.http.HttpMethod.GET;

import dev.sluice.router.fleet.control.Event;
import dev.sluice.router.fleet.control.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What happened to the fleet, and why. */
final class EventEndpoints {

    /** So often at least there is something on a stream, or proxies would take it for dead. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final EventLog events;

    EventEndpoints(EventLog events) {
        this.events = events;
    }

    List<Endpoint> all() {
        return List.of(Endpoint.of(GET, "/events", this::events));
    }

    private Mono<ServerResponse> events(ServerRequest request) {
        long after = Requests.number(request, "after");
        Predicate<Event> wanted = request.queryParam("actor")
                .<Predicate<Event>>map(actor -> event -> event.actor().equals(actor))
                .orElse(event -> true);
        return asStream(request)
                ? stream(lastSeen(request, after), wanted)
                : Answers.ok(Map.of(
                        "events", events.after(after).stream().filter(wanted).toList()));
    }

    private static boolean asStream(ServerRequest request) {
        return request.headers().header("Accept").stream().anyMatch(accept -> accept.contains("text/event-stream"));
    }

    /** A reader that lost its stream says where to go on. */
    private static long lastSeen(ServerRequest request, long after) {
        String last = request.headers().firstHeader("Last-Event-ID");
        return last != null && last.matches("[0-9]{1,18}") ? Long.parseLong(last) : after;
    }

    private Mono<ServerResponse> stream(long after, Predicate<Event> wanted) {
        Flux<ServerSentEvent<String>> happened = events.follow(after)
                .filter(wanted)
                .map(event -> ServerSentEvent.<String>builder()
                        .id(Long.toString(event.number()))
                        .event(event.kind())
                        .data(ControlJson.line(event))
                        .build());
        // The first at once, so that a reader knows that it is heard.
        Flux<ServerSentEvent<String>> heartbeats = Flux.interval(Duration.ZERO, HEARTBEAT)
                .onBackpressureDrop()
                .map(beat -> ServerSentEvent.<String>builder().comment("").build());
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(BodyInserters.fromServerSentEvents(Flux.merge(happened, heartbeats)));
    }
}
