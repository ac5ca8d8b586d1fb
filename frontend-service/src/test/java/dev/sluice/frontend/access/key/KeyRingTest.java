package dev.sluice.frontend.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.frontend.access.ActorPatterns;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Quota;
import dev.sluice.frontend.access.Secret;
import dev.sluice.frontend.access.SecretHash;
import dev.sluice.frontend.access.Tenant;
import dev.sluice.frontend.access.Tenants;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KeyRingTest {

    private static final String KEY = "a key of some length";

    private final KeyRing ring = new KeyRing(new Tenants(
            Map.of("acme", new Tenant(ActorPatterns.of(List.of("team-*")), null)), Tenant.FREE));

    private static KeySettings key(String name, @Nullable String tenant, String text, String... actors) {
        return new KeySettings(name, tenant, new Secret(text), null, List.of(actors), false);
    }

    private @Nullable Caller caller(String text) {
        return ring.caller(SecretHash.of(new Secret(text)));
    }

    @Test
    void knowsWhoseAKeyIs() {
        ring.replace(List.of(key("nightly", "acme", KEY, "*"), key("lone", null, KEY + 2, "*")));

        assertThat(caller(KEY).name()).isEqualTo("nightly");
        assertThat(caller(KEY).tenant()).isEqualTo("acme");
        assertThat(caller(KEY + 2).tenant())
                .as("one without a tenant is its own")
                .isEqualTo("lone");
        assertThat(caller(KEY + 3)).isNull();
    }

    @Test
    void aCallerMayWhatItsKeyAndItsTenantMay() {
        ring.replace(List.of(key("one", "acme", KEY, "team-a", "else")));

        assertThat(caller(KEY).refusal("team-a")).isNull();
        assertThat(caller(KEY).refusal("team-b").code()).as("not its key").isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(caller(KEY).refusal("else").code()).as("not its tenant").isEqualTo(ErrorCode.FORBIDDEN);
        assertThatThrownBy(() -> caller(KEY).mustBeOperator()).hasMessageContaining("one is none");
    }

    @Test
    void whoIsConnectedWithAKeyThatIsTakenBackIsNotServedOn() {
        ring.replace(List.of(key("one", "acme", KEY, "*")));
        Caller connected = caller(KEY);

        ring.replace(List.of(key("one", "acme", KEY, "*"), key("two", "acme", KEY + 2, "*")));
        assertThat(connected.refusal("team-a")).as("the same is said of it").isNull();

        ring.replace(List.of(key("one", "acme", KEY, "team-b")));
        assertThat(connected.refusal("team-a").code()).as("less is").isEqualTo(ErrorCode.UNAUTHENTICATED);

        ring.replace(List.of());
        assertThat(connected.refusal("team-a").code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(caller(KEY)).isNull();
    }

    @Test
    void twoCallersHaveTwoKeys() {
        ring.replace(List.of(key("one", "acme", KEY, "*")));
        KeySettings other = new KeySettings("other", null, null, "0".repeat(64), List.of("*"), true);

        assertThatThrownBy(() -> ring.replace(List.of(other, key("a", null, KEY), key("b", null, KEY))))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("a and b")
                .hasMessageNotContaining(KEY);
        assertThat(caller(KEY).name()).as("those before stay good").isEqualTo("one");
    }

    @Test
    void saysWhichKeysAreOfNoTenantThatIsListed(CapturedOutput output) {
        ring.replace(
                List.of(key("one", "acme", KEY, "*"), key("two", "acmee", KEY + 2, "*"), key("lone", null, KEY + 3)));
        assertThat(output.getAll()).contains("two (of acmee), lone (of lone)").doesNotContain("one (of acme),", KEY);
    }

    @Test
    void saysNothingOfThemWhereNoneIsListedOrOthersAreLimitedToo(CapturedOutput output) {
        Tenant limited = new Tenant(ActorPatterns.ANY, new Quota(1, 1));
        new KeyRing(new Tenants(Map.of(), Tenant.FREE)).replace(List.of(key("one", "acme", KEY)));
        new KeyRing(new Tenants(Map.of("umbrella", limited), limited)).replace(List.of(key("one", "acme", KEY)));
        assertThat(output.getAll()).doesNotContain("Nothing limits");
    }
}
