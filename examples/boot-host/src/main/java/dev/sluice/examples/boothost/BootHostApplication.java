package dev.sluice.examples.boothost;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application as it was before: that it is a host is said by its dependencies and {@code sluice.routers}. */
@SpringBootApplication
public class BootHostApplication {

    public static void main(String[] args) {
        SpringApplication.run(BootHostApplication.class, args);
    }
}
