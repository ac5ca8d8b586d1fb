package dev.sluice.benchmarks.tiers;

import dev.sluice.cli.platform.PlatformException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process counts, as Prometheus would scrape it. */
public final class MetricsPage {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? (\\S+)( \\d+)?");
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(MOST)
            .build();

    private final String source;
    private final List<Sample> samples;

    private record Sample(String name, String tags, double value) {

        boolean has(String tag) {
            return tags.contains(tag);
        }
    }

    private MetricsPage(String source, List<Sample> samples) {
        this.source = source;
        this.samples = samples;
    }

    /** @throws IOException where the process does not answer */
    public static MetricsPage of(URI process) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(process.resolve("/actuator/prometheus"))
                .timeout(MOST)
                .build();
        try {
            HttpResponse<String> page = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (page.statusCode() != 200) {
                throw new IOException(request.uri() + " is answered " + page.statusCode());
            }
            return read(request.uri().toString(), page.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** @param source where it is from, for people */
    static MetricsPage read(String source, String page) {
        return new MetricsPage(
                source,
                page.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(SAMPLE::matcher)
                        .filter(Matcher::matches)
                        .map(match -> new Sample(
                                match.group(1),
                                match.group(2) == null ? "" : match.group(2),
                                Double.parseDouble(match.group(3))))
                        .toList());
    }

    /**
     * The sum over all samples of this name, 0 where there is none: for a series that begins with what it counts.
     *
     * @param tags that they have, each as {@code actor="vadder"}
     */
    public double sum(String name, String... tags) {
        return with(name, tags).mapToDouble(Sample::value).sum();
    }

    /**
     * The same of a series that is always there: a bench that reads a name which is no more would see nothing but zeros.
     *
     * @throws PlatformException where there is none
     */
    public double required(String name, String... tags) {
        if (with(name, tags).findAny().isEmpty()) {
            throw new PlatformException(source + " has no series " + name + " with the tags " + List.of(tags) + ".");
        }
        return sum(name, tags);
    }

    private Stream<Sample> with(String name, String... tags) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> List.of(tags).stream().allMatch(sample::has));
    }

    /** How many series there are in all: more and more of them is a leak too. */
    public int series() {
        return samples.size();
    }
}
