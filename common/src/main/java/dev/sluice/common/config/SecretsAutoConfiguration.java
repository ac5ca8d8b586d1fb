package dev.sluice.common.config;

import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Keeps secrets out of what Actuator shows, also where it is told to show values: who may look at a process need not be one who may
 * join the platform, or its databases. What may be one and need not is kept out, too. Keys are those of files and of variables of the
 * environment alike.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public class SecretsAutoConfiguration {

    /** Headers with which telemetry is sent: a collector's token is one of them, by whatever name. */
    private static final Pattern SENT_HEADERS = key(".*otlp.*headers.*");

    /** Only the class that takes them knows which of them is a password. */
    private static final Pattern ACTOR_ARGUMENTS = key("sluice[._]actors.*[._\\]]args([._\\[].*)?");

    /** Whatever a driver takes beside a password: another one, for instance. */
    private static final Pattern DRIVER_PROPERTIES =
            key("sluice[._]host[._]sql[._]sources.*[._\\]]properties([._\\[].*)?");

    /** Often {@code -Dkey=value}; a whole command line is one, too. */
    private static final Pattern JVM_OPTIONS =
            key("(.*[._])?(JAVA_TOOL|JDK_JAVA|JAVA|JVM)[._]OPT(ION)?S|sun[._]java[._]command");

    /** A user, and mostly a password, in front of the host; or a password among what stands behind it. */
    private static final Pattern USER_INFO =
            Pattern.compile("://[^\\s,]*@|[?&;](password|pwd|[^=&;\\s]*(secret|token|key))=", Pattern.CASE_INSENSITIVE);

    private static Pattern key(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    @Bean
    SanitizingFunction secrets() {
        return SanitizingFunction.sanitizeValue()
                .ifLikelySensitive()
                .ifKeyMatches(SENT_HEADERS, ACTOR_ARGUMENTS, DRIVER_PROPERTIES, JVM_OPTIONS)
                .ifValueStringMatches(value -> USER_INFO.matcher(value).find());
    }
}
