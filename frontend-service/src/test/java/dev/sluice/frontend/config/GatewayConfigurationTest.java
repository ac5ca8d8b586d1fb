package dev.sluice.frontend.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A wrong setting stops the start with what is wrong and what to write instead, and no stack trace. */
@ExtendWith(OutputCaptureExtension.class)
class GatewayConfigurationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sluice.frontend.max-retained=1MB | sluice.frontend.max-retained is 1048576B | Raise",
                "sluice.frontend.catalogue-wait=-1s | sluice.frontend.catalogue-wait is PT-1S | from 0s to 1m",
                "sluice.forget-after=10ms         | sluice.forget-after is PT0.01S | a second or more",
                "sluice.link.max-payload=200MB    | sluice.frontend.max-retained is 167772160B | lower sluice.link.max-payload",
                "sluice.link.lease=1ms            | sluice.link.lease must be between 30 ms and 1 hour | Correct the setting",
                "sluice.link.query-credit=1MB     | room for the largest payload | raise sluice.link.query-credit",
                "sluice.routers=localhost         | sluice.routers has the entry 'localhost' | http://host:port",
                "sluice.discovery.service-id=r    | sluice.discovery.service-id is r, and this process has no | docs/discovery.md",
                "sluice.event-loops=-1            | sluice.event-loops is -1 | number of threads",
                "sluice.drain.stream-quiet=0s     | sluice.drain.streamQuiet | Update your application's configuration",
                "server.address=0.0.0.0           | no cluster secret | Set sluice.cluster-secret",
            })
    void refusesASettingThatMakesNoSense(String setting, String problem, String action, CapturedOutput output) {
        Throwable stopped = catchThrowable(() -> WholeFrontend.start(setting).close());
        assertThat(stopped).isNotNull();
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains(problem)
                .contains(action)
                .doesNotContain("\tat ")
                .doesNotContain("Error creating bean");
    }

    @Test
    void refusesToServeAnybodyFromAnywhereUnlessToldTo(CapturedOutput output) {
        String[] wide = {"server.address=0.0.0.0", "sluice.cluster-secret=hush-hush"};
        Throwable stopped = catchThrowable(() -> WholeFrontend.start(wide).close());

        assertThat(stopped).isNotNull();
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START", "asks nobody who they are", "SLUICE_ACCESS_OPEN")
                .doesNotContain("hush-hush");
    }

    /** Left out, they would give a caller more than is meant for it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sluice.access.keys[0].actor",
                "sluice.access.keys[0].tennant",
                "sluice.access.tenants.acme.query-per-second",
                "sluice.access.tenants.acme.eu.queries-per-second",
                "sluice.access.jwt.audience",
                "sluice.access.keyfile",
            })
    void refusesASettingOfAccessThatThereIsNoneOfAndShowsItsValueToNobody(String setting, CapturedOutput output) {
        String[] settings = {
            "sluice.access.keys[0].name=one", "sluice.access.keys[0].key=hush-hush-hush-hush", setting + "=hush-hush"
        };
        Throwable stopped = catchThrowable(() -> WholeFrontend.start(settings).close());

        assertThat(stopped).isNotNull();
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START", "There is no setting " + setting, "docs/security.md")
                .doesNotContain("hush-hush");
    }
}
