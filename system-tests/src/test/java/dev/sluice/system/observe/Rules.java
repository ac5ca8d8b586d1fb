package dev.sluice.system.observe;

import dev.sluice.system.site.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** What Prometheus is given to record and to alert on. */
final class Rules {

    /**
     * @param name what is recorded, or the alert
     * @param alert whether it is one: then its expression has no value while all is well
     * @param interval how often its group is evaluated, where it is not as often as others
     */
    record Rule(String name, String expression, boolean alert, Optional<Duration> interval) {}

    private Rules() {}

    static Path folder() {
        return Places.project().resolve("deploy/prometheus");
    }

    static List<Rule> all() {
        List<Rule> rules = new ArrayList<>();
        for (Path file : files("rules")) {
            for (Object group : list(read(file), "groups")) {
                for (Object rule : list(group, "rules")) {
                    rules.add(rule((Map<?, ?>) rule, interval((Map<?, ?>) group)));
                }
            }
        }
        return rules;
    }

    private static Rule rule(Map<?, ?> rule, Optional<Duration> interval) {
        boolean alert = rule.containsKey("alert");
        return new Rule(
                String.valueOf(rule.get(alert ? "alert" : "record")),
                String.valueOf(rule.get("expr")),
                alert,
                interval);
    }

    private static Optional<Duration> interval(Map<?, ?> group) {
        return Optional.ofNullable(group.get("interval")).map(String::valueOf).map(Rules::duration);
    }

    /** As Prometheus writes it with one unit: 15s, 5m, 6h, 3d. */
    static Duration duration(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
    }

    /** The files of a folder below {@link #folder}, by name. */
    static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(folder().resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object read(Path file) {
        try {
            return new Yaml().load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<?> list(Object map, String key) {
        return (List<?>) Objects.requireNonNull(((Map<?, ?>) map).get(key));
    }
}
