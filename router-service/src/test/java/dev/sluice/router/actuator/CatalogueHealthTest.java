package dev.sluice.router.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.DispatchMetrics;
import dev.sluice.router.dispatch.DispatchSettings;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.testing.VirtualTime;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.QueueLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class CatalogueHealthTest {

    private final VirtualTime time = new VirtualTime();
    private final RouterLinks links = new RouterLinks(
            new ActorDirectory(
                    List.of(time.newShard()),
                    new DispatchSettings(new QueueLimits(1, 1), DeadlineSettings.DEFAULT, 1, 1, 1),
                    actor -> DispatchMetrics.NONE,
                    Duration.ofMinutes(2)),
            1,
            time::now);
    private final CatalogueHealth health = new CatalogueHealth(links);

    @Test
    void isOutOfServiceUntilTheCatalogueIsComplete() {
        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.health().getDetails()).containsKey("reason");
        links.catalogueIsComplete();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getDetails()).containsEntry("inFlight", 0);
    }
}
