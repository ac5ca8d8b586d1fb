package dev.sluice.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class WatchersTest {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final AtomicInteger looks = new AtomicInteger();
    private VirtualTimeScheduler time;
    private Watchers watchers;

    @BeforeEach
    void begin() {
        time = VirtualTimeScheduler.getOrSet();
        watchers = watchers(Mono.fromSupplier(() -> new Moment(Integer.toString(looks.incrementAndGet()), "[]")), 3);
    }

    @AfterEach
    void end() {
        VirtualTimeScheduler.reset();
    }

    private static Watchers watchers(Mono<Moment> look, int most) {
        return new Watchers(() -> look, EVERY, most);
    }

    private Disposable watch(List<String> seen) {
        return watchers.watch().flatMapMany(moments -> moments).subscribe(moment -> seen.add(moment.now()));
    }

    @Test
    void looksOnceForAllAndOnlyWhileSomebodyWatches() {
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(looks).hasValue(0);

        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        Disposable one = watch(first);
        time.advanceTimeBy(Duration.ofSeconds(2));
        Disposable other = watch(second);
        time.advanceTimeBy(Duration.ofSeconds(2));
        assertThat(first).containsExactly("1", "2", "3", "4", "5");
        assertThat(second).containsExactly("3", "4", "5");

        one.dispose();
        other.dispose();
        time.advanceTimeBy(Duration.ofMinutes(10));
        int after = looks.get();
        assertThat(after).isLessThan(10);
        time.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(looks).hasValue(after);
    }

    @Test
    void hasSoManyPlacesAndGivesThemBack() {
        List<Disposable> all = List.of(
                watch(new CopyOnWriteArrayList<>()),
                watch(new CopyOnWriteArrayList<>()),
                watch(new CopyOnWriteArrayList<>()));
        assertThat(watchers.watch().block()).isNull();
        all.get(1).dispose();
        Flux<Moment> place = watchers.watch().block();
        assertThat(place).isNotNull();
        assertThat(watchers.watch().block()).isNull();
    }

    @Test
    void givesWhoReadsSlowlyTheLastMomentAndHoldsNothingBack() {
        List<String> quick = new CopyOnWriteArrayList<>();
        List<String> slow = new CopyOnWriteArrayList<>();
        watch(quick);
        BaseSubscriber<Moment> reader = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnNext(Moment moment) {
                slow.add(moment.now());
            }
        };
        watchers.watch().flatMapMany(moments -> moments).subscribe(reader);
        time.advanceTimeBy(Duration.ofSeconds(20));
        assertThat(quick).hasSize(21);
        assertThat(slow).hasSize(1);
        reader.request(1);
        assertThat(slow).hasSizeGreaterThan(1);
        reader.request(1);
        assertThat(slow.get(slow.size() - 1)).isEqualTo(quick.get(quick.size() - 1));
    }

    @Test
    void doesNotLookAgainBeforeALookHasEnded() {
        AtomicInteger begun = new AtomicInteger();
        Watchers patient = watchers(
                Mono.delay(Duration.ofMillis(3500)).map(tick -> {
                    begun.incrementAndGet();
                    return new Moment("", "[]");
                }),
                1);
        patient.watch().flatMapMany(moments -> moments).subscribe();
        time.advanceTimeBy(Duration.ofSeconds(15));
        assertThat(begun.get()).isBetween(3, 4);
    }
}
