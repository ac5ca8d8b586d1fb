package dev.sluice.system.registry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;

/** A Eureka server, as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableEurekaServer
public class EurekaApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(EurekaApplication.class, arguments);
    }
}
