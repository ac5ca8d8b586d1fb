package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class EventLogTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final EventLog log = new EventLog(() -> Instant.EPOCH);

    private void add(int events) {
        for (int i = 0; i < events; i++) {
            log.add("start", "model", "1", "", "", "because");
        }
    }

    private static List<Long> numbers(List<Event> events) {
        return events.stream().map(Event::number).toList();
    }

    @Test
    void keepsTheLastThousand() {
        add(EventLog.KEPT + 5);
        assertThat(log.all()).hasSize(EventLog.KEPT);
        assertThat(log.all().get(0).number()).isEqualTo(6);
    }

    @Test
    void tellsWhatCameAfter() {
        add(3);
        assertThat(numbers(log.after(1))).containsExactly(2L, 3L);
        assertThat(log.after(3)).isEmpty();
    }

    @Test
    void tellsAllToWhoHasReadAnotherLog() {
        add(3);
        assertThat(numbers(log.after(700))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void tellsWhatIsThereAndWhatComesOnceEach() {
        add(2);
        StepVerifier.create(log.follow(0).map(Event::number))
                .expectNext(1L, 2L)
                .then(() -> add(3))
                .expectNext(3L, 4L, 5L)
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void tellsAllToWhoIsSlow() {
        StepVerifier.create(log.follow(0).map(Event::number), 0)
                .expectSubscription()
                .then(() -> add(500))
                .thenRequest(500)
                .expectNextCount(500)
                .thenCancel()
                .verify(LONG);
    }
}
