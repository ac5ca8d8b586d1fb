package dev.sluice.system.call;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process counts, as Prometheus would scrape it. */
public final class MetricsPage {

    private static final Pattern SAMPLE = Pattern.compile("([a-z_:A-Z0-9]+)(\\{[^}]*})? ([^ ]+).*");

    private final List<Sample> samples;

    private record Sample(String name, String tags, double value) {}

    private MetricsPage(List<Sample> samples) {
        this.samples = samples;
    }

    public static MetricsPage of(URI process) {
        return get(process, "/actuator/prometheus");
    }

    /** Of these samples alone: a whole page is long, and who waits asks often. */
    public static MetricsPage of(URI process, String... names) {
        // Those of counters are asked for without their end.
        String asked =
                Stream.of(names).map(name -> name.replaceFirst("_total$", "")).collect(Collectors.joining(","));
        return get(process, "/actuator/prometheus?includedNames=" + asked);
    }

    private static MetricsPage get(URI process, String path) {
        Reply page = new Caller(process).get(path);
        if (!page.ok()) {
            throw new IllegalStateException("The metrics of " + process + " are not to be had: " + page);
        }
        return read(page.body());
    }

    public static MetricsPage read(String page) {
        return new MetricsPage(page.lines()
                .filter(line -> !line.startsWith("#"))
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(match -> new Sample(
                        match.group(1),
                        match.group(2) == null ? "" : match.group(2),
                        Double.parseDouble(match.group(3))))
                .toList());
    }

    /** The sum over all samples of this name that have these tags, each as {@code actor="vadder"}. */
    public double sum(String name, String... tags) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> List.of(tags).stream().allMatch(sample.tags()::contains))
                .mapToDouble(Sample::value)
                .sum();
    }

    public boolean has(String name) {
        return samples.stream().anyMatch(sample -> sample.name().equals(name));
    }
}
