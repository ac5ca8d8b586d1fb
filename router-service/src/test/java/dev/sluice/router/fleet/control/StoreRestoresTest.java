package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement.Applied;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.testing.MemoryFleetStore;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreRestoresTest {

    private final MemoryFleetStore store = new MemoryFleetStore(true);
    private final Goals goals = new Goals(store, List.of());
    private final StoreRestores restores = new StoreRestores(goals);

    @BeforeEach
    void writes() {
        goals.drain("a", true).block();
    }

    private String storeAfterAHostFollowed(String ofStore, long revision) {
        HostState host = new HostState(
                "a", 1, 4, false, Set.of(), List.of(), List.of(new Applied("model", ofStore, revision)), List.of());
        restores.look(goals.now().orElseThrow(), List.of(host));
        return goals.now().orElseThrow().store();
    }

    @Test
    void givesTheStoreANewIdWhereAHostFollowsWhatItDoesNotHave() {
        assertThat(storeAfterAHostFollowed("memory", 2)).isNotEqualTo("memory");
    }

    @Test
    void leavesTheStoreAloneThatHasWhatHostsFollow() {
        assertThat(storeAfterAHostFollowed("memory", 1)).isEqualTo("memory");
        assertThat(storeAfterAHostFollowed("another", 9)).isEqualTo("memory");
    }

    @Test
    void asksAgainWhereTheStoreWasAway() {
        store.away(true);
        assertThat(storeAfterAHostFollowed("memory", 2)).isEqualTo("memory");
        store.away(false);
        assertThat(storeAfterAHostFollowed("memory", 2)).isNotEqualTo("memory");
    }
}
