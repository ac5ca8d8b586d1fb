package dev.sluice.system.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.site.Places;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What docs/kubernetes.md and the adapter's rule say of the chart, held against its values. */
class ChartPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+`) \\| .* \\| .* \\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z][A-Za-z]*(?:\\.[a-zA-Z]+)+)`");
    private static final Pattern SET = Pattern.compile("--set ([a-zA-Z]+(?:\\.[a-zA-Z]+)+)=");

    private final JsonNode values = Manifests.yaml("deploy/kubernetes/sluice/values.yaml");
    private final String page = Manifests.text(Places.project().resolve("docs/kubernetes.md"));

    @Test
    void namesValuesThatThereAre() {
        List<String> named = ROW.matcher(page)
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(name -> name.group(1))
                .toList();
        assertThat(named).hasSizeGreaterThan(20).allMatch(this::isValue);
        assertThat(SET.matcher(page).results().map(set -> set.group(1)).toList())
                .hasSizeGreaterThan(2)
                .allMatch(this::isValue);
    }

    private boolean isValue(String name) {
        return !values.at("/" + name.replace('.', '/')).isMissingNode();
    }

    @Test
    void hasARuleForTheMetricThatTheAutoscalerOfHostsAsksFor() {
        String metric = values.at("/host/autoscaling/metric").asString();
        JsonNode rule =
                Manifests.yaml("deploy/kubernetes/prometheus-adapter.yaml").at("/rules/external/0");
        assertThat(rule.at("/name/as").asString()).isEqualTo(metric);
        assertThat(rule.path("metricsQuery").asString())
                .isEqualTo("sum(max by (actor) (" + metric + "{<<.LabelMatchers>>}))");
        assertThat(page).contains("`" + metric + "`").contains("deploy/kubernetes/prometheus-adapter.yaml");
    }

    @Test
    void leavesRoomForRolloutsOnEachHost() {
        assertThat(values.at("/host/autoscaling/replicasPerHost").asInt() * 5)
                .as("a quarter more than wanted")
                .isLessThanOrEqualTo(values.at("/host/slots").asInt() * 4);
    }
}
