package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void letsLoopbackBeWithoutASecret(String address) throws UnknownHostException {
        InetAddress loopback = InetAddress.getByName(address);
        assertThatCode(() -> BindRule.check(loopback, "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "192.168.1.2", "8.8.8.8"})
    void refusesToBindWiderWithoutASecret(String address) throws UnknownHostException {
        InetAddress wide = InetAddress.getByName(address);
        assertThatThrownBy(() -> BindRule.check(wide, ""))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining(wide.getHostAddress())
                .satisfies(e -> assertThat(((SettingRefused) e).action()).contains("sluice.cluster-secret"));
        assertThatCode(() -> BindRule.check(wide, "s3cret")).doesNotThrowAnyException();
    }

    @Test
    void takesNoAddressForAllAddresses() {
        assertThatThrownBy(() -> BindRule.check(null, "")).hasMessageContaining("all addresses");
        assertThatCode(() -> BindRule.check(null, "s3cret")).doesNotThrowAnyException();
    }
}
