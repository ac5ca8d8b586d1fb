package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Reads decisions the way a test states them. */
final class Decisions {

    private Decisions() {}

    static Batch dispatched(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Dispatch.class);
        return ((Decision.Dispatch) decision).batch();
    }

    static List<Integer> ids(Batch batch) {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            ids.add(((TestQuery) batch.get(i)).id());
        }
        return ids;
    }

    static List<Integer> dispatchedIds(Decision decision) {
        return ids(dispatched(decision));
    }
}
