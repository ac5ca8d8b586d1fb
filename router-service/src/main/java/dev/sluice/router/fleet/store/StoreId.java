package dev.sluice.router.fleet.store;

import java.util.UUID;

/**
 * The ids of stores. One that was put back to an older state goes on under a new id of the same origin: hosts that follow later
 * revisions of the old one would ignore what it says.
 */
public final class StoreId {

    private static final char MARK = '#';
    private static final int AFTER_ORIGIN = 8;

    private StoreId() {}

    static String fresh() {
        return UUID.randomUUID().toString();
    }

    /** Under which a store goes on. */
    static String renewed(String id) {
        return origin(id) + MARK + fresh().substring(0, AFTER_ORIGIN);
    }

    /** Whether they are of one store, before and after it was put back. */
    public static boolean haveSameOrigin(String one, String other) {
        return origin(one).equals(origin(other));
    }

    private static String origin(String id) {
        int mark = id.indexOf(MARK);
        return mark < 0 ? id : id.substring(0, mark);
    }
}
