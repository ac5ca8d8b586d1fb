package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.router.fleet.store.FleetKeys;
import dev.sluice.router.fleet.store.FleetStore;
import dev.sluice.router.fleet.store.StoreUnavailable;
import dev.sluice.router.testing.MemoryFleetStore;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class GoalsTest {

    /** Answers when the test says so. */
    private static final class SlowStore implements FleetStore {
        final Queue<Sinks.One<Content>> loads = new ArrayDeque<>();

        @Override
        public Mono<Content> load() {
            return Mono.defer(() -> {
                Sinks.One<Content> load = Sinks.one();
                loads.add(load);
                return load.asMono();
            });
        }

        @Override
        public Mono<Long> write(String key, @Nullable String json, long expected) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<Void> renew(String id) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Flux<Long> changes() {
            return Flux.never();
        }

        @Override
        public boolean isShared() {
            return true;
        }
    }

    private static FleetStore.Content drained(long revision, boolean drained) {
        return new FleetStore.Content(
                "slow",
                Map.of(FleetKeys.host("a"), new FleetStore.Entry(revision, drained ? "{\"drained\":true}" : null)));
    }

    @Test
    void keepsTheLaterOfTwoStatesWhicheverIsReadFirst() {
        SlowStore store = new SlowStore();
        Goals goals = new Goals(store, List.of());
        goals.read().subscribe();
        goals.read().subscribe();
        Sinks.One<FleetStore.Content> early = store.loads.remove();
        store.loads.remove().tryEmitValue(drained(2, true)).orThrow();
        early.tryEmitValue(drained(1, false)).orThrow();
        assertThat(goals.now().orElseThrow().state().drained()).containsExactly("a");
    }

    @Test
    void holdsToWhatWasWantedWhileAnotherStoreIsInThePlaceOfTheOneItFollows() {
        MemoryFleetStore store = new MemoryFleetStore(true);
        Goals goals = new Goals(store, List.of());
        goals.drain("a", true).block();
        store.forget("another");
        assertThatThrownBy(() -> goals.read().block())
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("another")
                .hasMessageContaining("restart the routers");
        assertThatThrownBy(() -> goals.drain("b", true).block()).isInstanceOf(StoreUnavailable.class);
        assertThat(store.load().block().entries()).isEmpty();
        assertThat(goals.now().orElseThrow().state().drained()).containsExactly("a");
        Goals restarted = new Goals(store, List.of());
        restarted.drain("b", true).block();
        assertThat(restarted.now().orElseThrow().state().drained()).containsExactly("b");
    }

    @Test
    void followsAStoreThatWasPutBackUnderANewId() {
        MemoryFleetStore store = new MemoryFleetStore(true);
        Goals one = new Goals(store, List.of());
        Goals other = new Goals(store, List.of());
        one.drain("a", true).block();
        Runnable backup = store.backup();
        one.drain("b", true).block();
        other.read().block();
        backup.run();
        Desired read = one.read().block();
        assertThat(read.store()).isNotEqualTo("memory").startsWith("memory");
        assertThat(one.now()).contains(read);
        assertThat(read.state().drained()).containsExactly("a");
        assertThat(other.read().block()).isEqualTo(read);
        assertThat(other.now()).contains(read);
        other.drain("c", true).block();
        assertThat(one.read().block().state().drained()).containsExactlyInAnyOrder("a", "c");
        assertThat(one.now().orElseThrow().store()).isEqualTo(read.store());
    }

    @Test
    void believesHostsThatTheStoreWasPutBackBeforeThisRouterStarted() {
        MemoryFleetStore store = new MemoryFleetStore(true);
        Goals goals = new Goals(store, List.of());
        goals.drain("a", true).block();
        goals.follow("memory", 1).block();
        assertThat(goals.now().orElseThrow().store()).isEqualTo("memory");
        goals.follow("memory", 2).block();
        assertThat(goals.now().orElseThrow().store()).isNotEqualTo("memory");
        String renewed = goals.now().orElseThrow().store();
        goals.follow("memory", 2).block();
        assertThat(goals.read().block().store()).isEqualTo(renewed);
    }

    @Test
    void putsNoEarlierIdBackThatIsReadLate() {
        SlowStore store = new SlowStore();
        Goals goals = new Goals(store, List.of());
        goals.read().subscribe();
        store.loads.remove().tryEmitValue(drained(2, true)).orThrow();
        goals.read().subscribe();
        goals.read().subscribe();
        Sinks.One<FleetStore.Content> early = store.loads.remove();
        store.loads
                .remove()
                .tryEmitValue(new FleetStore.Content("slow#1", Map.of()))
                .orThrow();
        early.tryEmitValue(drained(3, true)).orThrow();
        assertThat(goals.now().orElseThrow().store()).isEqualTo("slow#1");
    }
}
