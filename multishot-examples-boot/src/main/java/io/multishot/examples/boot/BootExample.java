package io.multishot.examples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** {@code GET /ask?question=…} is answered elsewhere; {@code /actuator/metrics} tells what the correlator does. */
@SpringBootApplication
public class BootExample {

    /**
     * Starts the server.
     *
     * @param args as Spring Boot takes them
     */
    public static void main(String[] args) {
        SpringApplication.run(BootExample.class, args);
    }
}
