package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.WrongClocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Machines need not agree on what time it is: deadlines travel as time left, and are kept by the clock that only goes on. */
class ClocksIT {

    private static final int CALLERS = 4;
    private static final int SOME = 200;
    private static final Duration SLO = Duration.ofSeconds(20);

    @Test
    void keepsDeadlinesWhileTheClocksOfItsTiersDisagreeAndJump() throws IOException {
        Path library = WrongClocks.library().orElse(null);
        assumeTrue(library != null, WrongClocks.ABSENT);
        Path folder = Places.folder("clock-offsets");
        WrongClocks clocks = new WrongClocks(library, folder, BuiltPrograms.of(Places.project(), Progress.NONE))
                .set(Tier.FRONTEND, 1)
                .set(Tier.ROUTER, -400)
                .set(Tier.HOST, 900);
        try (Site site = Site.start("clocks", Shape.FOUND, clocks)) {
            site.awaitPublished("model");
            isWrong(site.router(0), -400);
            isWrong(site.host(0), 900);
            AtomicLong answered = new AtomicLong();
            Load.of(CALLERS, number -> {
                        Reply reply = site.caller(0).call("vadder", "10", SLO);
                        assertThat(reply.ok()).as("%s", reply).isTrue();
                        answered.incrementAndGet();
                    })
                    .during(() -> {
                        awaitMore(answered);
                        clocks.set(Tier.ROUTER, 800);
                        awaitMore(answered);
                        clocks.set(Tier.FRONTEND, -30);
                        awaitMore(answered);
                        clocks.set(Tier.HOST, -1);
                        awaitMore(answered);
                    });
            assertThat(site.caller(0).call("model", "1", SLO).ok()).isTrue();
            assertThat(site.caller(0).call("model", "1", Duration.ofMillis(10)).code())
                    .as("of what takes 24 ms")
                    .isIn("EXPIRED", "UNMEETABLE");
        }
    }

    /** Else this would show nothing. */
    private static void isWrong(ServiceProcess process, int days) throws IOException {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(days);
        assertThat(Files.readString(process.log()))
                .containsAnyOf(day.toString(), day.minusDays(1).toString());
    }

    private static void awaitMore(AtomicLong answered) {
        long enough = answered.get() + SOME;
        await("answers go on").atMost(Site.LONG).until(() -> answered.get() >= enough);
    }
}
