package dev.sluice.frontend.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.oip.OipPath.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OipPathTest {

    @ParameterizedTest
    @CsvSource({
        "/v2, SERVER, '',",
        "/v2/, SERVER, '',",
        "/v2?x=1, SERVER, '',",
        "/v2/health/live, LIVE, '',",
        "/v2/health/ready/, READY, '',",
        "/v2/models, MODELS, '',",
        "/v2/models/, MODELS, '',",
        "/v2/models/stats, ALL_STATISTICS, '',",
        "/v2/models/m, MODEL, m,",
        "/v2/models/a%2Fb, MODEL, a/b,",
        "/v2/models/m/versions/2, MODEL, m, 2",
        "/v2/models/m/ready, MODEL_READY, m,",
        "/v2/models/m/versions/2/ready, MODEL_READY, m, 2",
        "/v2/models/m/config, CONFIG, m,",
        "/v2/models/m/stats, STATISTICS, m,",
        "/v2/models/stats/stats, STATISTICS, stats,",
        "/v2/models/m/versions/2/infer, INFER, m, 2",
        "/v2/models/m/generate, GENERATE, m,",
        "/v2/models/m/generate_stream, GENERATE_STREAM, m,",
        "/v2/repository/index, INDEX, '',",
        "/v2/repository/models/m/load, LOAD, m,",
        "/v2/repository/models/m/unload, UNLOAD, m,"
    })
    void knows(String path, Resource resource, String model, String version) {
        assertThat(OipPath.parse(path)).isEqualTo(new OipPath(resource, model, version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/x",
                "/v2//",
                "/v2/health",
                "/v2/health/dead",
                "/v2/health/live/x",
                "/v2/models//infer",
                "/v2/models/m/version/2",
                "/v2/models/m/versions",
                "/v2/models/m/nothing",
                "/v2/models/m/infer/x",
                "/v2/models/m/versions/2/infer/x",
                "/v2/repository",
                "/v2/repository/models/m",
                "/v2/repository/models/m/reload"
            })
    void refusesAnythingElse(String path) {
        assertThatThrownBy(() -> OipPath.parse(path))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("Nothing is at this path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2x", "/v", "/", "/V2", "/v22/models"})
    void leavesOtherPathsAlone(String path) {
        assertThat(OipPath.isUnderRoot(path)).isFalse();
    }
}
