package dev.sluice.frontend.page;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;

/** One watcher's stream: what happened to the fleet is sent when something new did. */
final class MomentEvents {

    private String sent = "";

    private MomentEvents() {}

    static Flux<ServerSentEvent<String>> of(Flux<Moment> moments) {
        // One moment ahead and no more: what was fetched is sent, however old it has become until it is read.
        return Flux.defer(() -> moments.concatMapIterable(new MomentEvents()::events, 1));
    }

    @SuppressWarnings("ReferenceEquality") // long, and the same object as long as nothing is new
    private List<ServerSentEvent<String>> events(Moment moment) {
        List<ServerSentEvent<String>> events = new ArrayList<>();
        events.add(ServerSentEvent.builder(moment.now()).event("now").build());
        if (sent != moment.events()) {
            sent = moment.events();
            events.add(ServerSentEvent.builder(sent).event("events").build());
        }
        return events;
    }
}
