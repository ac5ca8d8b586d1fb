package dev.sluice.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.page.Watchers.NoPlace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
        return watchers.watch().subscribe(moment -> seen.add(moment.now()));
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
        assertThat(isFull()).isTrue();
        all.get(1).dispose();
        assertThat(isFull()).isFalse();
        watch(new CopyOnWriteArrayList<>());
        assertThat(isFull()).isTrue();
    }

    private boolean isFull() {
        AtomicBoolean full = new AtomicBoolean();
        watchers.watch()
                .subscribe(moment -> {}, failure -> full.set(failure instanceof NoPlace))
                .dispose();
        return full.get();
    }

    @Test
    void givesAPlaceToWhoComesAndToNobodyWhoOnlyAsks() {
        List<Flux<Moment>> asked =
                IntStream.range(0, 4).mapToObj(i -> watchers.watch()).toList();
        List<Moment> seen = new CopyOnWriteArrayList<>();
        asked.get(3).subscribe(seen::add);
        time.advanceTimeBy(EVERY);
        assertThat(seen).hasSize(2);
    }

    @Test
    void goesOnAfterALookThatFailed() {
        AtomicInteger failures = new AtomicInteger();
        watchers = new Watchers(
                () -> {
                    int number = looks.incrementAndGet();
                    if (number == 1) {
                        throw new IllegalStateException("in the supplier " + failures.incrementAndGet());
                    }
                    return number == 2
                            ? Mono.error(new IllegalStateException("in the look " + failures.incrementAndGet()))
                            : Mono.just(new Moment(Integer.toString(number), "[]"));
                },
                EVERY,
                3);
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> next = new CopyOnWriteArrayList<>();
        watch(first);
        time.advanceTimeBy(EVERY);
        watch(next);
        assertThat(failures).hasValue(2);
        assertThat(first).isEmpty();
        time.advanceTimeBy(EVERY);
        assertThat(first).containsExactly("3");
        assertThat(next).containsExactly("3");
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
        watchers.watch().subscribe(reader);
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
        patient.watch().subscribe();
        time.advanceTimeBy(Duration.ofSeconds(15));
        assertThat(begun.get()).isBetween(3, 4);
    }
}
