package dev.sluice.system.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.system.observe.Rules.Rule;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The rules and dashboards, in a real Prometheus that scrapes a platform under load. */
@ExtendWith(Sites.class)
class PrometheusIT {

    private static final Pattern VARIABLE = Pattern.compile("label_values\\((.+), (\\w+)\\)");
    private static final Pattern METRIC = Pattern.compile("\\b[a-z]+[:_][a-z0-9_:]+\\b(?=[{\\[\\s)]|$)");
    private static final Pattern NO_METRIC = Pattern.compile("\\{[^}]*}|\\b(by|on|group_left) \\([^)]*\\)|\\w+\\(");

    @BeforeAll
    static void isInstalled() {
        for (String program : List.of("prometheus", "promtool")) {
            assumeTrue(
                    Prometheus.program(program).isPresent(),
                    "There is no " + program
                            + " on the PATH; install Prometheus (on Debian: apt-get install prometheus)"
                            + " to try dashboards and rules.");
        }
    }

    @Test
    void takesTheSettingsAndTheRules(@TempDir Path folder) throws IOException {
        // The secret is there in containers only.
        Path secret = Files.writeString(folder.resolve("scrape-secret"), Site.SECRET);
        String settings = Files.readString(Rules.folder().resolve("prometheus.yml"))
                .replace("/run/sluice/scrape-secret", secret.toString())
                .replace("- rules/", "- " + Rules.folder().resolve("rules") + "/");
        assertThat(promtool("config", "check", "config", Files.writeString(folder.resolve("prometheus.yml"), settings)))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    @Test
    void theRulesDoWhatTheirTestsSay() {
        Path[] tests = Rules.files("tests").toArray(Path[]::new);
        assertThat(promtool("rules", "test", "rules", tests))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    @Test
    void everyExpressionOfPanelsAndRulesHasData(@On(Shape.PAIRS) Site site, TestReporter report) {
        Map<String, String> expressions = expressions();
        report.publishEntry("expressions", Integer.toString(expressions.size()));
        try (Prometheus prometheus = Prometheus.scraping(site)) {
            new MixedLoad(site).during(() -> {
                awaitData(prometheus, expressions);
                // What was not scraped and evaluated yet is once more.
                await("nothing is wrong with variables, rules and alerts")
                        .atMost(Site.LONG)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> assertSound(prometheus));
            });
            site.awaitCalm();
            awaitEveryOutcomeInTheLedger(prometheus);
        }
    }

    private static void assertSound(Prometheus prometheus) {
        assertThat(withoutValues(prometheus))
                .as("variables that nothing can be chosen for")
                .isEmpty();
        assertThat(unhealthy(prometheus.rules()))
                .as("rules that cannot be evaluated")
                .isEmpty();
        assertThat(unknownMetrics(prometheus))
                .as("metrics that alerts look for and nobody exports")
                .isEmpty();
    }

    /** All that a panel shows or a rule records, by where it stands. Alerts have no data while all is well. */
    private static Map<String, String> expressions() {
        Map<String, String> expressions = new LinkedHashMap<>();
        for (Dashboard dashboard : Dashboard.all()) {
            for (Dashboard.Panel panel : dashboard.panels()) {
                for (JsonNode target : panel.targets()) {
                    expressions.put(
                            panel + ", " + target.path("refId").asString(),
                            filledIn(target.path("expr").asString()));
                }
            }
        }
        Rules.all().stream()
                .filter(rule -> !rule.alert())
                .forEach(rule -> expressions.put("rule " + rule.name(), rule.expression()));
        return expressions;
    }

    /** As Grafana does where all is chosen. */
    private static String filledIn(String expression) {
        return expression.replace("$__rate_interval", "1m").replaceAll("\\$\\w+", ".*");
    }

    private static void awaitData(Prometheus prometheus, Map<String, String> expressions) {
        Map<String, String> missing = new LinkedHashMap<>(expressions);
        await("every expression has data")
                .atMost(Site.LONG)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    missing.values().removeIf(prometheus::hasData);
                    assertThat(missing).isEmpty();
                });
    }

    private static List<String> withoutValues(Prometheus prometheus) {
        List<String> without = new ArrayList<>();
        for (Dashboard dashboard : Dashboard.all()) {
            for (JsonNode variable : dashboard.variables()) {
                String query = variable.path("query").path("query").asString();
                Matcher parts = VARIABLE.matcher(query);
                assertThat(parts.matches()).as(query).isTrue();
                if (prometheus
                        .labelValues(filledIn(parts.group(1)), parts.group(2))
                        .isEmpty()) {
                    without.add(dashboard.file() + ": " + query);
                }
            }
        }
        return without;
    }

    private static List<String> unhealthy(JsonNode rules) {
        List<String> unhealthy = new ArrayList<>();
        int seen = 0;
        for (JsonNode group : rules.path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                seen++;
                if (!rule.path("health").asString().equals("ok")) {
                    unhealthy.add(rule.toString());
                }
            }
        }
        assertThat(seen).as("rules").isEqualTo(Rules.all().size());
        return unhealthy;
    }

    private static List<String> unknownMetrics(Prometheus prometheus) {
        return Rules.all().stream()
                .filter(Rule::alert)
                .flatMap(rule -> metrics(rule.expression()).map(metric -> rule.name() + ": " + metric))
                .filter(named -> !prometheus.hasData(named.substring(named.indexOf(' ') + 1)))
                .toList();
    }

    private static Stream<String> metrics(String expression) {
        String bare = NO_METRIC.matcher(expression).replaceAll(" ");
        return METRIC.matcher(bare).results().map(match -> match.group()).distinct();
    }

    /** Accepted = answered + failed + shed + expired + cancelled, as Prometheus has it. */
    private static void awaitEveryOutcomeInTheLedger(Prometheus prometheus) {
        await("the ledger")
                .atMost(Site.LONG)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    for (String outcome : List.of("answered", "failed", "shed", "expired", "cancelled")) {
                        assertThat(prometheus.sum(
                                        "sum(sluice_queries_total{job=\"frontend\", outcome=\"" + outcome + "\"})"))
                                .as(outcome)
                                .isPositive();
                    }
                    assertThat(prometheus.sum("sum(sluice_queries_total{job=\"frontend\"})"))
                            .isEqualTo(prometheus.sum("sum(sluice_queries_accepted_total)"));
                });
    }

    private static String promtool(String name, String verb, String what, Path... files) {
        List<String> command = new ArrayList<>(
                List.of(Prometheus.program("promtool").orElseThrow().toString(), verb, what));
        Stream.of(files).map(Path::toString).forEach(command::add);
        try (OneProcess process = OneProcess.start("promtool-" + name, Rules.folder(), command)) {
            int status = process.awaitEnd(Site.LONG);
            assertThat(status).as(process.output()).isZero();
            return process.output();
        }
    }
}
