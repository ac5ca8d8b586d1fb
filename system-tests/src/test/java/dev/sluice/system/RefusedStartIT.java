package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.platform.Tier;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wrong setting stops the start with what is wrong and what to write, and nothing that only a programmer reads. */
class RefusedStartIT {

    @ParameterizedTest
    @EnumSource(Tier.class)
    void listensBeyondLoopbackOnlyWithASecret(Tier tier) {
        String output = refused("wide-" + tier.word(), tier, "server.address=0.0.0.0");

        assertThat(output)
                .contains("This service would listen on 0.0.0.0 and has no cluster secret")
                .contains("Set sluice.cluster-secret");
    }

    @Test
    void refusesLimitsThatContradictEachOther() {
        String output = refused(
                "contradiction", Tier.ROUTER, "sluice.router.max-queue-bytes=2MB", "sluice.router.max-retained=1MB");

        assertThat(output)
                .contains("sluice.router.max-queue-bytes is 2097152 bytes", "1048576 (sluice.router.max-retained)")
                .contains("Lower the first or raise the second.");
    }

    @Test
    void refusesARouterThatIsNoUrl() {
        String output = refused("no-url", Tier.HOST, "sluice.routers=here:7000");

        assertThat(output)
                .contains("sluice.routers has the entry 'here:7000'")
                .contains("Write each router as http://");
    }

    private static String refused(String name, Tier tier, String... settings) {
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "server.port=" + Places.freePorts(1);
        try (OneProcess process = OneProcess.service(name, tier, all)) {
            assertThat(process.awaitEnd(Site.LONG)).as("exit status").isNotZero();
            String output = process.output();
            assertThat(output).as("no stack trace").doesNotContain("\tat ");
            return output;
        }
    }
}
