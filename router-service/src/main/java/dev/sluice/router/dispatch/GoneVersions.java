package dev.sluice.router.dispatch;

import dev.sluice.common.concurrent.Absences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Versions that nobody needs any more: since when, and of those that are forgotten the names. Thread-safe. */
final class GoneVersions {

    private static final int MOST_NAMES = 1_000;

    private final Absences<Destination> absences;
    private final Set<Destination> retired = ConcurrentHashMap.newKeySet();

    /** The newest at the end. */
    private final Set<VersionKey> names = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<VersionKey, Boolean> eldest) {
            return size() > MOST_NAMES;
        }
    }));

    /**
     * @param memory how long a version is remembered that nobody needs
     * @param clock monotonic, in nanoseconds
     */
    GoneVersions(Duration memory, LongSupplier clock) {
        this.absences = new Absences<>(memory, clock);
    }

    /**
     * Looks at those that there are, and at those that have retired.
     *
     * @return those of all of them that have not been needed for so long
     */
    List<Destination> look(Collection<Destination> all, Predicate<Destination> isNeeded) {
        List<Destination> each = new ArrayList<>(all);
        each.addAll(retired);
        return absences.look(each, isNeeded);
    }

    /** It is there no more, and what was measured of it is shown for a while yet. */
    void retire(Destination destination) {
        retired.add(destination);
    }

    boolean hasRetired(Destination destination) {
        return retired.contains(destination);
    }

    /** As of now, whatever the last look has seen. */
    void needed(Destination destination) {
        absences.needed(destination);
    }

    boolean isOver(Destination destination) {
        return absences.isOver(destination);
    }

    /** Of one that somebody took out: what was measured of it is shown no more. */
    void forgetRetired(Destination destination) {
        retired.remove(destination);
        destination.outcomes().forget();
    }

    /** Of one that has gone away: likewise, and that there was one is remembered. */
    void forget(Destination destination) {
        names.add(VersionKey.of(destination.descriptor()));
        destination.outcomes().forget();
    }

    /** Another one of the same version is there, and counts on where it was. */
    void succeeded(Destination destination) {
        retired.remove(destination);
    }

    boolean isForgotten(VersionKey version) {
        return names.contains(version);
    }

    void isBack(VersionKey version) {
        names.remove(version);
    }
}
