package dev.sluice.cli.up;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.cli.platform.Platform;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.PrintWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where things are once the platform is up, and a call to try. */
final class UrlSheet {

    private final Platform platform;

    UrlSheet(Platform platform) {
        this.platform = platform;
    }

    void print(PrintWriter out, boolean detached) {
        out.println();
        out.println("Sluice is up.");
        for (URI frontend : urls(Tier.FRONTEND)) {
            out.println("  " + frontend + "/   the actors");
            out.println("  " + frontend + "/swagger-ui/   a page to try them");
        }
        for (ServiceProcess frontend : platform.processes(Tier.FRONTEND)) {
            out.println("  127.0.0.1:" + frontend.port(ExtraPort.GRPC) + "   the Open Inference Protocol over gRPC");
            out.println("  127.0.0.1:" + frontend.port(ExtraPort.FLIGHT) + "   Arrow Flight");
            out.println("  tcp://127.0.0.1:" + frontend.port(ExtraPort.ZEROMQ) + "   the same by ZeroMQ");
        }
        for (URI router : urls(Tier.ROUTER)) {
            out.println("  " + router + "/actuator/queues   what waits in it");
        }
        out.println();
        out.println("Try:");
        for (URI frontend : urls(Tier.FRONTEND).stream().limit(1).toList()) {
            out.println("  curl " + frontend
                    + "/vadder -H 'Content-Type: application/json' -d '{\"input\": 10, \"slo_ms\": 1000}'");
        }
        out.println("  ./sluice call vadder 10");
        out.println("  ./sluice call filetype @pom.xml");
        out.println();
        out.println(detached ? "./sluice down ends it." : "Ctrl-C ends it, or ./sluice down in another terminal.");
    }

    String json() {
        Map<String, List<String>> tiers = new LinkedHashMap<>();
        for (Tier tier : Tier.values()) {
            tiers.put(tier.word() + "s", urls(tier).stream().map(URI::toString).toList());
        }
        return Json.line(tiers);
    }

    private List<URI> urls(Tier tier) {
        return platform.processes(tier).stream().map(ServiceProcess::url).toList();
    }
}
