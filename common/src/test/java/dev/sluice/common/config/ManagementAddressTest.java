package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ManagementAddressTest {

    private final Map<String, Object> settings = new HashMap<>();
    private final StandardEnvironment environment = new StandardEnvironment();

    ManagementAddressTest() {
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
    }

    private @Nullable String address() {
        new ManagementAddress().postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty("management.server.address");
    }

    @Test
    void isThatOfTheServiceWhereItHasAPortOfItsOwn() {
        settings.put("server.address", "127.0.0.1");
        settings.put("management.server.port", "9100");
        assertThat(address()).isEqualTo("127.0.0.1");
    }

    @Test
    void isWhatItIsSaidToBe() {
        settings.put("server.address", "127.0.0.1");
        settings.put("management.server.port", "9100");
        settings.put("management.server.address", "10.0.0.1");
        assertThat(address()).isEqualTo("10.0.0.1");
    }

    @Test
    void isNotSetWhereThereIsNoPortForIt() {
        settings.put("server.address", "127.0.0.1");
        assertThat(address()).isNull();
    }

    @Test
    void isHeldToTheSameRuleAsTheService() {
        settings.put("server.address", "127.0.0.1");
        settings.put("management.server.port", "9100");
        settings.put("management.server.address", "0.0.0.0");
        assertThatThrownBy(() -> BindRule.checkManagement(environment, "")).isInstanceOf(SettingRefused.class);
        assertThatCode(() -> BindRule.checkManagement(environment, "s3cret")).doesNotThrowAnyException();
    }

    @Test
    void isNotAskedForWhereItIsTheService() {
        settings.put("server.address", "127.0.0.1");
        assertThatCode(() -> BindRule.checkManagement(environment, "")).doesNotThrowAnyException();
    }
}
