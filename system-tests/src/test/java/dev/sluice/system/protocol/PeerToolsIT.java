package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tools that operators of other servers have, as they use them: Triton's load generator and the probe of gRPC. */
@ExtendWith(Sites.class)
class PeerToolsIT {

    private static final String PERF_ANALYZER = "SLUICE_PERF_ANALYZER";
    private static final String HEALTH_PROBE = "SLUICE_HEALTH_PROBE";
    private static final Pattern COUNT = Pattern.compile("Request count: (\\d+)");

    private Site site;

    @BeforeEach
    void awaitModels(@On(Shape.SPOKEN) Site spoken) {
        site = spoken;
        site.awaitPublished("adds");
    }

    /** It makes up tensors from what the model says of itself, and looks at the model's statistics. */
    @Test
    void perfAnalyzerMeasuresAModelOverHttp() {
        measures("http", "127.0.0.1:" + site.frontend(0).port());
    }

    @Test
    void perfAnalyzerMeasuresAModelOverGrpc() {
        measures("grpc", grpc());
    }

    @Test
    void theProbeOfGrpcFindsTheServiceServing() {
        assertThat(run(HEALTH_PROBE, 0, "-addr=" + grpc())).contains("SERVING");
        assertThat(run(HEALTH_PROBE, 0, "-addr=" + grpc(), "-service=inference.GRPCInferenceService"))
                .contains("SERVING");
        assertThat(run(HEALTH_PROBE, 3, "-addr=" + grpc(), "-service=nobody")).contains("There is no service nobody");
    }

    /** However much the latency varies, and long enough for some to be answered in each span: the machine may be busy. */
    private void measures(String protocol, String url) {
        String said =
                run(PERF_ANALYZER, 0, "-m", "adds", "-i", protocol, "-u", url, "-p", "2500", "-r", "3", "-s", "100000");
        Matcher count = COUNT.matcher(said);
        assertThat(count.find()).as(said).isTrue();
        assertThat(Integer.parseInt(count.group(1))).as(said).isPositive();
    }

    private String grpc() {
        return "127.0.0.1:" + site.frontend(0).port(ExtraPort.GRPC);
    }

    private static String run(String variable, int status, String... arguments) {
        String tool = System.getenv(variable);
        assumeTrue(tool != null && !tool.isEmpty(), () -> variable + " names no program, so it is skipped");
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(List.of(arguments));
        try (OneProcess process = OneProcess.start(variable.toLowerCase(Locale.ROOT), Places.project(), command)) {
            int ended = process.awaitEnd(Site.LONG);
            assertThat(ended).as(process.output()).isEqualTo(status);
            return process.output();
        }
    }
}
