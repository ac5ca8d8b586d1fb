package dev.sluice.system.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.observe.Dashboard.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whoever looks at a panel for the first time at night finds out what it shows. */
class DashboardsTest {

    /** However much there is of these, it is neither well nor ill. */
    private static final Set<String> NOT_GOOD_OR_BAD = Set.of(
            "Goodput",
            "Traffic by actor",
            "Goodput beside offered",
            "Outcomes, and what was accepted",
            "Attempts beside queries",
            "Batch size",
            "Batch sizes",
            "Queries by host",
            "Target batch",
            "Heap",
            "Allocation");

    private static final String DATA_SOURCE = "sluice-prometheus";

    static Stream<Panel> panels() {
        return Dashboard.all().stream().flatMap(dashboard -> dashboard.panels().stream());
    }

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @Test
    void areThree() {
        assertThat(dashboards())
                .extracting(Dashboard::file)
                .containsExactly("actor.json", "overview.json", "tier.json");
    }

    @ParameterizedTest
    @MethodSource("panels")
    void explainsItselfInASentence(Panel panel) {
        assertThat(panel.title()).isNotBlank();
        assertThat(panel.json().path("description").asString("")).endsWith(".").contains(" ");
    }

    @ParameterizedTest
    @MethodSource("panels")
    void hasAUnitThresholdsAndALegend(Panel panel) {
        assertThat(panel.defaults().path("unit").asString("")).isNotBlank();
        if (!NOT_GOOD_OR_BAD.contains(panel.title())) {
            assertThat(panel.defaults().path("thresholds").path("steps").size()).isGreaterThan(1);
            if (panel.json().path("type").asString("").equals("timeseries")) {
                assertThat(panel.defaults()
                                .path("custom")
                                .path("thresholdsStyle")
                                .path("mode")
                                .asString("off"))
                        .isNotEqualTo("off");
            }
        }
        assertThat(panel.targets()).isNotEmpty().allSatisfy(target -> {
            assertThat(target.path("expr").asString("")).isNotBlank();
            assertThat(target.path("legendFormat").asString("")).isNotBlank();
            assertThat(target.path("datasource").path("uid").asString("")).isEqualTo(DATA_SOURCE);
        });
    }

    /** An hour's rate in a panel of an hour shows nothing; one of seconds is empty where scrapes are rarer. */
    @ParameterizedTest
    @MethodSource("panels")
    void takesRatesOverWhatGrafanaSays(Panel panel) {
        assertThat(panel.expressions())
                .allSatisfy(expression ->
                        assertThat(expression.replace("[$__rate_interval]", "")).doesNotContain("["));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void lookAtActorsOrInstancesThatOneChooses(Dashboard dashboard) {
        List<String> names = dashboard.variables().stream()
                .map(variable -> variable.path("name").asString(""))
                .toList();
        assertThat(names).contains("instance");
        for (String name : names) {
            assertThat(dashboard.panels())
                    .as("some panel goes by $%s", name)
                    .anyMatch(panel -> panel.expressions().stream().anyMatch(expr -> expr.contains("$" + name)));
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void laysNoPanelOverAnother(Dashboard dashboard) {
        List<JsonNode> placed = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (JsonNode panel : dashboard.json().path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            assertThat(placed).as("under %s", panel.path("title")).noneMatch(other -> overlap(other, place));
            placed.add(place);
            ids.add(panel.path("id").asInt());
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return overlap(one, other, "x", "w") && overlap(one, other, "y", "h");
    }

    private static boolean overlap(JsonNode one, JsonNode other, String from, String length) {
        int oneFrom = one.path(from).asInt();
        int otherFrom = other.path(from).asInt();
        return oneFrom < otherFrom + other.path(length).asInt()
                && otherFrom < oneFrom + one.path(length).asInt();
    }
}
