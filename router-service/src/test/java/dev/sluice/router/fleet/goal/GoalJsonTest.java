package dev.sluice.router.fleet.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.router.testing.Goals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoalJsonTest {

    /** Changed by whoever changes what is stored: routers of before and after must both read it. */
    private static final String FULL = """
            {"actor":"model",\
            "current":{"version":"2","kind":"java","type":"model","args":{"alpha":"4ms"},\
            "settings":{"sloMillis":200,"scheduler":"deadline","maxBatchSize":28,"maxWaitMillis":5,"idempotent":true,\
            "scheduling":{"deferral":false,"hedging":true,"hedgeShare":0.02,"tenantWeights":{"acme":3.0},\
            "priorityWeight":2.0,"mostTenants":16}}},\
            "previous":{"version":"1","kind":"java","type":"model","args":{},\
            "settings":{"sloMillis":null,"scheduler":null,"maxBatchSize":null,"maxWaitMillis":null,"idempotent":null,\
            "scheduling":null}},\
            "rollout":{"candidate":{"version":"3","kind":"java","type":"model","args":{},\
            "settings":{"sloMillis":null,"scheduler":null,"maxBatchSize":null,"maxWaitMillis":null,"idempotent":null,\
            "scheduling":null}},\
            "weight":25,"held":true,"steps":[25,100],"stepTime":"PT1.5S",\
            "limits":{"errorMargin":0.01,"latencyMargin":0.5,"leastQueries":50}},\
            "shadow":{"version":{"version":"4","kind":"java","type":"model","args":{},\
            "settings":{"sloMillis":null,"scheduler":null,"maxBatchSize":null,"maxWaitMillis":null,"idempotent":null,\
            "scheduling":null}},"percent":10,"replicas":1},\
            "scale":{"min":0,"max":8,"targetUtilisation":0.7,"downAfter":"PT1M"},\
            "routers":2}""";

    @Test
    void staysAsItWas() {
        assertThat(GoalJson.write(Goals.full())).isEqualTo(FULL);
    }

    @Test
    void readsWhatItWrote() {
        assertThat(GoalJson.read(FULL)).isEqualTo(Goals.full());
        assertThat(GoalJson.read(GoalJson.write(Goals.plain("a")))).isEqualTo(Goals.plain("a"));
    }

    @Test
    void skipsWhatANewerRouterHasAdded() {
        String newer = FULL.replace("\"routers\":2", "\"routers\":2,\"colour\":{\"of\":[\"the\",1]}")
                .replace("\"min\":0", "\"min\":0,\"step\":1");
        assertThat(GoalJson.read(newer)).isEqualTo(Goals.full());
    }

    @Test
    void takesWhatIsAbsentForUnset() {
        String least = """
                {"actor": "a", "routers": 1, "scale": {"min": 1, "max": 1, "targetUtilisation": 0.7, "downAfter": "PT1M"},
                 "current": {"version": "1", "kind": "java", "type": "model", "args": {}, "settings": {}}}""";
        assertThat(GoalJson.read(least)).isEqualTo(Goals.plain("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"actor\": \"a\"}", "{\"actor\": 7", "nonsense"})
    void refusesWhatIsNoGoal(String text) {
        assertThatThrownBy(() -> GoalJson.read(text)).isInstanceOf(UnreadableGoal.class);
    }
}
