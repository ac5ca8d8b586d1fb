package dev.sluice.system.registry;

import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.Caller;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Site;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Eureka server in a process of its own. It keeps nothing when it dies. */
public final class Eureka implements Registry {

    private final URI url;
    private OneProcess process;

    private Eureka(URI url) {
        this.url = url;
        this.process = process();
    }

    public static Eureka start() {
        Eureka eureka = new Eureka(URI.create("http://127.0.0.1:" + Places.freePorts(1)));
        eureka.awaitReady();
        return eureka;
    }

    private OneProcess process() {
        return OneProcess.start(
                "eureka",
                Places.folder("processes"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        withoutTheProject(),
                        EurekaApplication.class.getName(),
                        "--server.address=127.0.0.1",
                        "--server.port=" + url.getPort(),
                        "--eureka.client.register-with-eureka=false",
                        "--eureka.client.fetch-registry=false",
                        // As docs/discovery.md says, so that changes are told within seconds.
                        "--eureka.server.response-cache-update-interval-ms=1000",
                        "--eureka.server.wait-time-in-ms-when-sync-empty=0",
                        "--eureka.server.enable-self-preservation=false"));
    }

    /** The services' own settings and hosts have no place in it. */
    private static String withoutTheProject() {
        String project = Places.project().toString();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.startsWith(project) || entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void awaitReady() {
        await("Eureka answers")
                .atMost(Site.LONG)
                .ignoreExceptions()
                .until(() -> new Caller(url).get("/eureka/apps").ok());
    }

    @Override
    public String client() {
        return "spring-cloud-starter-netflix-eureka-client";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("eureka.client.service-url.defaultZone", url + "/eureka/");
    }

    @Override
    public void die() {
        process.close();
    }

    @Override
    public void comeBack() {
        process = process();
        awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }
}
