package dev.sluice.router.fleet.api;

import static dev.sluice.router.fleet.api.ControlRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class EventEndpointsTest {

    private final ControlRig rig = new ControlRig();

    private void happens(String kind, String actor) {
        rig.fleet.events.add(kind, actor, "1", "", "", "because");
    }

    private Flux<ServerSentEvent<String>> stream(String uri, String lastEventId) {
        return rig.http
                .get()
                .uri(uri)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .header("Last-Event-ID", lastEventId)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .filter(event -> event.id() != null);
    }

    @Test
    void listsWhatHappened() {
        happens("start", "a");
        happens("stop", "b");
        rig.get("/events").expectBody().json(json("""
                        {'events': [{'number': 1, 'at': '1970-01-01T00:00:00Z', 'kind': 'start', 'actor': 'a', 'version': '1',
                                     'replica': '', 'host': '', 'reason': 'because'},
                                    {'number': 2, 'kind': 'stop', 'actor': 'b'}]}
                        """));
        rig.get("/events?actor=b").expectBody().jsonPath("$.events.length()").isEqualTo(1);
        rig.get("/events?after=1").expectBody().jsonPath("$.events[0].number").isEqualTo(2);
        rig.get("/events?after=2").expectBody().json("{\"events\": []}");
    }

    @Test
    void streamsWhatHappensOfAnActor() {
        happens("start", "a");
        happens("start", "b");
        StepVerifier.create(stream("/events?actor=b", ""))
                .assertNext(event -> {
                    assertThat(event.id()).isEqualTo("2");
                    assertThat(event.event()).isEqualTo("start");
                    assertThat(event.data()).contains("\"reason\":\"because\"");
                })
                .then(() -> {
                    happens("stop", "a");
                    happens("stop", "b");
                })
                .assertNext(event -> assertThat(event.id()).isEqualTo("4"))
                .thenCancel()
                .verify(Duration.ofSeconds(60));
    }

    @Test
    void goesOnWhereAReaderLostItsStream() {
        happens("start", "a");
        happens("start", "b");
        StepVerifier.create(stream("/events", "1").map(event -> String.valueOf(event.id())))
                .expectNext("2")
                .thenCancel()
                .verify(Duration.ofSeconds(60));
    }
}
