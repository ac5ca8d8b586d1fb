package dev.sluice.system.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.observe.Rules.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How often rules are evaluated, and over what, beside how often there is something new. */
class RuleIntervalsTest {

    /** For so long a sample counts: what is recorded more seldom has gaps. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    private static final Pattern RANGE = Pattern.compile("\\[(\\w+)]");

    private final Duration scrapes = global("scrape_interval");

    private static Duration global(String key) {
        Map<?, ?> settings = (Map<?, ?>) Rules.read(Rules.folder().resolve("prometheus.yml"));
        return Rules.duration(String.valueOf(((Map<?, ?>) settings.get("global")).get(key)));
    }

    private Duration interval(Rule rule) {
        return rule.interval().orElse(global("evaluation_interval"));
    }

    private static List<Duration> ranges(Rule rule) {
        return RANGE.matcher(rule.expression())
                .results()
                .map((MatchResult range) -> Rules.duration(range.group(1)))
                .toList();
    }

    @Test
    void noRuleIsEvaluatedMoreOftenThanThereIsSomethingNew() {
        assertThat(Rules.all()).allSatisfy(rule -> assertThat(interval(rule)).isGreaterThanOrEqualTo(scrapes));
    }

    @Test
    void whatIsRecordedIsThereAgainBeforeItIsStaleEvenIfItFailsOnce() {
        assertThat(Rules.all())
                .allSatisfy(rule -> assertThat(interval(rule).multipliedBy(2)).isLessThan(LOOK_BACK));
    }

    /** With four samples in it a rate stands one lost scrape and still has two to go by. */
    @Test
    void everyRangeHoldsFourScrapes() {
        assertThat(Rules.all().stream().flatMap(rule -> ranges(rule).stream()))
                .hasSizeGreaterThan(15)
                .allSatisfy(range -> assertThat(range).isGreaterThanOrEqualTo(scrapes.multipliedBy(4)));
    }

    @Test
    void whatReadsHoursIsNotReadEveryTime() {
        assertThat(Rules.all().stream().filter(rule -> ranges(rule).stream().anyMatch(range -> range.toHours() >= 6)))
                .hasSize(4)
                .allSatisfy(rule ->
                        assertThat(interval(rule)).as(rule.name()).isGreaterThanOrEqualTo(Duration.ofMinutes(1)));
    }
}
