package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {

    private static final Duration RENEWAL = RouterFixture.LEASE.dividedBy(3);

    private final RouterFixture router = new RouterFixture();
    private final LeaseWatch watch = new LeaseWatch(router.links, RouterFixture.LEASE, router.time::now);
    private final FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private void watchFor(Duration duration) {
        for (Duration watched = Duration.ZERO;
                watched.compareTo(duration) < 0;
                watched = watched.plus(watch.period())) {
            router.time.advance(watch.period());
            watch.tick();
            router.time.run();
        }
    }

    @Test
    void keepsAHostThatRenews() {
        for (int i = 0; i < 10; i++) {
            watchFor(RENEWAL);
            host.runs(Actors.echo(), "echo-0");
        }
        assertThat(host.link.isOpen()).isTrue();
    }

    @Test
    void forgivesOneRenewalThatIsMissed() {
        watchFor(RENEWAL.multipliedBy(2));
        host.runs(Actors.echo(), "echo-0");
        watchFor(RENEWAL.multipliedBy(2));
        assertThat(host.link.isOpen()).isTrue();
    }

    @Test
    void givesAHostUpWithinTheLeaseAfterItsLastRenewal() {
        watchFor(Duration.ofSeconds(10));
        FakeHost silent = router.host("silent").runs(Actors.echo(), "echo-0");
        watchFor(RouterFixture.LEASE.minus(watch.period()));
        assertThat(silent.link.closedFor()).isEqualTo("the host did not renew its lease");
    }

    @Test
    void givesHostsTimeToBeHeardAfterThisProcessWasAsleep() {
        watchFor(RENEWAL);
        host.runs(Actors.echo(), "echo-0");
        router.time.advance(Duration.ofMinutes(1));
        watchFor(RENEWAL);
        assertThat(host.link.isOpen()).isTrue();
        watchFor(RouterFixture.LEASE);
        assertThat(host.link.isOpen()).isFalse();
    }

    @Test
    void triesReplicasAgainThatWereBusyForALease() {
        FakeFrontend frontend = router.frontend("frontend");
        frontend.query("echo", "x");
        host.busy(host.batch());
        for (int i = 0; i < 4; i++) {
            watchFor(RENEWAL);
            host.runs(Actors.echo(), "echo-0");
        }
        assertThat(host.batches()).hasSize(1);
    }
}
