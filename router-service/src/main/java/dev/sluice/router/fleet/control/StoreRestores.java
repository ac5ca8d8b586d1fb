package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement.Applied;
import dev.sluice.router.fleet.plan.HostState;
import java.time.Duration;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Finds by what hosts follow that the store was put back to an older state while no router looked. Not thread-safe: the loop's thread
 * only.
 */
final class StoreRestores implements Disposable {

    private static final Logger log = LoggerFactory.getLogger(StoreRestores.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Goals goals;
    private Disposable asking = Disposables.disposed();

    StoreRestores(Goals goals) {
        this.goals = goals;
    }

    /** @param hosts as they say that they are */
    void look(Desired desired, Collection<HostState> hosts) {
        long followed = hosts.stream()
                .flatMap(host -> host.applied().stream())
                .filter(applied -> applied.store().equals(desired.store()))
                .mapToLong(Applied::revision)
                .max()
                .orElse(0);
        if (followed > desired.state().lastRevision() && asking.isDisposed()) {
            asking = goals.follow(desired.store(), followed)
                    .timeout(PATIENCE)
                    .subscribe(
                            renewed -> {},
                            failure -> log.warn(
                                    "Hosts follow the revision {} of what is wanted of actors, which the store does not have (any more): {}",
                                    followed,
                                    failure.getMessage()));
        }
    }

    @Override
    public void dispose() {
        asking.dispose();
    }
}
