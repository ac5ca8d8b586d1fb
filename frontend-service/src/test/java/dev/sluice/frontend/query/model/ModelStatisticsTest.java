package dev.sluice.frontend.query.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.QueryStatistics;
import dev.sluice.frontend.query.QueryStatistics.OfMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelStatisticsTest {

    private final Models models = new Models(new FakeGateway(), Caller.ANONYMOUS);
    private final QueryStatistics counted = () -> List.of(
            new OfMethod("vadder", "2", "call", 4, 40, 1, 3, 2, 9),
            new OfMethod("vadder", "1", "call", 1, 10, 0, 0, 0, 0),
            new OfMethod("vadder", "1", "other", 5, 50, 0, 0, 0, 0),
            new OfMethod("withdrawn", "1", "call", 5, 50, 0, 0, 0, 0));

    @Test
    void areOfEveryVersionOfWhatIsPublished() {
        assertThat(ModelStatistics.of(models, counted, null, null))
                .containsExactly(
                        new ModelStatistics("vadder", "1", 1, 10, 0, 0),
                        new ModelStatistics("vadder", "2", 4, 40, 1, 3),
                        new ModelStatistics("vadder:other", "1", 5, 50, 0, 0));
    }

    @Test
    void areOfOneModelOrVersion() {
        assertThat(ModelStatistics.of(models, counted, "vadder", ""))
                .extracting(ModelStatistics::version)
                .containsExactly("1", "2");
        assertThat(ModelStatistics.of(models, counted, "vadder", "2"))
                .containsExactly(new ModelStatistics("vadder", "2", 4, 40, 1, 3));
        assertThatThrownBy(() -> ModelStatistics.of(models, counted, "withdrawn", null))
                .hasMessageContaining("There is no actor withdrawn");
    }
}
