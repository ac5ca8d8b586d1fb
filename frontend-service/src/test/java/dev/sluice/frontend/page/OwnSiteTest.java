package dev.sluice.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.frontend.http.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class OwnSiteTest {

    private final OwnSite site = new OwnSite(List.of("Sluice.example"));

    private static HttpHeaders headers(String... namesAndValues) {
        HttpHeaders headers = new HttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private ProblemException refusal(String... namesAndValues) {
        return catchThrowableOfType(ProblemException.class, () -> site.mustBeTheOrigin(headers(namesAndValues)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "127.0.0.1:8080",
                "10.1.2.3",
                "[::1]:8080",
                "[2001:db8::7]",
                "sluice.example",
                "SLUICE.example:80"
            })
    void isAtAddressesAtLocalhostAndAtItsNames(String host) {
        assertThatCode(() -> site.mustBeTheOrigin(headers("Host", host))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elsewhere.example",
                "elsewhere.example:8080",
                "localhost.elsewhere.example",
                "127.0.0.1.elsewhere.example",
                "sluice.example.elsewhere.example",
                "10.1.2.3.4",
                "[elsewhere.example]",
                "[::1]elsewhere.example",
                "localhost:8080:1",
                ""
            })
    void isAtNoOtherNameWhichMayHaveBeenMadeToPointHere(String host) {
        assertThat(refusal("Host", host).problem().status()).isEqualTo(403);
        assertThat(refusal("Host", host)).hasMessageContaining("sluice.ui.hosts");
    }

    @Test
    void isReadByItselfAndByNoOtherSite() {
        assertThatCode(() -> site.mustBeTheOrigin(headers("Host", "localhost:8080", "Origin", "http://localhost:8080")))
                .doesNotThrowAnyException();
        assertThat(refusal("Host", "localhost:8080", "Origin", "http://localhost:3000"))
                .isNotNull();
        assertThat(refusal("Host", "localhost:8080", "Origin", "null")).isNotNull();
        assertThat(refusal("Host", "localhost:8080", "Sec-Fetch-Site", "cross-site"))
                .isNotNull();
    }
}
