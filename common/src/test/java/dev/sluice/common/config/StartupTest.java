package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.testing.LogCapture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a person sees of a wrong setting: a sentence, what to write instead, and no stack trace. */
class StartupTest {

    private final LogCapture log = LogCapture.of("org.springframework");

    @BeforeEach
    void leaveLoggingAlone() {
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    }

    @AfterEach
    void stopListening() {
        System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
        log.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sluice.event-loops=-1 | sluice.event-loops is -1. | Write the number of threads, or 0",
                "sluice.routers=127.0.0.1:7000 | sluice.routers is '127.0.0.1:7000'. | as http://host:port",
                "sluice.routers=router:7000 | sluice.routers has the entry 'router:7000'. | as http://host:port",
                "sluice.link.lease=1ms | sluice.link.lease must be between 30 ms and 1 hour, not 1 ms. | Correct",
            })
    void stopsWithASentence(String setting, String problem, String action) {
        SpringApplication application = new SpringApplication(Settings.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        assertThatThrownBy(() -> application.run("--" + setting, "--spring.main.banner-mode=off"))
                .isNotNull();
        assertThat(log.messages()).last().asString().contains(problem).contains(action);
        assertThat(log.messagesWithStackTrace()).isEqualTo(List.of());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({SluiceProperties.class, LinkProperties.class})
    static class Settings {

        @Bean
        Object settings(SluiceProperties sluice, LinkProperties link) {
            return link.settings(sluice.clusterSecret());
        }
    }
}
