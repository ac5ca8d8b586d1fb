package dev.sluice.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class MomentEventsTest {

    private static Flux<String> lines(Flux<Moment> moments) {
        return MomentEvents.of(moments).map(MomentEventsTest::line);
    }

    private static String line(ServerSentEvent<String> event) {
        return event.event() + " " + event.data();
    }

    @Test
    void sendsWhatHappenedOnlyWhereSomethingNewDid() {
        Flux<Moment> moments = Flux.just(new Moment("1", "[]"), new Moment("2", "[]"), new Moment("3", "[1]"));
        assertThat(lines(moments).collectList().block())
                .containsExactly("now 1", "events []", "now 2", "now 3", "events [1]");
    }

    @Test
    void givesWhoReadsSlowlyTheLastMomentAndAtMostOneOlder() {
        TestPublisher<Moment> looks = TestPublisher.create();
        StepVerifier.create(lines(looks.flux().onBackpressureLatest()), 0)
                .then(() -> {
                    for (int number = 1; number <= 20; number++) {
                        looks.next(new Moment(Integer.toString(number), "[]"));
                    }
                })
                .thenRequest(2)
                .expectNext("now 1", "events []")
                .thenRequest(1)
                .expectNext("now 20")
                .thenCancel()
                .verify();
    }
}
