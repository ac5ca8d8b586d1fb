package dev.sluice.system.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.observe.Rules.Rule;
import dev.sluice.system.site.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operations.md tells what there is to see: each alert, and each metric that a dashboard or rule goes by. */
class OperationsPageTest {

    private static final Pattern ALERT_HEADING = Pattern.compile("(?m)^### (Sluice\\w+)$");
    private static final Pattern SHOWN =
            Pattern.compile("(?m)^\\$ docker compose exec (\\w+) /app/bin/show (\\S+) +(# curl .+)$");
    private static final Pattern OWN_METRIC = Pattern.compile("(?<![:\\w])sluice_[a-z0-9_]+");

    private final String page = page();

    private static String page() {
        try {
            return Files.readString(Places.project().resolve("docs/operations.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysOfEachAlertWhatItMeansAndWhatToDo() {
        List<String> headings = ALERT_HEADING
                .matcher(page)
                .results()
                .map(heading -> heading.group(1))
                .toList();
        List<String> alerts =
                Rules.all().stream().filter(Rule::alert).map(Rule::name).toList();
        assertThat(alerts).isNotEmpty();
        assertThat(headings).containsExactlyElementsOf(alerts);
    }

    /** Each in a block of commands of its own: nobody looks for them at night. */
    @Test
    void namesTheCommandsOfEachAlert() {
        for (Rule alert : Rules.all().stream().filter(Rule::alert).toList()) {
            int start = page.indexOf("### " + alert.name() + "\n");
            String section = page.substring(start, page.indexOf("\n##", start + 1));
            assertThat(section).as(alert.name()).containsPattern("(?m)^```console\n\\$ [^`]*docker [^`]*```$");
        }
    }

    /** Without it every other tier would be brought back to one, in the middle of an incident. */
    @Test
    void namesTheTierThatIsToBeChanged() {
        List<String> changes = page.lines()
                .filter(line -> line.startsWith("$ ") && line.contains("compose up "))
                .toList();
        assertThat(changes)
                .hasSizeGreaterThan(6)
                .allSatisfy(
                        line -> assertThat(line).containsPattern("up --detach --no-deps .*--scale (\\w+)=\\S+ \\1\\b"));
    }

    @Test
    void asksTheSameOfAContainerAndOfAProcess() {
        List<MatchResult> shown = SHOWN.matcher(page).results().toList();
        assertThat(shown).hasSizeGreaterThan(8).allSatisfy(command -> {
            String port = command.group(1).equals("host") ? "7100" : "7000";
            assertThat(command.group(3)).endsWith("curl http://localhost:" + port + "/actuator/" + command.group(2));
        });
    }

    @Test
    void listsTheMetricsThatDashboardsAndRulesGoBy() {
        TreeSet<String> used = new TreeSet<>();
        for (Dashboard dashboard : Dashboard.all()) {
            dashboard.panels().forEach(panel -> panel.expressions().forEach(expression -> addTo(used, expression)));
        }
        Rules.all().forEach(rule -> addTo(used, rule.expression()));
        assertThat(used)
                .hasSizeGreaterThan(15)
                .allSatisfy(metric -> assertThat(page)
                        .as(metric)
                        .contains(metric.endsWith("_max_bytes") ? "_max_bytes`" : '`' + metric + '`'));
    }

    /** Without what a histogram's name is followed by. */
    private static void addTo(TreeSet<String> used, String expression) {
        OWN_METRIC
                .matcher(expression)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replaceFirst("_(bucket|sum|count|max)$", ""))
                .forEach(used::add);
    }
}
