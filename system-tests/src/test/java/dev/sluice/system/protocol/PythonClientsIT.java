package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that nobody here wrote, as their users use them. */
@ExtendWith(Sites.class)
class PythonClientsIT {

    private static final String INTERPRETER = "SLUICE_PYTHON";

    private Site site;

    @BeforeEach
    void awaitModels(@On(Shape.SPOKEN) Site spoken) {
        site = spoken;
        site.awaitPublished("adds");
        site.awaitPublished("gate");
    }

    @Test
    void tritonclientOverHttp() {
        holds("triton_http.py", http());
    }

    @Test
    void tritonclientOverGrpc() {
        try (GateKeeper gate = GateKeeper.closed(site)) {
            holds("triton_grpc.py", grpc());
            gate.open();
        }
    }

    @Test
    void kserve() {
        holds("kserve_client.py", http(), grpc());
    }

    @Test
    void pyarrow() {
        holds("arrow_flight.py", "127.0.0.1:" + site.frontend(0).port(ExtraPort.FLIGHT));
    }

    private String http() {
        return "127.0.0.1:" + site.frontend(0).port();
    }

    private String grpc() {
        return "127.0.0.1:" + site.frontend(0).port(ExtraPort.GRPC);
    }

    private static void holds(String script, String... arguments) {
        String python = System.getenv(INTERPRETER);
        assumeTrue(
                python != null && !python.isEmpty(),
                () -> INTERPRETER + " names no Python with tritonclient[all], kserve and pyarrow, so " + script
                        + " is skipped");
        Path scripts = Places.project().resolve("system-tests/src/test/python");
        List<String> command = new ArrayList<>(List.of(python, "-B", script));
        command.addAll(List.of(arguments));
        try (OneProcess process = OneProcess.start(script, scripts, command)) {
            int status = process.awaitEnd(Site.LONG);
            assertThat(status).as(process.output()).isZero();
        }
    }
}
