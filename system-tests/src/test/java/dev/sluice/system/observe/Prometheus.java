package dev.sluice.system.observe;

import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Reply;
import dev.sluice.system.observe.drawing.Samples.Span;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Site;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** A real Prometheus with the project's own settings, but for where it finds the services and how often it asks them. */
final class Prometheus implements AutoCloseable {

    private final OneProcess process;
    private final Caller caller;

    private Prometheus(OneProcess process, Caller caller) {
        this.process = process;
        this.caller = caller;
    }

    /** A program of that name on the path. */
    static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Prometheus scraping(Site site) {
        Path folder = Places.folder("prometheus");
        int port = Places.freePorts(1);
        try {
            Path data = Files.createTempDirectory(folder, "data-");
            Path settings = Files.writeString(data.resolve("prometheus.yml"), new Yaml().dump(settings(site)));
            OneProcess process = OneProcess.start(
                    "prometheus",
                    folder,
                    List.of(
                            program("prometheus").orElseThrow().toString(),
                            "--config.file=" + settings,
                            "--storage.tsdb.path=" + data.resolve("tsdb"),
                            "--web.listen-address=127.0.0.1:" + port));
            Prometheus started = new Prometheus(process, new Caller(URI.create("http://127.0.0.1:" + port)));
            await("Prometheus is ready")
                    .atMost(Site.LONG)
                    .ignoreExceptions()
                    .until(() -> started.caller.get("/-/ready").ok());
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> settings(Site site) {
        Map<String, Object> settings = map(Rules.read(Rules.folder().resolve("prometheus.yml")));
        settings.put("global", Map.of("scrape_interval", "1s", "evaluation_interval", "1s"));
        settings.put("rule_files", List.of(Rules.folder().resolve("rules") + "/*.yml"));
        for (Object scrape : (List<?>) settings.getOrDefault("scrape_configs", List.of())) {
            Map<String, Object> job = map(scrape);
            job.remove("dns_sd_configs");
            Tier tier = Tier.valueOf(String.valueOf(job.get("job_name")).toUpperCase(Locale.ROOT));
            List<String> targets = site.all(tier).stream()
                    .map(ServiceProcess::url)
                    .map(URI::getAuthority)
                    .toList();
            job.put("authorization", Map.of("credentials", Site.SECRET));
            job.put("static_configs", List.of(Map.of("targets", targets)));
        }
        return settings;
    }

    @SuppressWarnings("unchecked") // a YAML map whose keys are all names
    private static Map<String, Object> map(Object yaml) {
        return (Map<String, Object>) yaml;
    }

    /** The samples of now. */
    List<JsonNode> query(String expression) {
        return List.copyOf(
                get("/api/v1/query?query=" + encoded(expression)).path("result").values());
    }

    /** Each series of the answer has its samples of a span. */
    List<JsonNode> range(String expression, Span span) {
        String times =
                String.format(Locale.ROOT, "&start=%.3f&end=%.3f&step=%.0f", span.from(), span.to(), span.step());
        return List.copyOf(get("/api/v1/query_range?query=" + encoded(expression) + times)
                .path("result")
                .values());
    }

    /** Its own clock, in seconds since the epoch. */
    double now() {
        return get("/api/v1/query?query=time()").path("result").path(1).asDouble();
    }

    /** Whether some of its samples are numbers. */
    boolean hasData(String expression) {
        return query(expression).stream()
                .anyMatch(
                        sample -> !sample.path("value").path(1).asString("NaN").equals("NaN"));
    }

    /** The sum over all samples; 0 where there are none. */
    double sum(String expression) {
        return query(expression).stream()
                .mapToDouble(sample ->
                        Double.parseDouble(sample.path("value").path(1).asString("0")))
                .sum();
    }

    /** The values that a label has in the series of a selector. */
    List<JsonNode> labelValues(String selector, String label) {
        return List.copyOf(get("/api/v1/label/" + label + "/values?match[]=" + encoded(selector))
                .values());
    }

    JsonNode rules() {
        return get("/api/v1/rules");
    }

    private JsonNode get(String path) {
        Reply reply = caller.get(path.replace("[]", "%5B%5D"));
        if (!reply.ok()) {
            throw new IllegalStateException("Prometheus refused " + path + ": " + reply.body());
        }
        return reply.json().path("data");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.close();
    }
}
