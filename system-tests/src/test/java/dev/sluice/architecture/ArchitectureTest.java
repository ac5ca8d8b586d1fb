package dev.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import dev.sluice.architecture.planted.Planted;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final Layout REAL = new Layout("dev.sluice");
    private static final Layout PLANTED = new Layout(Planted.class.getPackageName());

    private static final JavaClasses REAL_CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ArchitectureTest::isNotOnlyForJmh)
            // As above, where another module's test classes come packed.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(REAL.root());
    private static final JavaClasses PLANTED_CLASSES = new ClassFileImporter().importPackages(PLANTED.root());

    static Stream<Rule> rules() {
        return Stream.of(ModuleRules.all(), SchedulingRules.all(), StyleRules.all())
                .flatMap(rules -> rules);
    }

    /** What JMH generates, and benchmarks that sit in the package of what they measure, are no part of that package. */
    private static boolean isNotOnlyForJmh(Location location) {
        boolean visitor = location.contains("benchmarks") && !location.contains("/dev/sluice/benchmarks/");
        return !visitor && !location.contains("/jmh_generated/");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(Rule rule) {
        rule.in().apply(REAL).allowEmptyShould(true).check(REAL_CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void refusesThePlantedViolation(Rule rule) {
        var verdict = rule.in().apply(PLANTED).evaluate(PLANTED_CLASSES);

        assertThat(verdict.getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains(rule.breaker().getName()));
    }

    /** A module that moved, or lost its place on the class path, would be held to no rule and break none. */
    @ParameterizedTest
    @CsvSource({
        "common, common",
        "scheduling, scheduling",
        "replica-sdk, sdk",
        "frontend-service, frontend",
        "client, client",
        "router-service, router",
        "replica-service, host",
        "cli, cli",
        "benchmarks, benchmarks",
        "examples/actors, examples",
    })
    void seesTheClassesOf(String folder, String module) {
        assumeThat(Path.of("..", folder, "src", "main", "java")).isDirectory();

        assertThat(REAL_CLASSES.that(resideInAnyPackage(REAL.modules(module)))).isNotEmpty();
    }
}
