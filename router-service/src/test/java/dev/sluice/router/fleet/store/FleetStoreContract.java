package dev.sluice.router.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.router.fleet.store.FleetStore.Conflict;
import dev.sluice.router.fleet.store.FleetStore.Entry;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** What every store keeps to. */
@Timeout(120)
abstract class FleetStoreContract {

    static final Duration LONG = Duration.ofSeconds(60);

    /** The same empty store for a whole test. */
    abstract FleetStore store();

    /** On a thread that must not be blocked, which BlockHound sees to. */
    static <T> T get(Mono<T> answer) {
        T got = Mono.defer(() -> answer).subscribeOn(Schedulers.parallel()).block(LONG);
        assertThat(got).isNotNull();
        return got;
    }

    long write(String key, @Nullable String json, long expected) {
        return get(Mono.defer(() -> store().write(key, json, expected)));
    }

    Map<String, Entry> load() {
        return get(Mono.defer(() -> store().load())).entries();
    }

    static String id(FleetStore store) {
        return get(store.load()).id();
    }

    private Conflict conflict(String key, long expected) {
        Conflict conflict = catchThrowableOfType(Conflict.class, () -> write(key, "{\"lost\":true}", expected));
        assertThat(conflict).isNotNull();
        return conflict;
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(load()).isEmpty();
        String id = id(store());
        assertThat(id).isNotBlank();
        assertThat(id(store())).isEqualTo(id);
    }

    @Test
    void keepsWhatIsWritten() {
        long first = write("actors/a", "{\"a\":1}", 0);
        long second = write("hosts/h", "{\"drained\":true}", 0);
        assertThat(first).isPositive();
        assertThat(load())
                .isEqualTo(Map.of(
                        "actors/a", new Entry(first, "{\"a\":1}"), "hosts/h", new Entry(second, "{\"drained\":true}")));
    }

    @Test
    void givesEveryWriteARevisionAboveAllBefore() {
        long a = write("a", "{}", 0);
        long b = write("b", "{}", 0);
        long again = write("a", "{}", a);
        assertThat(List.of(a, b, again))
                .isSortedAccordingTo(Comparator.naturalOrder())
                .doesNotHaveDuplicates();
        assertThat(load().get("a")).isEqualTo(new Entry(again, "{}"));
    }

    @Test
    void refusesAWriteToWhatSomebodyElseHasChanged() {
        long first = write("a", "1", 0);
        long second = write("a", "2", first);
        assertThat(conflict("a", first).actual()).isEqualTo(second);
        assertThat(conflict("a", 0).actual()).isEqualTo(second);
        assertThat(conflict("a", second + 1).actual()).isEqualTo(second);
        assertThat(conflict("b", 7).actual()).isZero();
        assertThat(load()).isEqualTo(Map.of("a", new Entry(second, "2")));
    }

    @Test
    void keepsThePlaceOfWhatWasDeleted() {
        long first = write("a", "1", 0);
        long deleted = write("a", null, first);
        assertThat(deleted).isGreaterThan(first);
        assertThat(load()).isEqualTo(Map.of("a", new Entry(deleted, null)));
        assertThat(conflict("a", 0).actual()).isEqualTo(deleted);
        long back = write("a", "2", deleted);
        assertThat(load()).isEqualTo(Map.of("a", new Entry(back, "2")));
    }

    @Test
    void deletesWhatItNeverHad() {
        long deleted = write("a", null, 0);
        assertThat(load()).isEqualTo(Map.of("a", new Entry(deleted, null)));
    }

    @Test
    void changesNothingOfAText() {
        for (String json :
                List.of("", " ", "{\"a\": \"\u00fc\u4e2d\ud83d\ude00\\n\\u0000\"}\n", "7:{}", "x".repeat(1_000_000))) {
            long actual = load().containsKey("k: \u00fc\n")
                    ? load().get("k: \u00fc\n").revision()
                    : 0;
            write("k: \u00fc\n", json, actual);
            assertThat(load().get("k: \u00fc\n").json()).isEqualTo(json);
        }
    }

