package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A wrong setting stops the start with what is wrong and what to write instead, and no stack trace. */
@ExtendWith(OutputCaptureExtension.class)
class HostSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sluice.host.slots=-1     | sluice.host.slots is -1. | how many replicas this host may run",
                "sluice.routers=localhost | sluice.routers has the entry 'localhost'. | http://host:port",
                "server.address=0.0.0.0   | has no cluster secret | Set sluice.cluster-secret",
            })
    void refusesASettingThatMakesNoSense(String setting, String problem, String action, CapturedOutput output) {
        Throwable stopped = catchThrowable(() -> new SpringApplicationBuilder(HostApplication.class)
                .run("--server.port=0", "--spring.main.banner-mode=off", "--" + setting)
                .close());
        assertThat(stopped).isNotNull();
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains(problem)
                .contains(action)
                .doesNotContain("\tat ")
                .doesNotContain("Error creating bean");
    }
}
