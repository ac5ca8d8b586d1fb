package dev.sluice.frontend.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.common.config.SettingRefused;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AccessPropertiesTest {

    private static final String KEY = "keys[0].name=one keys[0].key=hush-hush-hush-hush";

    /** @param settings with spaces between them */
    private static AccessProperties bound(String settings) {
        return new Binder(new MapConfigurationPropertySource(Arrays.stream(settings.split(" "))
                        .filter(setting -> !setting.isEmpty())
                        .map(setting -> ("sluice.access." + setting).split("=", 2))
                        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]))))
                .bindOrCreate("sluice.access", AccessProperties.class);
    }

    private static @Nullable SettingRefused refusal(String settings) {
        for (Throwable e = catchThrowable(() -> bound(settings)); e != null; e = e.getCause()) {
            if (e instanceof SettingRefused refused) {
                return refused;
            }
        }
        return null;
    }

    @Test
    void asksNobodyUnlessSomethingIsSet() {
        assertThat(bound("").asks()).isFalse();
        assertThat(bound("keys-file= jwt.issuer-uri= jwt.jwk-set-uri= open=").asks())
                .as("empty variables are none")
                .isFalse();
        assertThat(bound(KEY).asks()).isTrue();
        assertThat(bound("keys-file=/run/keys.yaml").asks()).isTrue();
        assertThat(bound("jwt.jwk-set-uri=https://login.example.com/keys jwt.audiences=sluice")
                        .asks())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8081/realm", "http://127.0.0.1/keys", "http://[::1]:80", "https://a.b"})
    void keysComeOverHttpsOrFromThisMachine(String uri) {
        assertThat(bound("jwt.issuer-uri=" + uri + " jwt.audiences=a").asks()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open=true " + KEY + " | nobody is asked for the keys",
                "open=false | nobody could call",
                "keys[0].name=one | either the key or its sha256",
                "keys[0].key=hush-hush-hush-hush | no name",
                KEY + " keys[0].sha256=0 | either the key or its sha256",
                "keys[0].name=one keys[0].key=hush | at least 16 characters",
                "keys[0].name=one keys[0].sha256=hush | 64 hexadecimal digits",
                "jwt.issuer-uri=https://login.example.com | audiences is empty",
                "jwt.issuer-uri=login.example.com jwt.audiences=a | issuer-uri is 'login.example.com'",
                "jwt.jwk-set-uri=file:/keys jwt.audiences=a | jwk-set-uri is 'file:/keys'",
                "jwt.issuer-uri=http://login.example.com jwt.audiences=a | could make tokens",
                "jwt.jwk-set-uri=http://127.0.0.1.example.com/keys jwt.audiences=a | could make tokens",
                "jwt.jwk-set-uri=http://localhost@example.com/keys jwt.audiences=a | could make tokens",
                "tenants.acme.queries-per-second=0 | queries-per-second of 0",
                "tenants.acme.queries-per-second=NaN | queries-per-second of NaN",
                "tenants.acme.burst=5 | without queries-per-second",
                "others.queries-per-second=1 others.burst=0 | burst of 0",
                "tenants.acme.actors=vadder | nobody is asked who they are",
                "open=true others.actors=vadder | nobody is asked who they are",
            })
    void refusesWhatMakesNoSenseWithoutTellingAKey(String settings, String problem) {
        SettingRefused refused = refusal(settings);
        assertThat(refused).isNotNull();
        assertThat(refused).hasMessageContaining(problem).hasMessageNotContaining("hush");
        assertThat(refused.action()).isNotEmpty().doesNotContain("hush");
    }

    /** Behind a proxy that says which tenant a caller is. */
    @Test
    void quotasMayBeSetWhereNobodyIsAsked() {
        AccessProperties access = bound("tenants.acme.queries-per-second=5 others.queries-per-second=1");
        assertThat(access.allTenants().of("acme").quota().queriesPerSecond()).isEqualTo(5);
    }

    /** A tenant's name may have any characters that a key's tenant may. */
    @ParameterizedTest
    @ValueSource(strings = {"acme.eu", "org:42", "a@b"})
    void aTenantsNameStandsInBrackets(String name) {
        AccessProperties access = bound(KEY + " tenants[" + name + "].queries-per-second=5");
        assertThat(access.allTenants().of(name).quota().queriesPerSecond()).isEqualTo(5);
    }

    @Test
    void showsNoKey() {
        assertThat(bound(KEY).toString()).contains("one").doesNotContain("hush");
    }

    @Test
    void aBurstIsASecondsUnlessItIsSet() {
        AccessProperties access = bound(KEY + " tenants.a.queries-per-second=2.5 tenants.b.queries-per-second=0.1"
                + " tenants.c.queries-per-second=5 tenants.c.burst=50 others.actors=x");
        assertThat(access.allTenants().of("a").quota().burst()).isEqualTo(3);
        assertThat(access.allTenants().of("b").quota().burst()).isEqualTo(1);
        assertThat(access.allTenants().of("c").quota().burst()).isEqualTo(50);
        assertThat(access.allTenants().of("d").quota()).isNull();
        assertThat(access.allTenants().of("d").actors().match("y")).isFalse();
        assertThat(access.allTenants().of("a").actors().match("y")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "::"})
    void beyondLoopbackSomebodyHasToSayWhoMayCall(String address) throws Exception {
        InetAddress wide = InetAddress.getByName(address);
        Throwable refused = catchThrowable(() -> AccessRule.check(wide, bound(""), "server.address"));
        assertThat(refused).isInstanceOf(SettingRefused.class).hasMessageContaining("asks nobody who they are");
        assertThat(((SettingRefused) refused).action())
                .contains("sluice.access.keys", "SLUICE_ACCESS_OPEN", "server.address", "docs/security.md");
        assertThatCode(() -> AccessRule.check(wide, bound("open=true"), "server.address"))
                .doesNotThrowAnyException();
        assertThatCode(() -> AccessRule.check(wide, bound(KEY), "server.address"))
                .doesNotThrowAnyException();
        assertThatCode(() -> AccessRule.check(InetAddress.getLoopbackAddress(), bound(""), "server.address"))
                .doesNotThrowAnyException();
        assertThat(catchThrowable(() -> AccessRule.check(null, bound(""), "server.address")))
                .isInstanceOf(SettingRefused.class);
    }
}
