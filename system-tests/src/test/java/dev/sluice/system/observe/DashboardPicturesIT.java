package dev.sluice.system.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.system.observe.Dashboard.Panel;
import dev.sluice.system.observe.drawing.DashboardDrawing;
import dev.sluice.system.observe.drawing.Samples.Span;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Draws the dashboards from what a real Prometheus has of a loaded platform, into target/dashboards. Those of docs/images are
 * made with {@code -Dsluice.pictures.seconds=150}.
 */
@ExtendWith(Sites.class)
class DashboardPicturesIT {

    private static final int SECONDS = Integer.getInteger("sluice.pictures.seconds", 20);

    @Test
    void everyPanelHasSomethingToShow(@On(Shape.STEADY) Site site) throws IOException {
        assumeTrue(Prometheus.program("prometheus").isPresent(), "There is no prometheus on the PATH.");
        Path folder = Files.createDirectories(Places.project().resolve("system-tests/target/dashboards"));
        try (Prometheus prometheus = Prometheus.scraping(site)) {
            double start = prometheus.now();
            new PictureLoad(site).during(() -> awaitTime(prometheus, start + SECONDS * 0.6), () -> {
                awaitTime(prometheus, start + SECONDS);
                // Rates and quantiles need samples of some time, and a busy machine takes them late.
                await("every panel has data").atMost(Site.LONG).untilAsserted(() -> draw(prometheus, start, folder));
            });
        }
    }

    private static void draw(Prometheus prometheus, double start, Path folder) throws IOException {
        double end = prometheus.now();
        PrometheusSamples samples = new PrometheusSamples(
                prometheus, new Span(start + 3, end, Math.max(1, Math.round((end - start) / 110))));
        for (Dashboard dashboard : Dashboard.all()) {
            String picture = DashboardDrawing.of(dashboard.json(), samples);
            Files.writeString(folder.resolve(dashboard.file().replace(".json", ".svg")), picture);
            assertThat(picture)
                    .as(dashboard.file())
                    .contains(dashboard.panels().stream().map(Panel::title).toList());
            assertThat(picture).as(dashboard.file()).doesNotContain("No data");
        }
    }

    private static void awaitTime(Prometheus prometheus, double time) {
        await("enough to show")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> prometheus.now() >= time);
    }
}