    @Test
    void letsOneOfManyWritersWin() {
        int writers = 50;
        List<Long> won = Flux.range(0, writers)
                .flatMap(
                        i -> store().write("a", "" + i, 0)
                                .subscribeOn(Schedulers.parallel())
                                .onErrorResume(Conflict.class, lost -> Mono.empty()),
                        writers)
                .collectList()
                .block(LONG);
        assertThat(won).hasSize(1);
        assertThat(load().get("a").revision()).isEqualTo(won.get(0));
    }

    @Test
    void losesNoneOfTheChangesOfManyWriters() {
        int writers = 8;
        int each = 10;
        write("count", "0", 0);
        Mono<Long> increment = Mono.defer(() -> store().load())
                .map(all -> all.entries().get("count"))
                .flatMap(seen -> store().write("count", "" + (Integer.parseInt(seen.json()) + 1), seen.revision()))
                .retryWhen(Retry.indefinitely().filter(Conflict.class::isInstance));
        List<Long> revisions = Flux.range(0, writers)
                .flatMap(i -> increment.repeat(each - 1).subscribeOn(Schedulers.parallel()), writers)
                .collectList()
                .block(LONG);
        assertThat(revisions).hasSize(writers * each).doesNotHaveDuplicates();
        assertThat(load().get("count").json()).isEqualTo("" + writers * each);
    }

    @Test
    void doesNotMixUpKeys() {
        Set<Long> revisions = new HashSet<>();
        for (String key : List.of("a", "A", "actors/a", "actors/", "*", "a*")) {
            revisions.add(write(key, "\"" + key + "\"", 0));
        }
        assertThat(revisions).hasSize(6);
        load().forEach((key, entry) -> assertThat(entry.json()).isEqualTo("\"" + key + "\""));
    }

    /** Waits until a listener has heard of this revision. */
    static void hears(BlockingQueue<Long> heard, long revision) throws InterruptedException {
        Long now;
        do {
            now = heard.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(now).as("heard until revision %d", revision).isNotNull();
        } while (now != revision);
    }

    @Test
    void signalsAtOnceAndAtEveryChange() throws InterruptedException {
        BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        Disposable listening = store().changes().subscribe(heard::add);
        hears(heard, 0);
        long first = write("a", "1", 0);
        hears(heard, first);
        hears(heard, write("a", null, first));
        listening.dispose();
        BlockingQueue<Long> late = new LinkedBlockingQueue<>();
        store().changes().take(1).subscribe(late::add);
        hears(late, load().get("a").revision());
    }

    @Test
    void signalsTheLastChangeToWhoIsSlow() throws InterruptedException {
        BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        BaseSubscriber<Long> slow = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnNext(Long revision) {
                heard.add(revision);
            }
        };
        store().changes().subscribe(slow);
        hears(heard, 0);
        long last = 0;
        for (int i = 0; i < 20; i++) {
            last = write("a", "" + i, last);
        }
        slow.request(Long.MAX_VALUE);
        hears(heard, last);
        slow.cancel();
    }

    @Test
    void writesNothingBeforeSomebodyAsksForIt() {
        Mono<Long> never = store().write("a", "1", 0);
        assertThat(load()).isEmpty();
        assertThat(get(never)).isPositive();
    }

    @Test
    void goesOnUnderAnotherIdOfTheSameOriginOnce() {
        String id = id(store());
        long first = write("a", "1", 0);
        store().renew(id).block(LONG);
        String renewed = id(store());
        assertThat(renewed).isNotEqualTo(id);
        assertThat(StoreId.haveSameOrigin(id, renewed)).isTrue();
        store().renew(id).block(LONG);
        assertThat(id(store())).isEqualTo(renewed);
        store().renew(renewed).block(LONG);
        assertThat(id(store())).isNotIn(id, renewed);
        assertThat(StoreId.haveSameOrigin(id, id(store()))).isTrue();
        assertThat(StoreId.haveSameOrigin(id, "another")).isFalse();
        assertThat(write("a", "2", first)).isGreaterThan(first);
    }
}
