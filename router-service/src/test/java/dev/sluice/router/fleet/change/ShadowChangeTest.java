package dev.sluice.router.fleet.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.placement.VersionSettings;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Shadow;
import dev.sluice.router.testing.Goals;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShadowChangeTest {

    private static final Running SERVES = new Running(true, Set.of("1"), Set.of("1"));

    private static ShadowChange change(Optional<String> version, Optional<Integer> percent) {
        return new ShadowChange(
                new VersionChange(version, Optional.empty(), Optional.empty(), Optional.empty(), VersionSettings.UNSET),
                percent,
                Optional.empty());
    }

    @Test
    void triesAVersionThatIsLikeTheOneThatServes() {
        assertThat(change(Optional.of("2"), Optional.empty())
                        .to(Goals.plain("model"), SERVES)
                        .goal()
                        .shadow())
                .contains(new Shadow(Goals.version("2"), ShadowChange.USUAL_PERCENT, 1));
    }

    @Test
    void changesOnlyWhatIsSaid() {
        ActorGoal under = Goals.plain("model").withShadow(Optional.of(new Shadow(Goals.version("2"), 20, 3)));
        assertThat(change(Optional.empty(), Optional.of(50))
                        .to(under, SERVES)
                        .goal()
                        .shadow())
                .contains(new Shadow(Goals.version("2"), 50, 3));
    }

    @Test
    void needsAVersion() {
        assertThatThrownBy(() -> change(Optional.empty(), Optional.of(50)).to(Goals.plain("model"), SERVES))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("version is missing");
        ShadowChange nameless = new ShadowChange(
                new VersionChange(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Map.of("a", "1")),
                        VersionSettings.UNSET),
                Optional.empty(),
                Optional.empty());
        ActorGoal under = Goals.plain("model").withShadow(Optional.of(new Shadow(Goals.version("2"), 20, 3)));
        assertThatThrownBy(() -> nameless.to(under, SERVES)).isInstanceOf(Refused.class);
    }
}
