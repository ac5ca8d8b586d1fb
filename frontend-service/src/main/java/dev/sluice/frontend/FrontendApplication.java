package dev.sluice.frontend;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A frontend: speaks the world's protocols on one side and the link to the routers on the other. */
@SpringBootApplication(proxyBeanMethods = false)
public class FrontendApplication {

    public static void main(String[] args) {
        SpringApplication.run(FrontendApplication.class, args);
    }
}
